/** When devices were there, as 48 digits. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { stripOf } from './strips.ts';

const DAY = { from: 0, until: 48 * 1_800 };
const none = (count: number) => '0'.repeat(count);

describe('a strip', () => {
  test.each([
    ['nothing is nothing', [], none(48)],
    ['all the time is nine everywhere', [{ from: -5, until: DAY.until }], '9'.repeat(48)],
    ['half of a slot is the middle', [{ from: 900, until: 1_800 }], `5${none(47)}`],
    ['a moment is seen', [{ from: 1_800, until: 1_801 }], `01${none(46)}`],
    ['a stay over several slots', [{ from: 900, until: 4_500 }], `595${none(45)}`],
    [
      'parts add up',
      [
        { from: 0, until: 600 },
        { from: 1_200, until: 1_800 },
      ],
      `6${none(47)}`,
    ],
    [
      'what overlaps counts once',
      [
        { from: 0, until: 900 },
        { from: 450, until: 900 },
      ],
      `5${none(47)}`,
    ],
    [
      'what is within another one counts once',
      [
        { from: 0, until: 1_800 },
        { from: 9, until: 10 },
      ],
      `9${none(47)}`,
    ],
    [
      'the end is the last slot',
      [{ from: DAY.until - 1_800, until: DAY.until + 9 }],
      `${none(47)}9`,
    ],
    ['what ended before does not count', [{ from: -9, until: 0 }], none(48)],
  ])('%s', (_what, stays, strip) => {
    expect(stripOf(stays, DAY)).toBe(strip);
  });
});

describe('the presence of a home', async () => {
  const database = await createTestDatabase();
  const { signIn } = await createTestApp(database);

  /** A router with devices that were there for these hours before now; no end: they still are, as far as anybody knows. */
  async function home(...devices: { hours: [from: number, until?: number][]; partOf?: number }[]) {
    const ann = await signIn();
    const router_id = await createRouter(database.service, ann.userId);
    const ids: string[] = [];
    const run = (statement: ReturnType<typeof sql>) =>
      tenantTransaction(database.service, ann.userId, (transaction) =>
        statement.execute(transaction),
      );
    const ago = (hours: number) => sql`now() - make_interval(mins => ${60 * hours})`;
    for (const [number, { hours, partOf }] of devices.entries()) {
      const whole = partOf === undefined ? null : (ids[partOf] ?? null);
      const { id } = await tenantTransaction(database.service, ann.userId, (transaction) =>
        transaction
          .insertInto('user_devices')
          .values({
            user_id: ann.userId,
            router_id,
            ip: `192.168.1.${number + 2}`,
            mac: `02:00:00:00:00:0${number}`,
            merged_into: whole,
            shown_as: whole,
            holds_ip: whole === null,
          })
          .returning('id')
          .executeTakeFirstOrThrow(),
      );
      ids.push(id);
      for (const [from, until] of hours)
        await run(sql`
          insert into device_presence (user_id, device_id, router_id, online_at, offline_at)
          values (${ann.userId}, ${id}, ${router_id}, ${ago(from)}, ${until === undefined ? null : ago(until)})`);
    }
    await run(sql`
      update user_routers set is_connected = true, connection_id = gen_random_uuid(), connected_node = 'n',
        connected_at = now(), last_seen = now()`);
    const [{ id }] = (await ann.request('GET', '/api/v1/homes')).json().items;
    const path = `/api/v1/homes/${id}/presence`;
    return {
      ann,
      path,
      ids,
      router_id,
      run,
      get: async (query = '') => (await ann.request('GET', `${path}${query}`)).json(),
    };
  }

  test('has those that were there: the stay before the day began counts too, and one that goes on until now', async () => {
    const { ids, get } = await home(
      {
        hours: [
          [50, 18.1],
          [12.1, 6.1],
        ],
      },
      { hours: [[200]] },
      { hours: [[49, 30]] },
      { hours: [] },
    );
    const { devices, slots, from, until } = await get();
    expect(slots).toBe(48);
    expect(Date.parse(until) - Date.parse(from)).toBe(24 * 3_600_000);
    const [gone = '', always = ''] = ids;
    expect(Object.keys(devices).toSorted()).toEqual([gone, always].toSorted());
    expect(devices[gone]).toMatch(/^9{11}70{11}29{11}70{12}$/);
    expect(devices[always]).toBe('9'.repeat(48));
    expect((await get('?hours=48')).devices[gone]).toMatch(/^9{29}80{5}19{5}80{6}$/);
  });

  test('adds up what is merged into one device', async () => {
    const { ids, get } = await home({ hours: [[24, 12.1]] }, { hours: [[18.1, 6.1]], partOf: 0 });
    const { devices } = await get();
    expect(devices).toEqual({ [ids[0] ?? '']: `${'9'.repeat(35)}7${none(12)}` });
  });

  test('ends for nobody knows how long with the connection of the router', async () => {
    const { ids, run, get } = await home({ hours: [[24]] });
    await run(sql`
      update user_routers set is_connected = false, connection_id = null, last_seen = now() - interval '12 hours 6 minutes'`);
    expect((await get()).devices).toEqual({ [ids[0] ?? '']: `${'9'.repeat(23)}7${none(24)}` });
  });

  test('is of one router if that is asked, and of none that is not in the home', async () => {
    const { ann, path, router_id, get } = await home({ hours: [[1]] });
    const other = await createRouter(database.service, ann.userId);
    expect(Object.keys((await get(`?router_id=${router_id}`)).devices)).toHaveLength(1);
    expect((await get(`?router_id=${other}`)).devices).toEqual({});
    expect((await ann.request('GET', `${path}?router_id=nobodys`)).statusCode).toBe(404);
    expect((await ann.request('GET', `${path}?hours=0`)).statusCode).toBe(400);
  });
});
