/** Any sequence of scans and events against what they should come to, written down as simply as can be. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { createHome, seen } from '../../testing/network.ts';
import { devicesOf } from '../database/models.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { mergeDevices, unmergeDevice } from './merging.ts';
import { lockRow } from './queries.ts';
import type { Neighbour } from './neighbour.ts';
import { recordScan } from './scan.ts';

const { service } = await createTestDatabase();

const MACS = ['00:00:5e:00:53:01', '00:00:5e:00:53:02', '00:00:5e:00:53:03', '02:00:00:00:00:04'];
const IPS = ['10.0.0.1', '10.0.0.2', '10.0.0.3', 'fd00::1', 'fe80::1'];

const scan = fc.record({
  complete: fc.boolean(),
  neighbours: fc.array(
    fc.record({
      mac: fc.constantFrom(...MACS),
      ip: fc.constantFrom(...IPS),
      online: fc.boolean(),
      hostname: fc.constant(null),
    }),
    { maxLength: 6 },
  ),
});
type Step = typeof scan extends fc.Arbitrary<infer Value> ? Value : never;

type Address = {
  first_seen: number;
  last_seen: number;
  is_current: boolean;
  is_online: boolean;
  /** When it last came, or was seen before it went: which of several is shown. */
  changed: number;
};
type Stay = { online_at: number; offline_at: number | null };
type Model = Map<string, { ip: string; addresses: Map<string, Address>; stays: Stay[] }>;

/** What becomes of the network at that hour. */
function apply(model: Model, hour: number, { complete, neighbours }: Step): void {
  const claims = claimsOf(model, { complete, neighbours });
  for (const { mac, ip } of neighbours.toSorted(byFamily)) {
    if (model.has(mac)) continue;
    model.set(mac, { ip, addresses: new Map([[ip, addressOf(hour)]]), stays: [] });
  }
  for (const [mac, device] of model) {
    const own = neighbours.filter((neighbour) => neighbour.mac === mac);
    const answersAt = (ip: string) => own.some((each) => each.ip === ip && each.online);
    for (const [ip, address] of device.addresses) {
      const isTaken = claims.has(ip) && claims.get(ip) !== mac;
      const isGone = complete && own.length > 0 && !own.some((neighbour) => neighbour.ip === ip);
      if (isTaken || isGone) address.is_current = false;
      const isSilent = complete || own.some((each) => each.ip === ip);
      if (address.is_online && (!address.is_current || (isSilent && !answersAt(ip)))) {
        address.is_online = false;
        address.changed = address.last_seen;
      }
    }
    for (const [ip, holder] of claims) {
      if (holder !== mac) continue;
      const known = device.addresses.get(ip) ?? addressOf(hour);
      device.addresses.set(ip, { ...known, is_current: true });
    }
    for (const [ip, address] of device.addresses) {
      if (!address.is_current || !answersAt(ip)) continue;
      if (!address.is_online || !complete) address.changed = hour;
      address.is_online = true;
      address.last_seen = hour;
    }
    device.ip = shown(device.addresses) ?? device.ip;
    const stay = device.stays.find(({ offline_at }) => offline_at === null);
    const isOnline = own.some(({ online }) => online);
    const isReached = [...device.addresses.values()].some(({ is_online }) => is_online);
    if (isOnline && stay === undefined) device.stays.push({ online_at: hour, offline_at: null });
    if (!isOnline && stay !== undefined && (complete || (own.length > 0 && !isReached)))
      stay.offline_at = hour;
  }
}

function addressOf(hour: number): Address {
  return { first_seen: hour, last_seen: hour, is_current: false, is_online: false, changed: hour };
}

