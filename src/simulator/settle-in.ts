/** What the family of a simulated home has decided: whose devices are whose, bedtimes, and what new devices get. */
import { recordAudit } from '../activity/record-audit.ts';
import type { Database } from '../database/pool.ts';
import type { OfRouter } from '../database/models.ts';
import { type TenantTransaction, tenantTransaction } from '../database/transaction.ts';
import { assignDevice, markReviewed } from '../devices/assigning.ts';
import { recordScan } from '../devices/scan.ts';
import { createHome } from '../homes/homes.ts';
import { insertPerson } from '../homes/people.ts';
import { updateRouter } from '../routers/queries.ts';
import { insertRule } from '../rules/changes.ts';
import { completeRule } from '../rules/rule-fields.ts';
import type { RuleAddition } from '../rules/schema.ts';
import { FAMILY } from './family.ts';
import type { Home } from './home.ts';

const SCHOOL_NIGHTS = [7, 1, 2, 3, 4];

/**
 * Gives a simulated router that has just been linked a home of its own, so that nothing here concerns anybody's real devices, and in
 * it the people of the family with their devices, bedtimes of the children, and rules for new devices. Does nothing if its devices
 * are known already.
 */
export async function settleIn(database: Database, router: OfRouter, home: Home): Promise<void> {
  const { user_id: userId, router_id: routerId } = router;
  const isKnown = await tenantTransaction(database, userId, (transaction) =>
    transaction
      .selectFrom('user_devices')
      .select('id')
      .where((row) => row.and(router))
      .limit(1)
      .executeTakeFirst(),
  );
  if (isKnown !== undefined) return;
  await recordScan(database, { userId, routerId, neighbours: home.neighbours(), complete: true });
  await tenantTransaction(database, userId, async (transaction) => {
    const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const name = 'Simulated home';
    const { id: home_id } = await createHome(transaction, userId, { name, timezone });
    const actor = { userId, kind: 'system' } as const;
    await recordAudit(
      transaction,
      actor,
      'home.created',
      { id: home_id },
      { after: { name, timezone } },
    );
    await updateRouter(transaction, router, { home_id });
    const people = await moveIn(transaction, router, home_id, home);
    for (const rule of rulesOf(people)) {
      const fields = completeRule(rule, new Date().toISOString());
      await insertRule(transaction, actor, { user_id: userId, home_id }, fields);
    }
  });
}

/** Adds the family, and gives each its devices; the others are the household's. Gives the ids of people by name. */
async function moveIn(
  transaction: TenantTransaction,
  router: OfRouter,
  home_id: string,
  home: Home,
): Promise<Map<string, string>> {
  const { user_id } = router;
  const people = new Map<string, string>();
  for (const { name } of FAMILY)
    people.set(name, (await insertPerson(transaction, { user_id, home_id }, { name })).id);
  const owners = home.owners();
  const devices = await transaction
    .selectFrom('user_devices')
    .select(['id', 'mac'])
    .where((row) => row.and(router))
    .execute();
  for (const { id, mac } of devices) {
    const owner = people.get(owners.get(mac ?? '') ?? '');
    if (owner === undefined) await markReviewed(transaction, { ...router, id });
    else await assignDevice(transaction, { ...router, id }, owner);
  }
  return people;
}

function rulesOf(people: ReadonlyMap<string, string>): RuleAddition[] {
  const bedtime = (name: string, from: string, to: string): RuleAddition[] => {
    const person_id = people.get(name);
    if (person_id === undefined) return [];
    const windows = [{ days: SCHOOL_NIGHTS, from, to }];
    const target = { target: 'person', person_id } as const;
    return [{ kind: 'schedule', name: `${name}’s bedtime`, ...target, access: 'block', windows }];
  };
  return [
    ...bedtime('Tim', '20:30', '06:30'),
    ...bedtime('Mia', '22:00', '06:00'),
    { kind: 'new_device', name: 'New devices', target: 'everyone', access: 'block' },
    {
      kind: 'new_device',
      name: 'Guests',
      target: 'network',
      network: 'guest',
      access: 'limit',
      down_rate: 20_000_000,
      up_rate: 5_000_000,
    },
  ];
}
