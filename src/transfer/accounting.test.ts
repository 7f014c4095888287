import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importFiles, rowsOf, snapshot, tablesFile } from '../../testing/data-folder.ts';
import { createTestDatabase, createUser } from '../../testing/database.ts';

const { service, addresses } = await createTestDatabase();

const mac = fc.constantFrom(
  'router',
  null,
  '',
  '02:00:00:00:00:01',
  '02-00-00-00-00-01',
  '02:00:00:00:00:02',
  '02:00:00:00:00:0A',
  'nonsense',
);
const ip = fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.3', 'fe80::1', 'nowhere');
const date = fc.constantFrom(
  null,
  '',
  'soon',
  '2025-06-01T10:00:00.000001',
  '2025-06-02 10:00:00',
  '2025-06-03T10:00:00Z',
  '2025-06-04T10:00:00+02:00',
);
const name = fc.constantFrom(null, '', 'Unknown', 'phone', 'Device-10.0.0.1', 'a\0b', 'TV');
const device = fc.record(
  {
    mac,
    ip,
    hostname: name,
    device_name: name,
    first_seen: date,
    last_seen: date,
    more: fc.nat(2),
  },
  { requiredKeys: ['ip', 'last_seen'] },
);
const entry = fc.record(
  { mac, ip, name, description: name, added_at: date },
  { requiredKeys: ['ip'] },
);
const rule = fc.record({
  mac,
  ip,
  rule_name: fc.constantFrom('block', 'priority'),
  rule_value: fc.constantFrom('1', '0', 1),
});
const anything = fc.dictionary(fc.string(), fc.jsonValue());
const configuration = fc.record({
  Wan_Interface: fc.constantFrom('eth0', null, 7),
  Limit_Rate: fc.constantFrom('50mbit', '50.0mbit', '0', 'fast'),
  Full_Rate: fc.constantFrom('1gbit', '0bit', ''),
});

const folder = fc
  .record({
    devices: fc.array(device, { maxLength: 12 }),
    whitelist: fc.array(entry, { maxLength: 5 }),
    blacklist: fc.array(entry, { maxLength: 5 }),
    device_rules: fc.array(rule, { maxLength: 5 }),
    group_members: fc.array(anything, { maxLength: 4 }),
    configurations: fc.array(configuration, { minLength: 2, maxLength: 2 }),
    mode: fc.constantFrom('none', 'whitelist', 'other'),
  })
  .map(({ devices, configurations, mode, ...tables }) => ({
    'devices.json': tablesFile({ devices }),
    'netpilot.json': tablesFile(tables),
    'whitelist.json': JSON.stringify(configurations[0]),
    'whitelist_config.json': JSON.stringify(configurations[1]),
    'mode.json': JSON.stringify({ mode }),
  }));

test('any folders, one after the other, account for every record, and say nothing new the second time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(folder, { minLength: 1, maxLength: 2 }), async (folders) => {
      const userId = await createUser(service);
      const run = (files: (typeof folders)[number]) =>
        importFiles(addresses.service, userId, files, { skipInvalid: true });
      for (const files of folders) {
        const { tables, outcome } = await run(files);
        expect(outcome).toBe('imported');
        for (const { read, written, unchanged, rejected } of tables) {
          expect(read).toBe(written + unchanged + rejected);
        }
        const before = await snapshot(service, userId, { versions: true });
        const again = await run(files);
        expect(again).toMatchObject({ outcome: 'nothing new', totals: { written: 0 } });
        expect(await snapshot(service, userId, { versions: true })).toEqual(before);
      }
      expect(
        await rowsOf(
          service,
          userId,
          `select 1 from user_devices where holds_ip group by ip having count(*) > 1
           union all select 1 from user_devices d where not exists (
             select from user_devices h where h.ip = d.ip and h.holds_ip and h.last_seen >= d.last_seen)
             and not exists (select from user_devices m where m.ip <> d.ip)`,
        ),
      ).toEqual([]);
    }),
    { numRuns: 15 },
  );
});

// In parts: each import is a process of its own, and a test must not fail because the machine is busy.
test.each([1, 2])(
  'a folder imported after a later one brings the same devices to the same places: part %i',
  async () => {
    const sightings = fc.array(
      fc.record({
        mac: fc.constantFrom('02:00:00:00:00:01', '02:00:00:00:00:02', '02:00:00:00:00:03'),
        ip: fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.3'),
        second: fc.nat(59),
      }),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(sightings, fc.nat(8), async (records, cut) => {
        // Two sightings at one moment have no order of their own: the order of reading decides those.
        const distinct = records.filter(
          ({ second }, index) => records.findIndex((other) => other.second === second) === index,
        );
        const files = (some: typeof distinct) => ({
          'devices.json': tablesFile({
            devices: some.map(({ mac: hardware, ip: address, second }) => ({
              mac: hardware,
              ip: address,
              last_seen: `2025-06-01T10:00:${String(second).padStart(2, '0')}`,
            })),
          }),
        });
        const state = async (...folders: ReturnType<typeof files>[]) => {
          const userId = await createUser(service);
          for (const content of folders) await importFiles(addresses.service, userId, content);
          return rowsOf(
            service,
            userId,
            'select mac, ip, first_seen, last_seen, holds_ip from user_devices order by mac',
          );
        };
        const [one, other] = [files(distinct.slice(0, cut)), files(distinct.slice(cut))];
        const whole = await state(files(distinct));
        expect(new Set((await state(one, other)).map(withoutHolder))).toEqual(
          new Set(whole.map(withoutHolder)),
        );
        expect(new Set((await state(other, one)).map(withoutHolder))).toEqual(
          new Set(whole.map(withoutHolder)),
        );
      }),
      { numRuns: 5 },
    );
  },
);

/** Who holds an address that its last holder has left depends on who was known when. */
function withoutHolder(row: object): string {
  return JSON.stringify({ ...row, holds_ip: undefined });
}
