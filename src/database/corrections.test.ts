/** The corrections to the promised data model, by their numbers, as far as the database shows them; 8 and 9 are in authenticate.test.ts. */
import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createRouter, createTestDatabase, createUser } from '../../testing/database.ts';
import { fillEveryTable } from '../../testing/fill.ts';
import { readTables } from './catalog.ts';
import { withClient } from './roles.ts';
import { type TenantTransaction, tenantTransaction } from './transaction.ts';

const { addresses, service } = await createTestDatabase();
const { admin } = addresses;

function as<Result>(user: string, work: (transaction: TenantTransaction) => Promise<Result>) {
  return tenantTransaction(service, user, work);
}

/** Rows of a query that the superuser asks, past every policy. */
async function find(query: string, values: unknown[] = []): Promise<object[]> {
  const { rows } = await withClient(admin, (client) => client.query<object>(query, values));
  return rows;
}

/** Inserts a row of these columns. */
async function insert(user: string, table: string, row: Record<string, unknown>): Promise<void> {
  const columns = sql.join(Object.keys(row).map((name) => sql.ref(name)));
  await as(user, (transaction) =>
    sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(
      transaction,
    ),
  );
}

/** A user's router with devices at these addresses, each with a MAC. */
async function createHome(...ips: string[]) {
  const user = await createUser(service);
  const router = await createRouter(service, user);
  const devices: string[] = [];
  for (const ip of ips) {
    const id = randomUUID();
    const mac = randomBytes(6).toString('hex');
    await insert(user, 'user_devices', { user_id: user, router_id: router, id, ip, mac });
    devices.push(id);
  }
  return { user, router, devices, of: { user_id: user, router_id: router } };
}

describe('1: a row hangs on rows of the same user only', () => {
  test('two users have routers of one name, each its own; one user has it once', async () => {
    const [ann, bob] = [await createUser(service), await createUser(service)];
    await createRouter(service, ann, 'home');
    await createRouter(service, bob, 'home');
    await expect(createRouter(service, bob, 'home')).rejects.toThrow('unique');
  });

  test.each<[table: string, row: object]>([
    ['user_devices', { ip: '192.0.2.1' }],
    ['user_whitelists', { device_ip: '192.0.2.1' }],
    ['user_blacklists', { device_ip: '192.0.2.1' }],
    ['user_blocked_devices', { device_ip: '192.0.2.1' }],
    ['user_settings', { setting_key: 'a', setting_value: '1' }],
    ['router_policies', {}],
    ['imports', { report: '{}' }],
    ['audit_entries', { actor: 'user', action: 'a.b' }],
  ])("a row of %s cannot hang on another user's router", async (table, row) => {
    const { router } = await createHome();
    const bob = await createUser(service);
    await expect(insert(bob, table, { user_id: bob, router_id: router, ...row })).rejects.toThrow(
      'foreign key',
    );
  });

  test.each(['user_whitelists', 'user_blacklists', 'user_blocked_devices'])(
    "a row of %s cannot name another user's device",
    async (table) => {
      const { devices } = await createHome('192.0.2.1');
      const { user, of } = await createHome();
      const row = { ...of, device_id: devices[0], device_ip: '192.0.2.1' };
      await expect(insert(user, table, row)).rejects.toThrow('foreign key');
    },
  );

  test('ids ascend with the time they were made, and no two are the same', async () => {
    const made = await find(
      `select uuid_v7()::text as id, pg_sleep(0.001) from generate_series(1, 200)`,
    );
    const ids = made.map((row) => String(Reflect.get(row, 'id')));
    const times = ids.map((id) => id.slice(0, 13));
    expect(times).toEqual(times.toSorted());
    expect(new Set(ids).size).toBe(200);
    expect(new Set(times).size).toBeGreaterThan(100);
    for (const id of ids) expect(id).toMatch(/^.{14}7.{4}[89ab]/);
    // The first 48 bits are milliseconds since 1970 (RFC 9562, 5.7).
    const [age] = await find(
      `select extract(epoch from clock_timestamp()) * 1000 - ('x' || replace($1, '-', ''))::bit(48)::bigint between 0 and 600000 as is_now`,
      [times[0]],
    );
    expect(age).toEqual({ is_now: true });
  });
});

