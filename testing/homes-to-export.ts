import { sql } from 'kysely';
import type { Database } from '../src/database/pool.ts';
import { tenantTransaction } from '../src/database/transaction.ts';

type Home = { people: { name: string; picture: Uint8Array | null }[]; routers: string[] };

/** Gives homes names of their own, people and rules, and devices to the people. */
export async function fillHomes(service: Database, userId: string, { people, routers }: Home) {
  await tenantTransaction(service, userId, async (transaction) => {
    const [home] = await transaction
      .updateTable('homes')
      .set({ name: `Home of ${userId}`, timezone: 'Europe/Berlin' })
      .returning('id')
      .execute();
    const owned = { user_id: userId, home_id: home?.id ?? '' };
    await transaction.insertInto('homes').values({ user_id: userId, name: 'Cabin' }).execute();
    for (const { name: said, picture } of people) {
      const { id: person_id } = await transaction
        .insertInto('people')
        .values({ ...owned, name: said, picture: picture && Buffer.from(picture) })
        .returning('id')
        .executeTakeFirstOrThrow();
      await sql`update user_devices set person_id = ${person_id}, reviewed_at = '2026-01-01Z' where mac is not null`.execute(
        transaction,
      );
      const windows = JSON.stringify([{ days: [1, 7], from: '21:00', to: '07:00' }]);
      await transaction
        .insertInto('access_rules')
        .values({
          ...owned,
          kind: 'schedule',
          target: 'person',
          person_id,
          access: 'block',
          windows,
        })
        .execute();
    }
    const network = { target: 'network', network: 'guest', router_id: routers[0] ?? null };
    await transaction
      .insertInto('access_rules')
      .values({ ...owned, ...network, kind: 'new_device', access: 'limit', down_rate: 0 })
      .execute();
    await sql`
      insert into access_rules (user_id, home_id, kind, target, device_id, access)
      select ${userId}, ${owned.home_id}, 'pause', 'device', id, 'block' from user_devices`.execute(
      transaction,
    );
  });
}