/** Who has each address now: of those that claim it the last one that is online, else the last one. */
function claimsOf(model: Model, { complete, neighbours }: Step): Map<string, string> {
  const claims = new Map(
    neighbours
      .toSorted((a, b) => Number(a.online) - Number(b.online))
      .map((neighbour) => [neighbour.ip, neighbour]),
  );
  for (const [ip, { mac, online }] of claims) {
    const holder = [...model].find(([, { addresses }]) => addresses.get(ip)?.is_current);
    if (online || complete || holder === undefined || holder[0] === mac) continue;
    const own = neighbours.filter((neighbour) => neighbour.mac === holder[0]);
    const wasOnline = holder[1].stays.some(({ offline_at }) => offline_at === null);
    const hasLeft =
      own.length > 0 && (own.some((each) => each.ip === ip) || !own.some((each) => each.online));
    if (wasOnline && !hasLeft) claims.delete(ip);
  }
  return new Map([...claims].map(([ip, { mac }]) => [ip, mac]));
}

/** The address that the device's row has. */
function shown(addresses: Map<string, Address>): string | undefined {
  const current = [...addresses].filter(([, { is_current }]) => is_current);
  const [best] = current.toSorted(
    ([ip, a], [otherIp, b]) =>
      byFamily({ ip }, { ip: otherIp }) ||
      Number(ip.startsWith('fe80')) - Number(otherIp.startsWith('fe80')) ||
      Number(b.is_online) - Number(a.is_online) ||
      (ip.includes(':') && a.is_online ? 0 : b.changed - a.changed) ||
      a.first_seen - b.first_seen ||
      (ip < otherIp ? -1 : 1),
  );
  return best?.[0];
}

function byFamily({ ip }: { ip: string }, { ip: other }: { ip: string }): number {
  return Number(ip.includes(':')) - Number(other.includes(':'));
}

/** The model as the database should have it. */
function expected(model: Model) {
  const devices = [...model].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    devices: devices.map(([mac, { ip, addresses, stays }]) => ({
      mac,
      ip,
      holds_ip: shown(addresses) !== undefined,
      is_online: stays.some(({ offline_at }) => offline_at === null),
      hostname: null,
    })),
    addresses: devices.flatMap(([mac, { addresses }]) =>
      [...addresses]
        .toSorted(([a], [b]) => byFamily({ ip: a }, { ip: b }) || (a < b ? -1 : 1))
        .map(([ip, { first_seen, last_seen, is_current }]) => ({
          mac,
          ip,
          first_seen,
          last_seen,
          is_current,
        })),
    ),
    stays: devices
      .flatMap(([mac, { stays }]) => stays.map((stay) => ({ mac, ...stay })))
      .toSorted((a, b) => a.online_at - b.online_at),
  };
}

test('every MAC is one device, an address has one holder, and nothing of the past is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(scan, { maxLength: 12 }), async (steps) => {
      const home = await createHome(service);
      const model: Model = new Map();
      for (const [index, step] of steps.entries()) {
        apply(model, index + 1, step);
        await (step.complete ? home.scan : home.event)(index + 1, step.neighbours);
      }
      const { devices, addresses, stays } = expected(model);
      expect(await home.devices()).toEqual(devices);
      expect(await home.addresses()).toEqual(addresses);
      expect(await home.stays()).toEqual(stays);
    }),
    { numRuns: 30 },
  );
});

test('merging and taking it back, whenever that is, changes nothing in the end', async () => {
  const pair = fc.uniqueArray(fc.constantFrom(...MACS), { minLength: 2, maxLength: 2 });
  const step = fc.oneof({ weight: 2, arbitrary: scan }, { weight: 1, arbitrary: pair });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const home = await createHome(service);
      const model: Model = new Map();
      for (const [index, each] of steps.entries()) {
        if (Array.isArray(each)) {
          await merge(home, each);
        } else {
          apply(model, index + 1, each);
          await (each.complete ? home.scan : home.event)(index + 1, each.neighbours);
        }
        expect(await oneHolderEach(home)).toEqual([]);
      }
      await unmergeAll(home);
      const { devices, addresses, stays } = expected(model);
      expect(await home.addresses()).toEqual(addresses);
      expect(await home.stays()).toEqual(stays);
      // Where a device has no address any more, which of its last ones is shown is nobody's concern.
      const shownOnly = (rows: object[]) =>
        rows.map((row) => ('holds_ip' in row && row.holds_ip === true ? row : { ...row, ip: '' }));
      expect(shownOnly(await home.devices())).toEqual(shownOnly(devices));
    }),
    { numRuns: 30 },
  );
});

