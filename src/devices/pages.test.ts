import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { SORTS } from './listing.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);
const ann = await signIn();

/** Few different values, so that many are equal; and some that are hard to carry in a cursor. */
const text = fc.option(
  fc.constantFrom('a', 'B', 'b', 'Ärger', '💡'.repeat(255), '"\\', '\u0001', ''),
);
const moment = fc
  .integer({ min: 0, max: 3 })
  .map((microseconds) => `2025-06-06T12:16:45.00000${microseconds}Z`);
const device = fc.record({
  ip: fc.constantFrom('10.0.0.9', '10.0.0.10', '192.168.1.1', 'fd00::9', 'fd00::a'),
  device_name: text,
  hostname: text,
  device_type: text.map((type) => type?.slice(0, 100) ?? null),
  first_seen: moment,
  last_seen: moment,
});
type Device = typeof device extends fc.Arbitrary<infer Value> ? Value : never;

test('walking the pages gives each device once, in the order of the sort, whatever the limit', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(device, { maxLength: 25 }),
      fc.constantFrom(...SORTS.map(({ name }) => name)),
      fc.integer({ min: 1, max: 9 }),
      async (devices, sort, limit) => {
        const router = await createRouter(database.service, ann.userId);
        const ids = await see(ann, router, devices);
        const url = `/api/v1/routers/${router}/devices?sort=${sort}`;
        const walked = await walk(`${url}&limit=${limit}`);
        expect(walked.toSorted()).toEqual(ids.toSorted());
        expect(walked).toEqual(await walk(`${url}&limit=500`));
        expect(walked).toEqual(await sortedIds(router, sort));
      },
    ),
    { numRuns: 60 },
  );
});

test('a cursor goes on only in the order that it was made for', async () => {
  const router = await createRouter(database.service, ann.userId);
  const [one] = fc.sample(device, 1);
  if (one === undefined) throw new Error('no sample');
  await see(ann, router, [one, one]);
  const url = `/api/v1/routers/${router}/devices?limit=1`;
  const { next_cursor } = (await ann.request('GET', `${url}&sort=ip`)).json();
  for (const sort of ['-ip', 'name', '-last_seen']) {
    const answer = await ann.request('GET', `${url}&sort=${sort}&cursor=${next_cursor}`);
    expect(answer.json()).toMatchObject({
      status: 400,
      errors: [
        {
          field: 'cursor',
          expected: `the next_cursor of an earlier page sorted by ${sort}, and not by ip`,
        },
      ],
    });
  }
});

test('a cursor that somebody made is refused, and breaks nothing', async () => {
  const id = crypto.randomUUID();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...SORTS.map(({ name }) => name)),
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('0000-01-01T00:00:00Z', '2025-01-01T00:00:00Z[UTC]', 'fe80::1%eth0', '\0'),
        fc.constant(null),
      ),
      async (sort, value) => {
        const cursor = Buffer.from(JSON.stringify([sort, value, id])).toString('base64url');
        const answer = await ann.request('GET', `/api/v1/devices?sort=${sort}&cursor=${cursor}`);
        expect([200, 400]).toContain(answer.statusCode);
      },
    ),
  );
});

async function walk(url: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await ann.request('GET', cursor === null ? url : `${url}&cursor=${cursor}`);
    expect(page.statusCode).toBe(200);
    const { items, next_cursor } = page.json();
    ids.push(...items.map((item: { id: string }) => item.id));
    cursor = next_cursor;
  } while (cursor !== null);
  return ids;
}

/** What the order should be, said in another way than the list says it. */
function sortedIds(routerId: string, sort: string): Promise<string[]> {
  return tenantTransaction(database.service, ann.userId, async (transaction) => {
    const rows = await transaction
      .selectFrom('user_devices')
      .select(['id', 'ip', 'last_seen', 'first_seen', 'device_type as type'])
      .select(({ fn, eb }) =>
        fn<string>('lower', [
          fn.coalesce('device_name', 'hostname', eb.fn<string>('host', ['ip'])),
        ]).as('name'),
      )
      .where('router_id', '=', routerId)
      .orderBy('id')
      .execute();
    const descending = sort.startsWith('-');
    const place = (row: (typeof rows)[number]) => {
      if (sort.endsWith('ip')) return addressBytes(row.ip);
      if (sort.endsWith('name')) return row.name;
      if (sort.endsWith('type')) return row.type;
      return sort.endsWith('first_seen') ? row.first_seen : row.last_seen;
    };
    const sign = descending ? -1 : 1;
    return rows
      .toSorted((a, b) => compare(place(a), place(b), sign) || sign * compare(a.id, b.id, 1))
      .map(({ id }) => id);
  });
}

function compare(a: string | null, b: string | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  // As PostgreSQL in C.UTF-8: by code point, which is the order of the bytes of UTF-8.
  return sign * Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** IPv4 before IPv6; within each the samples differ in what follows the last separator, or before it. */
function addressBytes(ip: string): string {
  if (ip.includes(':')) return `6 ${ip}`;
  return `4 ${ip
    .split('.')
    .map((part) => part.padStart(3, '0'))
    .join('.')}`;
}

function see({ userId }: Person, router_id: string, devices: Device[]): Promise<string[]> {
  if (devices.length === 0) return Promise.resolve([]);
  return tenantTransaction(database.service, userId, async (transaction) => {
    const rows = await transaction
      .insertInto('user_devices')
      .values(
        devices.map((seen) => ({
          ...seen,
          user_id: userId,
          router_id,
          holds_ip: false,
          first_seen: [seen.first_seen, seen.last_seen].toSorted()[0] ?? seen.first_seen,
        })),
      )
      .returning('id')
      .execute();
    return rows.map(({ id }) => id);
  });
}