describe('2: a device is its MAC; an address belongs to the device that holds it now', () => {
  test('two devices that swap addresses do so in one transaction', async () => {
    const { user, devices } = await createHome('192.0.2.1', '192.0.2.2');
    await as(user, async (transaction) => {
      await transaction.updateTable('user_devices').set({ holds_ip: false }).execute();
      for (const [device, ip] of [
        [devices[0], '192.0.2.2'],
        [devices[1], '192.0.2.1'],
      ])
        await sql`update user_devices set ip = ${ip}, holds_ip = true where id = ${device}`.execute(
          transaction,
        );
    });
    expect(
      await find(
        'select id, host(ip) as ip, holds_ip from user_devices where user_id = $1 order by ip',
        [user],
      ),
    ).toEqual([
      { id: devices[1], ip: '192.0.2.1', holds_ip: true },
      { id: devices[0], ip: '192.0.2.2', holds_ip: true },
    ]);
  });

  test('a device that lost its address stays, and says where it was', async () => {
    const { user, of } = await createHome('192.0.2.1');
    await as(user, (transaction) =>
      transaction.updateTable('user_devices').set({ holds_ip: false }).execute(),
    );
    await insert(user, 'user_devices', { ...of, ip: '192.0.2.1', mac: '00005e005301' });
    const rows = await find(
      'select host(ip) as ip, holds_ip from user_devices where user_id = $1 order by holds_ip',
      [user],
    );
    expect(rows).toEqual([
      { ip: '192.0.2.1', holds_ip: false },
      { ip: '192.0.2.1', holds_ip: true },
    ]);
  });

  test('no two hold one address, and no two have one MAC, however it is written', async () => {
    const { user, of } = await createHome('192.0.2.1');
    const add = (row: object) => insert(user, 'user_devices', { ...of, ...row });
    await expect(add({ ip: '192.0.2.1' })).rejects.toThrow('user_devices_ip_holder');
    await add({ ip: '192.0.2.2', mac: '00:00:5e:00:53:01' });
    await expect(add({ ip: '192.0.2.3', mac: '0000.5E00.5301' })).rejects.toThrow('unique');
  });

  test('an address is one address, not a network', async () => {
    const { user, of } = await createHome();
    await expect(insert(user, 'user_devices', { ...of, ip: '192.0.2.0/24' })).rejects.toThrow(
      'check',
    );
  });
});

describe('3: blocks end, and their history stays', () => {
  test('an address that was blocked before is blocked again', async () => {
    const { user, of } = await createHome();
    const block = () => insert(user, 'user_blocked_devices', { ...of, device_ip: '192.0.2.1' });
    const unblock = () =>
      as(user, (transaction) =>
        sql`update user_blocked_devices set is_active = false, unblocked_at = now() where is_active`.execute(
          transaction,
        ),
      );
    for (let time = 0; time < 3; time += 1) {
      await block();
      await expect(block()).rejects.toThrow('user_blocked_devices_active_ip');
      await unblock();
    }
    await block();
    const [count] = await find(
      `select count(*)::int as all, count(*) filter (where is_active)::int as active from user_blocked_devices where user_id = $1`,
      [user],
    );
    expect(count).toEqual({ all: 4, active: 1 });
  });

  test('a block that is over says when it ended, and an active one does not', async () => {
    const { user, of } = await createHome();
    const block = { ...of, device_ip: '192.0.2.1' };
    for (const wrong of [
      { is_active: false },
      { unblocked_at: '2025-01-01Z' },
      { is_active: false, blocked_at: '2025-01-02Z', unblocked_at: '2025-01-01Z' },
    ])
      await expect(insert(user, 'user_blocked_devices', { ...block, ...wrong })).rejects.toThrow(
        'check',
      );
  });
});

test('4: a setting of the user’s own is there once, like one of a router', async () => {
  const { user, router } = await createHome();
  for (const router_id of [null, router]) {
    const setting = { user_id: user, router_id, setting_key: 'theme', setting_value: '1' };
    await insert(user, 'user_settings', setting);
    await expect(insert(user, 'user_settings', setting)).rejects.toThrow('unique');
  }
});

describe('5: times have zones, and updated_at is kept', () => {
  test('one moment is one moment, in whatever zone it is told', async () => {
    const { user, of } = await createHome();
    const told = {
      first_seen: '2025-06-06T14:16:45.013710+02:00',
      last_seen: '2025-06-06T12:16:45.01371Z',
    };
    await insert(user, 'user_devices', { ...of, ip: '192.0.2.1', ...told });
    const device = await as(user, (transaction) =>
      transaction.selectFrom('user_devices').select(['first_seen', 'last_seen']).executeTakeFirst(),
    );
    const moment = '2025-06-06T12:16:45.013710Z';
    expect(device).toEqual({ first_seen: moment, last_seen: moment });
  });

  test('a change that says nothing of updated_at, or lies, has the true time', async () => {
    const { user } = await createHome('192.0.2.1');
    for (const change of [{ hostname: 'a' }, { hostname: 'b', updated_at: '1999-01-01Z' }]) {
      await as(user, (transaction) =>
        transaction.updateTable('user_devices').set(change).execute(),
      );
      const [row] = await find(
        `select updated_at > now() - interval '1 minute' and updated_at > first_seen as is_true from user_devices where user_id = $1`,
        [user],
      );
      expect(row).toEqual({ is_true: true });
    }
  });
});

