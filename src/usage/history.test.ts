/** What was used is found by those who may, with all that belongs to it. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { LAPTOP, PHONE, TV, createUsageHomes, sumOf } from '../../testing/usage-home.ts';
import { writeTable } from './csv.ts';
import { recordUsage } from './recorder.ts';

const database = await createTestDatabase();
const { service } = database;
const home = await createUsageHomes(database);

describe('a sample', () => {
  test('is in its minute, and in each period, by device and person', async () => {
    const { use, usage, addDevice, ann, base, router } = await home();
    const [tv, phone] = [await addDevice(TV), await addDevice(PHONE)];
    const { id: tim } = (await ann.request('POST', `${base}/people`, { name: 'Tim' })).json();
    await ann.request('PATCH', `/api/v1/routers/${router}/devices/${tv}`, { person_id: tim });
    await use([
      { mac: TV, down: 1_000, up: 10 },
      { mac: PHONE, down: 5, up: 50 },
    ]);
    for (const period of ['hour', 'today', 'day', 'month', 'year'])
      expect(await usage(period)).toMatchObject({
        period,
        counting: 'counted',
        down: 1_005,
        up: 60,
        devices: [
          { device_id: tv, router_id: router, person_id: tim, down: 1_000, up: 10 },
          { device_id: phone, person_id: null, down: 5, up: 50 },
        ],
        people: [{ person_id: tim, down: 1_000, up: 10 }],
        others: { down: 0, up: 0 },
      });
    const ofPhone = await usage('hour', `/api/v1/routers/${router}/devices/${phone}`);
    expect(ofPhone).toMatchObject({ counting: 'counted', down: 5, up: 50 });
    expect(ofPhone).not.toHaveProperty('devices');
    expect(ofPhone.series).toHaveLength(60);
    expect(sumOf(ofPhone.series)).toEqual({ down: 5, up: 50 });
    expect(await usage('month', `${base}/people/${tim}`)).toMatchObject({ down: 1_000, up: 10 });
  });

  test('of two seconds adds up with the others of its minute', async () => {
    const { use, usage, addDevice, run } = await home();
    await addDevice(TV);
    for (let n = 0; n < 5; n += 1)
      await use([{ mac: TV, down: 100, up: 1 }], { milliseconds: 2_000 });
    expect(await usage()).toMatchObject({ down: 500, up: 5 });
    const [{ rows } = { rows: 0 }] = await run(
      sql<{ rows: number }>`select count(*)::int as rows from usage_minutes`,
    );
    expect(rows).toBeLessThanOrEqual(2);
  });

  test('of a device that is not known yet counts for the home, and for the device once it is known', async () => {
    const { use, usage, addDevice } = await home();
    await use([{ mac: LAPTOP, down: 7, up: 3 }]);
    expect(await usage()).toMatchObject({
      down: 7,
      up: 3,
      devices: [],
      others: { down: 7, up: 3 },
    });
    const laptop = await addDevice(LAPTOP);
    expect(await usage()).toMatchObject({
      devices: [{ device_id: laptop, down: 7, up: 3 }],
      others: { down: 0, up: 0 },
    });
  });

  test('stays in the totals if its device is deleted, and goes with its router', async () => {
    const { use, usage, addDevice, ann, router, run } = await home();
    const tv = await addDevice(TV);
    await use([{ mac: TV, down: 7, up: 3 }]);
    expect(
      (await ann.request('DELETE', `/api/v1/routers/${router}/devices/${tv}`)).statusCode,
    ).toBe(204);
    expect(await usage()).toMatchObject({
      down: 7,
      up: 3,
      devices: [],
      others: { down: 7, up: 3 },
    });
    await run(sql`delete from user_routers`);
    expect(await run(sql`select from usage_minutes`)).toEqual([]);
    expect(await usage()).toMatchObject({ counting: 'none', down: 0, up: 0 });
  });

  test('of merged devices is that of the whole', async () => {
    const { use, usage, addDevice, ann, router } = await home();
    const [phone, laptop] = [await addDevice(PHONE), await addDevice(LAPTOP)];
    await use([
      { mac: PHONE, down: 1, up: 2 },
      { mac: LAPTOP, down: 10, up: 20 },
    ]);
    const path = `/api/v1/routers/${router}/devices`;
    await ann.request('POST', `${path}/${phone}/merge`, { device_id: laptop });
    expect(await usage()).toMatchObject({ devices: [{ device_id: phone, down: 11, up: 22 }] });
    expect(await usage('hour', `${path}/${phone}`)).toMatchObject({ down: 11, up: 22 });
    expect(await usage('hour', `${path}/${laptop}`)).toMatchObject({ down: 11, up: 22 });
  });

  test("of a router that is not there, or not the user's, is left out, and holds nobody up", async () => {
    const [one, other] = [await home(), await home()];
    const [mine, lost, stolen] = [
      one.sample([{ mac: TV, down: 1, up: 1 }]),
      one.sample([{ mac: TV, down: 2, up: 2 }], { router_id: 'nobodys' }),
      one.sample([{ mac: TV, down: 4, up: 4 }], { router_id: other.router }),
    ];
    await recordUsage(service, [lost, mine, stolen]);
    expect(await one.usage()).toMatchObject({ down: 1 });
    expect(await other.usage()).toMatchObject({ counting: 'none', down: 0 });
  });

  test('with numbers that no sum can hold is cut to the largest that is exact', async () => {
    const { use, usage } = await home();
    for (let n = 0; n < 3; n += 1)
      await use([{ mac: TV, down: Number.MAX_SAFE_INTEGER, up: Number.MAX_SAFE_INTEGER }]);
    for (const period of ['hour', 'year'])
      expect(await usage(period)).toMatchObject({ down: Number.MAX_SAFE_INTEGER });
  });

  test('of more devices than a row keeps apart loses no byte', async () => {
    const { use, usage, run } = await home();
    const many = Array.from({ length: 1_500 }, (_, n) => ({
      mac: `02:00:00:00:${String(Math.floor(n / 100)).padStart(2, '0')}:${String(n % 100).padStart(2, '0')}`,
      down: 1 + n,
      up: 1,
    }));
    await use(many.slice(0, 900));
    await use(many.slice(600));
    expect(await usage()).toMatchObject(sumOf([...many.slice(0, 900), ...many.slice(600)]));
    const [{ most } = { most: 0 }] = await run(
      sql<{ most: number }>`select max(cardinality(macs)) as most from usage_minutes`,
    );
    expect(most).toBeLessThanOrEqual(1_001);
  });
});

describe('a MAC that two routers of a home see', () => {
  const AS_ROUTER = (internet: string) => sql`
    insert into router_facts (user_id, router_id, booted_at, load, memory_total, memory_available, internet, offloading)
    select user_id, router_id, now(), 0, 0, 0, ${internet}, 'off' from user_routers`;

  test('counts once if one is an access point: what the router says', async () => {
    const { use, usage, ann, addDevice, run } = await home();
    await run(AS_ROUTER('up'));
    const tv = await addDevice(TV);
    const point = await createRouter(service, ann.userId);
    await run(sql`${AS_ROUTER('none')} where router_id = ${point}`);
    const atPoint = await addDevice(TV, point);
    await addDevice(PHONE, point);
    await use([{ mac: TV, down: 1_000, up: 100 }]);
    await use(
      [
        { mac: TV, down: 1_010, up: 101 },
        { mac: PHONE, down: 7, up: 7 },
      ],
      { router_id: point },
    );
    for (const period of ['hour', 'today', 'year'])
      expect(await usage(period)).toMatchObject({
        down: 1_007,
        devices: [
          { device_id: tv, down: 1_000 },
          { router_id: point, down: 7 },
        ],
      });
    expect(await usage('hour', `/api/v1/routers/${point}/devices/${atPoint}`)).toMatchObject({
      down: 1_010,
    });
  });

  test('counts once if nobody says which is the access point: the larger', async () => {
    const { use, usage, ann } = await home();
    const other = await createRouter(service, ann.userId);
    await use([{ mac: TV, down: 1_000, up: 100 }]);
    await use([{ mac: TV, down: 990, up: 99 }], { router_id: other });
    for (const period of ['hour', 'month'])
      expect(await usage(period)).toMatchObject({ down: 1_000, up: 100 });
  });

  test('counts for both if both have a way to the internet of their own', async () => {
    const { use, usage, ann, run } = await home();
    const other = await createRouter(service, ann.userId);
    await run(AS_ROUTER('up'));
    await use([{ mac: TV, down: 1_000, up: 100 }]);
    await use([{ mac: TV, down: 1, up: 1 }], { router_id: other });
    expect(await usage()).toMatchObject({ down: 1_001, up: 101 });
  });
});

describe('how complete it is', () => {
  test('is said: none, counted, or partly', async () => {
    const { use, usage, ann, run } = await home();
    expect(await usage()).toMatchObject({ counting: 'none', down: 0, series: expect.any(Array) });
    await use([]);
    expect((await usage()).counting).toBe('counted');
    await use([{ mac: TV, down: 1, up: 1 }], { counting: 'partly' });
    await use([]);
    for (const period of ['hour', 'year']) expect((await usage(period)).counting).toBe('partly');
    await run(sql`delete from usage_minutes`);
    expect((await usage()).counting).toBe('counted');
    const other = await createRouter(service, ann.userId);
    expect((await usage()).counting).toBe('counted');
    await run(sql`update user_routers set last_seen = now() where router_id = ${other}`);
    expect((await usage()).counting).toBe('partly');
  });
});

test.each(['=1', ' +1', '\u200b@a', '\ufeff-1', '＝1', '＠a', '\t1', '%1', '\u202e|1'])(
  'a name that a spreadsheet takes for a formula, such as %j, is a text in the table',
  (name) => {
    const row = {
      at: '',
      device_id: null,
      router_id: null,
      mac: null,
      person: name,
      down: 0,
      up: 0,
    };
    expect(writeTable([{ ...row, name }])).toContain(`\r\n,,,'${name},,'${name},0,0\r\n`);
  },
);

test('as a table has a row for each step and device, with names that no spreadsheet takes for formulas', async () => {
  const { use, ann, base, router, addDevice, homeId } = await home();
  const tv = await addDevice(TV);
  await ann.request('PATCH', `/api/v1/routers/${router}/devices/${tv}`, {
    device_name: '=cmd|"x",\'y\'',
  });
  await use([
    { mac: TV, down: 1_000, up: 10 },
    { mac: PHONE, down: 5, up: 50 },
  ]);
  const answer = await ann.request('GET', `${base}/usage?period=today&format=csv`);
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
  const [header, ...lines] = answer.body.split('\r\n');
  expect(header).toBe('at,device_id,router_id,name,mac,person,down,up');
  expect(lines).toEqual([
    expect.stringMatching(
      new RegExp(`^\\d{4}-.*:00:00.000000Z,${tv},${router},"'=cmd\\|""x"",'y'",${TV},,1000,10$`),
    ),
    expect.stringMatching(new RegExp(`Z,,,,${PHONE},,5,50$`)),
    '',
  ]);
  expect(homeId).not.toBe('');
});
