/** What a scan writes: only what has changed. */
import { describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { LAPTOP, MADE_UP, PHONE, createHome, seen } from '../../testing/network.ts';
import { UNKNOWN_ADDRESS } from './address.ts';

const { service } = await createTestDatabase();

const home = () => createHome(service);

describe('a scan in which nothing changed', () => {
  const TABLETS = ['00:03:93:00:00:11', '00:03:93:00:00:12'];
  const network = [
    seen(PHONE, '10.0.0.1', { hostname: 'phone' }),
    seen(PHONE, 'fd00::1'),
    seen(LAPTOP, '10.0.0.2', { online: false }),
    seen(MADE_UP, UNKNOWN_ADDRESS),
    ...TABLETS.map((mac, index) => seen(mac, `10.0.0.${index + 3}`)),
  ];
  /** The transaction that wrote each row, of every table but those in `except`. */
  const written = async ({ query }: Awaited<ReturnType<typeof home>>, except: string[]) => {
    const tables = await query(
      `select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    );
    const names = tables.map((row) => String(Reflect.get(row, 'relname')));
    const rows = names
      .filter((name) => !except.includes(name) && name !== 'kysely_migration')
      .map(async (name) => ({ name, rows: await query(`select xmin, ctid from ${name}`) }));
    return Promise.all(rows);
  };

  test('writes the router’s own row and no other, yet everybody who is there was seen then', async () => {
    const house = await home();
    await house.scan(1, network);
    const before = await written(house, ['user_routers']);
    expect(before.find(({ name }) => name === 'user_devices')?.rows).toHaveLength(5);
    for (const hour of [2, 3]) await house.scan(hour, network.toReversed());
    expect(await written(house, ['user_routers'])).toEqual(before);
    expect(
      await house.query(
        `select mac, extract(hour from last_seen)::int as last_seen from devices_now order by mac`,
      ),
    ).toEqual([
      { mac: PHONE, last_seen: 3 },
      { mac: TABLETS[0], last_seen: 3 },
      { mac: TABLETS[1], last_seen: 3 },
      { mac: LAPTOP, last_seen: 1 },
      { mac: MADE_UP, last_seen: 3 },
    ]);
  });

  test('but for one device writes that device’s rows only', async () => {
    const house = await home();
    await house.scan(1, network);
    const rows = `select mac, d.xmin as device, a.xmin as address from user_devices d
      left join device_addresses a on a.device_id = d.id where mac <> '${PHONE}' order by mac`;
    const before = await house.query(rows);
    expect(await house.scan(2, [seen(PHONE, '10.0.0.9'), ...network.slice(2)])).toMatchObject({
      moved: 1,
    });
    expect(await house.query(rows)).toEqual(before);
  });

  test('keeps when a device was last seen, once it is gone', async () => {
    const house = await home();
    for (const hour of [1, 2, 3]) await house.scan(hour, network);
    await house.event(4, [seen(PHONE, '10.0.0.1', { online: false })]);
    await house.scan(
      5,
      network.filter(({ mac }) => mac !== TABLETS[0]),
    );
    await house.scan(6, []);
    const lastSeen = `extract(hour from last_seen)::int as last_seen`;
    expect(
      await house.query(
        `select mac, ${lastSeen} from user_devices where not is_online order by mac`,
      ),
    ).toEqual([
      { mac: PHONE, last_seen: 5 },
      { mac: TABLETS[0], last_seen: 3 },
      { mac: TABLETS[1], last_seen: 5 },
      { mac: LAPTOP, last_seen: 1 },
      { mac: MADE_UP, last_seen: 5 },
    ]);
  });
});

describe('a device with several addresses', () => {
  const own = [seen(PHONE, '10.0.0.1'), seen(PHONE, 'fd00::1'), seen(PHONE, 'fe80::1')];

  test('is online until the last of them is gone', async () => {
    const { scan, event, devices, stays, events } = await home();
    await scan(1, own);
    for (const [hour, each] of [...own.entries()].slice(0, 2))
      await event(hour + 2, [{ ...each, online: false }]);
    expect(await stays()).toEqual([{ mac: PHONE, online_at: 1, offline_at: null }]);
    expect(await devices()).toMatchObject([{ is_online: true, ip: '10.0.0.1' }]);
    await event(4, [seen(PHONE, 'fe80::1', { online: false })]);
    expect(await stays()).toEqual([{ mac: PHONE, online_at: 1, offline_at: 4 }]);
    expect(
      (await events()).filter((each) => Reflect.get(each, 'type') === 'device.offline'),
    ).toHaveLength(1);
  });

  test('is offline when all of them go at once, and when a whole scan does not have it', async () => {
    const { scan, event, stays } = await home();
    await scan(1, own);
    await event(
      2,
      own.map((each) => ({ ...each, online: false })),
    );
    await scan(3, own);
    await scan(4, []);
    expect(await stays()).toEqual([
      { mac: PHONE, online_at: 1, offline_at: 2 },
      { mac: PHONE, online_at: 3, offline_at: 4 },
    ]);
  });

  test('has one stay through a day of temporary ones', async () => {
    const { scan, event, stays } = await home();
    await scan(0, [seen(PHONE, 'fd00::1')]);
    for (let hour = 1; hour < 20; hour += 1) {
      await event(hour, [seen(PHONE, `fd00::1:${hour}`)]);
      if (hour > 1) await event(hour, [seen(PHONE, `fd00::1:${hour - 1}`, { online: false })]);
    }
    expect(await stays()).toEqual([{ mac: PHONE, online_at: 0, offline_at: null }]);
  });
});
