import type { Client } from 'pg';

type Households = {
  users: number;
  devices: number;
  /** Only the sessions are made anew: those of another day have expired. */
  isFilled: boolean;
};

/**
 * Users, each with a session (its token is `bench-N`), a router and devices, ten of them whitelisted, three
 * blocked; past the policies and the triggers, as superuser.
 */
export async function fillHouseholds(client: Client, { users, devices, isFilled }: Households) {
  const began = performance.now();
  await client.query('set session_replication_role = replica');
  await client.query('set synchronous_commit = off');
  if (!isFilled) await fillDevices(client, users, devices);
  await client.query('delete from user_sessions');
  await client.query(
    `insert into user_sessions (user_id, session_id, token_hash, expires_at)
     select md5('user' || n)::uuid, 'session-' || n, sha256(('bench-' || n)::bytea), now() + interval '1 day'
     from generate_series(1, $1::int) n`,
    [users],
  );
  await client.query('vacuum analyze user_sessions');
  await client.query('checkpoint');
  console.log(`filled in ${((performance.now() - began) / 1000).toFixed(0)} s`);
}

async function fillDevices(client: Client, users: number, devices: number): Promise<void> {
  await client.query(
    `insert into users (id, email)
     select md5('user' || n)::uuid, n || '@example.com' from generate_series(1, $1::int) n`,
    [users],
  );
  await client.query(
    `insert into homes (user_id, id)
     select md5('user' || n)::uuid, md5('home' || n)::uuid from generate_series(1, $1::int) n`,
    [users],
  );
  await client.query(
    `insert into user_routers (user_id, router_id, home_id)
     select md5('user' || n)::uuid, 'router-' || n, md5('home' || n)::uuid from generate_series(1, $1::int) n`,
    [users],
  );
  await client.query(
    'insert into router_policies (user_id, router_id) select user_id, router_id from user_routers',
  );
  await client.query(
    `insert into user_devices (user_id, router_id, ip, mac, hostname, manufacturer, first_seen, last_seen, is_online)
     select md5('user' || n)::uuid, 'router-' || n, '10.0.0.0'::inet + d, ('02' || lpad(to_hex(d), 10, '0'))::macaddr,
            'host-' || d, 'Maker of things', now() - interval '90 days', now() - d * interval '1 minute', d <= 20
     from generate_series(1, $1::int) n, generate_series(1, $2::int) d`,
    [users, devices],
  );
  await client.query(
    `insert into user_whitelists (user_id, router_id, device_id, device_ip, device_mac)
     select user_id, router_id, id, ip, mac from user_devices where ip <= '10.0.0.10'`,
  );
  await client.query(
    `insert into user_blocked_devices (user_id, router_id, device_id, device_ip, device_mac)
     select user_id, router_id, id, ip, mac from user_devices where ip <= '10.0.0.3'`,
  );
  await client.query('vacuum analyze');
}
