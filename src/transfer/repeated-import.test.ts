/** A folder imported again, whatever scans and people have done meanwhile: nothing of it is news any more. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importFiles, tablesFile } from '../../testing/data-folder.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { LAPTOP, MADE_UP, PHONE, createHome, seen } from '../../testing/network.ts';
import { devicesOf } from '../database/models.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { mergeDevices, unmergeDevice } from '../devices/merging.ts';

const { service, addresses } = await createTestDatabase();

const MACS = [PHONE, LAPTOP, MADE_UP];
const IPS = ['10.0.0.1', '10.0.0.2', '10.0.0.3', 'fd00::1'];

const ip = fc.constantFrom(...IPS);
const mac = fc.constantFrom(...MACS);
const date = fc
  .tuple(fc.constantFrom(2025, 2027), fc.integer({ min: 10, max: 28 }))
  .map(([year, day]) => `${year}-01-${day}T00:00:00`);
const device = fc
  .record({
    ip,
    mac: fc.oneof(mac, fc.constantFrom(null, 'router')),
    hostname: fc.constantFrom('imported', null),
    dates: fc.tuple(date, date),
  })
  .map(({ dates, ...fields }) => {
    const [first_seen, last_seen] = dates.toSorted();
    return { ...fields, first_seen, last_seen };
  });
const entry = fc.record({
  ip,
  mac: fc.option(mac),
  name: fc.constantFrom('listed', null),
  added_at: fc.option(date),
});
const rule = fc.record({
  ip,
  mac: fc.option(mac),
  rule_name: fc.constant('block'),
  rule_value: fc.constant('1'),
});
const folder = fc.record({
  devices: fc.array(device, { maxLength: 4 }),
  whitelist: fc.array(entry, { maxLength: 2 }),
  blacklist: fc.array(entry, { maxLength: 2 }),
  device_rules: fc.array(rule, { maxLength: 2 }),
});

const scan = fc.record({
  complete: fc.boolean(),
  sightings: fc.array(
    fc.record({ mac, ip, online: fc.boolean() }).map((it) => seen(it.mac, it.ip, it)),
    { maxLength: 4 },
  ),
});
const step = fc.oneof(
  { weight: 4, arbitrary: scan.map((what) => ({ kind: 'scan' as const, ...what })) },
  { weight: 2, arbitrary: fc.constant({ kind: 'import' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'unblock' as const }) },
  {
    weight: 1,
    arbitrary: fc.tuple(mac, mac).map((macs) => ({ kind: 'merge' as const, macs })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'unmerge' as const }) },
);

// In parts: each import is a process of its own, and a test must not fail because the machine is busy.
test.each([1, 2, 3])(
  'a folder imported again writes no row, whatever was scanned, merged and unblocked since: part %i',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        folder,
        fc.array(scan, { maxLength: 2 }),
        fc.array(step, { maxLength: 6 }),
        async (tables, before, steps) => {
          const home = await createHome(service);
          const read = () =>
            importFiles(
              addresses.service,
              home.userId,
              { 'netpilot.json': tablesFile(tables) },
              { routerId: home.routerId },
            );
          for (const [hour, { complete, sightings }] of before.entries())
            await (complete ? home.scan : home.event)(hour, sightings);
          await read();
          const written = [];
          for (const [index, each] of steps.entries()) {
            if (each.kind === 'import') written.push((await read()).rows_written);
            else await take(home, index + 3, each);
          }
          written.push((await read()).rows_written);
          expect(written).toEqual(written.map(() => ({})));
        },
      ),
      { numRuns: 10 },
    );
  },
);

type Home = Awaited<ReturnType<typeof createHome>>;
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function take(home: Home, hour: number, what: Exclude<Step, { kind: 'import' }>) {
  const { userId, routerId, query } = home;
  const key = { user_id: userId, router_id: routerId };
  const actor = { userId, kind: 'user' } as const;
  if (what.kind === 'scan') await (what.complete ? home.scan : home.event)(hour, what.sightings);
  if (what.kind === 'unblock')
    await query(
      'update user_blocked_devices set is_active = false, unblocked_at = now() where is_active',
    );
  if (what.kind === 'merge')
    await tenantTransaction(service, userId, async (transaction) => {
      const found = await devicesOf(transaction, key)
        .where('mac', 'in', what.macs)
        .where('is_router', '=', false)
        .where('shown_as', 'is', null)
        .execute();
      const [one, other] = found;
      if (one !== undefined && other !== undefined)
        await mergeDevices(transaction, actor, { ...key, id: one.id }, other.id);
    });
  if (what.kind === 'unmerge')
    await tenantTransaction(service, userId, async (transaction) => {
      const part = await devicesOf(transaction, key)
        .where('shown_as', 'is not', null)
        .executeTakeFirst();
      if (part?.shown_as != null)
        await unmergeDevice(transaction, actor, { ...key, id: part.shown_as }, part.id);
    });
}