test('a second scan that says the same changes nothing but when things were last seen', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(scan, { minLength: 1, maxLength: 4 }), async (steps) => {
      const home = await createHome(service);
      for (const [hour, step] of steps.entries())
        await (step.complete ? home.scan : home.event)(hour, step.neighbours);
      const { complete, neighbours } = steps.at(-1) ?? { complete: true, neighbours: [] };
      // An address that two devices claim goes to and fro: no scan says that twice.
      const clear = neighbours.filter(({ ip, mac }) => last(neighbours, ip) === mac);
      const repeat = () => (complete ? home.scan : home.event)(9, clear);
      await repeat();
      const before = await content(home);
      expect(await repeat()).toMatchObject({
        discovered: 0,
        came_online: 0,
        went_offline: 0,
        moved: 0,
      });
      expect(await content(home)).toEqual(before);
    }),
    { numRuns: 30 },
  );
});

test('a scan costs one statement, whatever is in it', async () => {
  const home = await createHome(service);
  const sent: string[] = [];
  const watched = service.withPlugin({
    transformQuery: ({ node }) => {
      sent.push(node.kind);
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  const neighbours = Array.from({ length: 250 }, (_, index) =>
    seen(`00:00:5e:00:53:${index.toString(16).padStart(2, '0')}`, `10.0.1.${index}`),
  );
  const { userId, routerId } = home;
  expect(await recordScan(watched, { userId, routerId, neighbours, complete: true })).toMatchObject(
    {
      discovered: 250,
    },
  );
  expect(sent).toEqual(['RawNode']);
});

type Home = Awaited<ReturnType<typeof createHome>>;

/** Merges two devices where both were seen. */
async function merge({ userId, routerId }: Home, macs: string[]): Promise<void> {
  await tenantTransaction(service, userId, async (transaction) => {
    const key = { user_id: userId, router_id: routerId };
    const [one, other] = await devicesOf(transaction, key).where('mac', 'in', macs).execute();
    if (one === undefined || other === undefined) return;
    await mergeDevices(transaction, { userId, kind: 'user' }, { ...key, id: one.id }, other.id);
  });
}

/** Takes everything apart, in the order of the MACs, whatever was merged into what. */
async function unmergeAll({ userId, routerId }: Home): Promise<void> {
  await tenantTransaction(service, userId, async (transaction) => {
    const key = { user_id: userId, router_id: routerId };
    for (const { id } of await devicesOf(transaction, key).orderBy('mac').execute()) {
      const row = await lockRow(transaction, { ...key, id });
      if (row.shown_as === null) continue;
      await unmergeDevice(transaction, { userId, kind: 'user' }, { ...key, id: row.shown_as }, id);
    }
  });
}

/** Addresses that two devices have at once. */
function oneHolderEach({ query }: Home): Promise<object[]> {
  return query(`
    select ip from (
      select ip, coalesce(shown_as, id) as id from user_devices where holds_ip
      union select a.ip, coalesce(shown_as, id)
      from device_addresses a join user_devices d on d.id = device_id where is_current
    ) held group by ip having count(*) > 1`);
}

function last(neighbours: Neighbour[], ip: string): string | undefined {
  return neighbours.findLast((neighbour) => neighbour.ip === ip)?.mac;
}

/** Every row that a scan could touch, with the transaction that wrote it where it says more than "seen". */
function content({ query }: Home) {
  return Promise.all([
    query(`select to_jsonb(d) - 'last_seen' - 'updated_at' as row from user_devices d order by id`),
    query(`select to_jsonb(a) - 'last_seen' as row from device_addresses a order by device_id, ip`),
    query(`select to_jsonb(p) as row, xmin from device_presence p order by device_id, online_at`),
    query(`select id from events order by id`),
    query(`select id from audit_entries order by id`),
    query(`select to_jsonb(p) as row, xmin from router_policies p`),
  ]);
}
