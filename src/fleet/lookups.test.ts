/** What many routers ask at once: answered together, each as if it were alone. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createRouter, createTestDatabase, createUser } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { NO_FEATURES } from '../routers/features.ts';
import { createConfirmations } from './confirmations.ts';
import type { Asked, DesiredState } from './desired-state.ts';
import { createLookups } from './lookups.ts';
import { routerDatabase } from './router-database.ts';
import { createRouterStore } from './router-store.ts';

const database = await createTestDatabase();
const routers = routerDatabase(database.service);
/** How many statements were run for many. */
let statements = 0;
const find = createLookups({
  ...routers,
  runFor: (owner, work) => {
    statements += 1;
    return routers.runFor(owner, work);
  },
});

/** A router of this user's that blocks this address, in this mode. */
async function router(user_id: string, ip: string, mode: string): Promise<Asked> {
  const router_id = await createRouter(database.service, user_id);
  await tenantTransaction(database.service, user_id, async (transaction) => {
    await sql`insert into user_blocked_devices (user_id, router_id, device_ip) values (${user_id}, ${router_id}, ${ip})`.execute(
      transaction,
    );
    await sql`update router_policies set mode = ${mode} where router_id = ${router_id}`.execute(
      transaction,
    );
  });
  return { user_id, router_id, fingerprint: undefined, features: NO_FEATURES };
}

const blockedBy = (wanted: DesiredState | undefined) => wanted?.plan?.document.blocked;

test('what many ask in a moment is read in few statements, and each gets its own', async () => {
  const all: { asked: Asked; ip: string; mode: string }[] = [];
  for (let n = 1; n <= 30; n += 1) {
    const user = await createUser(database.service);
    for (const mode of ['whitelist', 'none']) {
      const ip = `10.0.${all.length}.1`;
      all.push({ asked: await router(user, ip, mode), ip, mode });
    }
  }
  statements = 0;
  const found = await Promise.all(all.map(({ asked }) => find(asked)));
  expect(found.map((wanted) => [blockedBy(wanted), wanted?.plan?.document.mode])).toEqual(
    all.map(({ ip, mode }) => [[ip], mode]),
  );
  expect(statements).toBeLessThan(5);
});

test('the router of somebody else, an unlinked one and one that is not there have nothing to do', async () => {
  const [ann, ben] = [await createUser(database.service), await createUser(database.service)];
  const asked = await router(ann, '10.2.0.1', 'none');
  const unlinked = await router(ann, '10.2.0.2', 'none');
  await tenantTransaction(database.service, ann, (transaction) =>
    transaction
      .updateTable('user_routers')
      .set({ is_active: false })
      .where('router_id', '=', unlinked.router_id)
      .execute(),
  );
  const strange = [
    { ...asked, user_id: ben },
    unlinked,
    { ...asked, router_id: 'nowhere' },
    { ...asked, user_id: randomUUID() },
  ];
  const [own, ...others] = await Promise.all([asked, ...strange].map(find));
  expect(blockedBy(own)).toEqual(['10.2.0.1']);
  expect(others).toEqual([undefined, undefined, undefined, undefined]);
});

test('one that cannot be read takes nothing from the others', async () => {
  const asked = await router(await createUser(database.service), '10.3.0.1', 'none');
  const [failed, read] = await Promise.allSettled([
    find({ ...asked, user_id: 'no uuid' }),
    find(asked),
  ]);
  expect(failed.status).toBe('rejected');
  expect(read).toMatchObject({
    status: 'fulfilled',
    value: { policy_revision: expect.any(Number) },
  });
});

test('a large home is read by itself from the second time on', async () => {
  const asked = await router(await createUser(database.service), '10.4.0.1', 'none');
  await tenantTransaction(database.service, asked.user_id, (transaction) =>
    sql`insert into user_blocked_devices (user_id, router_id, device_ip)
      select ${asked.user_id}, ${asked.router_id}, '10.5.0.0'::inet + n from generate_series(1, 1000) n`.execute(
      transaction,
    ),
  );
  const connection = { ...asked, connection_id: randomUUID() };
  const { alone } = createRouterStore(
    { database: routers, find, confirm: createConfirmations(routers) },
    connection,
    asked,
  );
  statements = 0;
  expect(blockedBy(await alone.find(undefined))).toHaveLength(1_001);
  expect(statements).toBe(1);
  expect(blockedBy(await alone.find(undefined))).toHaveLength(1_001);
  expect(statements).toBe(1);
});
