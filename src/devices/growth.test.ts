/** What a network can make the inventory grow to, however long it goes on. */
import { describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { LAPTOP, PHONE, createHome, seen } from '../../testing/network.ts';

const { service } = await createTestDatabase();

/** As make_room() has it. */
const MOST = 10_000;

type Home = Awaited<ReturnType<typeof createHome>>;

describe('of one device', () => {
  test('the 200 newest addresses are kept, and those it has now', async () => {
    const { routerId, scan, write, addresses } = await createHome(service);
    await scan(0, [seen(PHONE, '10.0.0.1'), seen(LAPTOP, '10.0.0.2')]);
    await write(`
      insert into device_addresses (user_id, device_id, ip, router_id, first_seen, last_seen)
      select d.user_id, d.id, '10.1.0.0'::inet + day, '${routerId}', last_seen - day * interval '1 day', last_seen - day * interval '1 day'
      from user_devices d, generate_series(1, 300) day`);
    await scan(1, [seen(PHONE, '10.0.0.9'), seen(LAPTOP, '10.0.0.2')]);
    const of = async (mac: string) =>
      (await addresses()).filter((address) => 'mac' in address && address.mac === mac);
    expect(await of(PHONE)).toHaveLength(200);
    expect(await of(PHONE)).toContainEqual(
      expect.objectContaining({ ip: '10.0.0.9', is_current: true }),
    );
    expect(await of(PHONE)).toContainEqual(expect.objectContaining({ ip: '10.1.0.198' }));
    // The other one has no new address: nothing is done for it.
    expect(await of(LAPTOP)).toHaveLength(301);
  });

  test('the 200 newest stays are kept', async () => {
    const { routerId, scan, write, query } = await createHome(service);
    await scan(0, [seen(PHONE, '10.0.0.1', { online: false })]);
    await write(`
      insert into device_presence (user_id, device_id, router_id, online_at, offline_at)
      select user_id, id, '${routerId}', last_seen - day * interval '1 day', last_seen - day * interval '23 hours'
      from user_devices, generate_series(1, 300) day`);
    await scan(1, [seen(PHONE, '10.0.0.1')]);
    expect(
      await query(
        `select count(*)::int, (now() - min(online_at) > interval '199 days') as oldest, bool_or(offline_at is null) as is_there
         from device_presence`,
      ),
    ).toEqual([{ count: 200, oldest: true, is_there: true }]);
  });
});

/** Devices that nobody has had to do with, the one at 10.2.0.0 + n for n minutes of last year. */
async function crowd({ userId, routerId, write }: Home, first = 0, last = MOST - 1): Promise<void> {
  await write(`
    insert into user_devices (user_id, router_id, mac, ip, holds_ip, first_seen, last_seen)
    select '${userId}', '${routerId}', ('02' || lpad(to_hex(n), 10, '0'))::macaddr, '10.2.0.0'::inet + n, false,
      '2025-01-01', '2025-01-01'::timestamptz + n * interval '1 minute'
    from generate_series(${first}, ${last}) n`);
}

const audited = ({ query }: Home) =>
  query(`select action, count(*)::int from audit_entries group by action order by action`);

describe('of one router', () => {
  test('so many devices that nobody named are kept; new ones take the places of those there for the shortest time', async () => {
    const home = await createHome(service);
    await crowd(home);
    expect(await home.scan(1, [seen(PHONE, '10.0.0.1'), seen(LAPTOP, '10.0.0.2')])).toMatchObject({
      discovered: 2,
    });
    expect(
      await home.query(`select count(*)::int, count(*) filter (where is_online)::int as online,
        host(min(ip) filter (where not is_online)) as first from user_devices`),
    ).toEqual([{ count: MOST, online: 2, first: '10.2.0.2' }]);
  });

  test('that is audited once a day, in place of each new device; watchers get all of them', async () => {
    const home = await createHome(service);
    await crowd(home);
    await home.scan(1, [seen(PHONE, '10.0.0.1')]);
    await home.event(1, [seen(LAPTOP, '10.0.0.2')]);
    expect(await audited(home)).toEqual([{ action: 'router.crowded', count: 1 }]);
    expect(
      await home.query(`select type, count(*)::int from events group by type order by type`),
    ).toEqual([
      { type: 'device.discovered', count: 2 },
      { type: 'router.crowded', count: 1 },
    ]);
  });

  test('nothing that somebody had to do with makes room, nor what is there', async () => {
    const home = await createHome(service);
    const { userId, routerId, write } = home;
    await crowd(home);
    const of = (n: number) =>
      `(select id from user_devices where ip = '10.2.0.${n}' and user_id = '${userId}')`;
    const entry = (n: number) =>
      `(user_id, router_id, device_id, device_ip) values ('${userId}', '${routerId}', ${of(n)}, '10.2.0.${n}')`;
    await write(`update user_devices set device_name = 'Printer' where id = ${of(0)}`);
    await write(`update user_devices set device_type = 'printer' where id = ${of(1)}`);
    await write(`update user_devices set is_router = true where id = ${of(2)}`);
    await write(`update user_devices set imported_at = now() where id = ${of(3)}`);
    await write(
      `update user_devices set merged_into = ${of(5)}, shown_as = ${of(5)} where id = ${of(4)}`,
    );
    await write(`insert into user_whitelists ${entry(6)}`);
    await write(`insert into user_blacklists ${entry(7)}`);
    await write(`insert into user_blocked_devices ${entry(8)}`);
    await write(`update user_devices set is_online = true where id = ${of(9)}`);
    await write(`update user_blocked_devices set is_active = false, unblocked_at = now()`);
    // As many more as are no strangers now: the next one is one too many.
    await crowd(home, MOST, MOST + 8);
    await home.event(1, [seen(PHONE, '10.0.0.1')]);
    expect(
      await home.query(
        `select array_agg(host(ip) order by ip) as kept from user_devices where ip between '10.2.0.0' and '10.2.0.11'`,
      ),
    ).toEqual([{ kept: [...Array.from({ length: 10 }, (_, n) => `10.2.0.${n}`), '10.2.0.11'] }]);
  });
});