describe('6: what is deleted leaves nothing behind', async () => {
  const tables = (await withClient(admin, readTables)).filter(({ isPartition }) => !isPartition);

  /** The tables in which some row says this. */
  async function tablesWith(column: string, value: string): Promise<string[]> {
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await find(`select from ${name} t where to_jsonb(t) ->> $1 = $2`, [
        column,
        value,
      ]);
      if (rows.length > 0) found.push(name);
    }
    return found;
  }

  test('a router goes from every table, and its user’s other router stays', async () => {
    const [tenant] = await fillEveryTable(admin, 1);
    if (tenant === undefined) throw new Error('nobody was made');
    expect((await tablesWith('router_id', tenant.router)).length).toBeGreaterThan(8);
    await as(tenant.user, (transaction) =>
      transaction.deleteFrom('user_routers').where('router_id', '=', tenant.router).execute(),
    );
    expect(await tablesWith('router_id', tenant.router)).toEqual([]);
    expect(
      await find('select router_id from user_routers where user_id = $1', [tenant.user]),
    ).toEqual([{ router_id: 'same-for-all' }]);
  });

  test('a user goes from every table, and another user’s rows stay', async () => {
    const [gone, kept] = await fillEveryTable(admin, 2);
    if (gone === undefined || kept === undefined) throw new Error('nobody was made');
    const before = await tablesWith('user_id', kept.user);
    expect(before).toEqual(tables.filter(({ hasUserId }) => hasUserId).map(({ name }) => name));
    await as(gone.user, (transaction) => transaction.deleteFrom('users').execute());
    expect(await tablesWith('user_id', gone.user)).toEqual([]);
    expect(await tablesWith('id', gone.user)).toEqual([]);
    expect(await tablesWith('user_id', kept.user)).toEqual(before);
  });
});

describe('7: the database itself keeps tenants apart', () => {
  test('the service cannot switch row-level security off, nor become the owner', async () => {
    await withClient(addresses.service, async (client) => {
      await client.query('set row_security = off');
      await expect(client.query('select from user_devices')).rejects.toThrow('row-level security');
      await expect(
        client.query('alter table user_devices disable row level security'),
      ).rejects.toThrow('must be owner');
      await expect(client.query('set role netpilot_owner')).rejects.toThrow('permission denied');
    });
  });

  test('a connection that was a tenant’s sees nothing afterwards, without failing', async () => {
    const { user } = await createHome('192.0.2.1');
    await withClient(addresses.service, async (client) => {
      await client.query('begin');
      await client.query(`select set_config('netpilot.user_id', $1, true)`, [user]);
      expect((await client.query('select from user_devices')).rows).toHaveLength(1);
      await client.query('commit');
      expect((await client.query('select from user_devices')).rows).toEqual([]);
    });
  });
});

test('10: a password is kept as SCRAM only, and nobody comes in without one, or from another machine', async () => {
  expect(
    await find(
      `select rolname from pg_authid where rolcanlogin and rolpassword not like 'SCRAM-SHA-256$%'`,
    ),
  ).toEqual([]);
  expect(await find('select distinct type, auth_method from pg_hba_file_rules')).toEqual([
    { type: 'local', auth_method: 'scram-sha-256' },
  ]);
  expect(
    await find(
      `select name, setting from pg_settings where name in ('listen_addresses', 'password_encryption') order by 1`,
    ),
  ).toEqual([
    { name: 'listen_addresses', setting: '' },
    { name: 'password_encryption', setting: 'scram-sha-256' },
  ]);
});

describe('11: nothing is made up', () => {
  test('a device is not there before its router', async () => {
    const user = await createUser(service);
    const device = { user_id: user, router_id: 'none', ip: '192.0.2.1' };
    await expect(insert(user, 'user_devices', device)).rejects.toThrow('foreign key');
  });

  test('what no one could read is refused', async () => {
    const { user, of } = await createHome();
    const device = { ...of, ip: '192.0.2.1' };
    for (const [wrong, reason] of [
      [{ ip: null }, 'null value'],
      [{ ip: 'unknown' }, 'invalid input syntax'],
      [{ mac: 'unknown' }, 'invalid input syntax'],
      [{ first_seen: 'a while ago' }, 'invalid input syntax'],
      [{ first_seen: '2025-01-02Z', last_seen: '2025-01-01Z' }, 'seen_in_order'],
    ] as const)
      await expect(insert(user, 'user_devices', { ...device, ...wrong })).rejects.toThrow(reason);
    await insert(user, 'user_devices', device);
  });
});

test('12: there is no place for a provider’s token', async () => {
  const secrets = await find(
    `select distinct column_name::text as name from information_schema.columns
     where table_schema = 'public' and column_name ~ 'token|secret|password|refresh|verifier' order by 1`,
  );
  // PKCE's half of a sign-in under way, deleted by its callback; hashes of what we gave out; what a person calls one.
  expect(secrets).toEqual([
    { name: 'code_verifier' },
    { name: 'token_hash' },
    { name: 'token_name' },
  ]);
});
