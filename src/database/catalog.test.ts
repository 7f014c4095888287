import { describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { OWNER_ROLE, SERVICE_ROLE } from '../config/database-address.ts';
import { findUnprotected, readTables } from './catalog.ts';
import { withClient } from './roles.ts';

const { addresses } = await createTestDatabase();
const { admin } = addresses;

const VIEWS = `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v'`;

/** What a query about the catalog finds; nothing, where it looks for faults. */
async function find(query: string, values: unknown[] = []): Promise<string[]> {
  const { rows } = await withClient(admin, (client) =>
    client.query<{ found: string }>(
      `select found::text from (${query}) q (found) order by 1`,
      values,
    ),
  );
  return rows.map(({ found }) => found);
}

describe('isolation', () => {
  test('every table has forced row-level security, policies, and keys that begin with user_id', async () => {
    const tables = await withClient(admin, readTables);
    expect(tables.length).toBeGreaterThanOrEqual(16);
    expect(findUnprotected(tables)).toEqual([]);
  });

  test('every table in the schema is one that was looked at', async () => {
    const looked = await withClient(admin, readTables);
    const all = await find(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'f', 'v', 'm')`,
    );
    expect(new Set(all)).toEqual(
      new Set([...looked.map(({ name }) => name), 'kysely_migration', ...(await find(VIEWS))]),
    );
  });

  test.each([
    [
      'no row-level security',
      'create table bad (user_id uuid primary key)',
      'forced row-level security',
    ],
    [
      'row-level security that does not hold for the owner',
      `create table bad (user_id uuid primary key); select isolate_tenant_table('bad'); alter table bad no force row level security`,
      'forced row-level security',
    ],
    [
      'no policy for the service',
      `create table bad (user_id uuid primary key); select isolate_tenant_table('bad'); drop policy tenant on bad`,
      'a policy',
    ],
    [
      'a policy that lets everybody in',
      `create table bad (user_id uuid primary key); select isolate_tenant_table('bad'); create policy open on bad using (true)`,
      'a condition in its policy open',
    ],
    [
      'a key that does not begin with user_id',
      `create table bad (id uuid primary key, user_id uuid); select isolate_tenant_table('bad')`,
      'a primary key that begins with user_id',
    ],
    [
      'a foreign key by which its rows could hang on those of another user',
      `alter table user_routers add unique (id);
       create table bad (user_id uuid primary key, router uuid references user_routers (id)); select isolate_tenant_table('bad')`,
      'user_id as the beginning of its foreign key bad_router_fkey',
    ],
    [
      'rows that a backup would leave out',
      `create table bad (user_id uuid primary key); select isolate_tenant_table('bad'); drop policy maintenance on bad`,
      "a policy for the owner's maintenance",
    ],
    [
      'rows that members of one home would see of the others',
      `create table bad (user_id uuid primary key); select isolate_tenant_table('bad')`,
      'a policy that limits it to the chosen home (limit_to_home)',
    ],
  ])('a table with %s is found', async (_fault, statements, lacks) => {
    await withClient(admin, async (client) => {
      await client.query(`begin; set local role ${OWNER_ROLE}; ${statements}`);
      const faults = findUnprotected(await readTables(client));
      await client.query('rollback');
      expect(faults).toContainEqual({ name: 'bad', lacks });
    });
  });

  test('what is not seen of a home is said without another table, which every plan would have', async () => {
    const reading = `select polrelid::regclass::text from pg_policy
      where polname = 'home' and pg_get_expr(polqual, polrelid) ~* '\\mfrom\\M'`;
    expect(await find(reading)).toEqual([]);
  });

  test('the service sees no row of any table until its transaction says whose it is', async () => {
    const tables = await withClient(admin, readTables);
    const views = await find(VIEWS);
    expect(views).toContain('policy_targets');
    await withClient(addresses.service, async (client) => {
      await client.query(`set role ${SERVICE_ROLE}`);
      for (const name of [...tables.map((table) => table.name), ...views])
        expect((await client.query(`select * from ${name}`)).rows).toEqual([]);
    });
  });
});

describe('the roles', () => {
  test('have no power beyond their own: neither is superuser, passes row-level security, or makes roles', async () => {
    const powerful = `select rolname from pg_roles where rolname = any ($1)
      and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or rolinherit)`;
    expect(await find(powerful, [[OWNER_ROLE, SERVICE_ROLE]])).toEqual([]);
  });

  test('are not members of any role, so that neither can become another', async () => {
    const memberships = `select member::regrole || ' in ' || roleid::regrole from pg_auth_members where member = any ($1::regrole[]::oid[])`;
    expect(await find(memberships, [[OWNER_ROLE, SERVICE_ROLE]])).toEqual([]);
  });

  test('the service owns nothing, cannot make anything, and cannot truncate or refer to a table', async () => {
    const owned = `select relname::text from pg_class where relowner = $1::regrole
      union select proname::text from pg_proc where proowner = $1::regrole
      union select nspname::text from pg_namespace where nspowner = $1::regrole`;
    expect(await find(owned, [SERVICE_ROLE])).toEqual([]);
    const excessive = `select format('%s %s', relname, privilege) from pg_class,
        unnest(array['truncate', 'references', 'trigger']) privilege
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and has_table_privilege($1, oid, privilege)`;
    expect(await find(excessive, [SERVICE_ROLE])).toEqual([]);
    const create = `select has_schema_privilege($1, 'public', 'create')`;
    expect(await find(create, [SERVICE_ROLE])).toEqual(['false']);
  });

  test('the service may only add to the audit and read it', async () => {
    const privileges = `select privilege_type from information_schema.role_table_grants
      where table_name = 'audit_entries' and grantee = $1`;
    expect(await find(privileges, [SERVICE_ROLE])).toEqual(['INSERT', 'SELECT']);
  });

  test('the service may run no function that runs as its owner but those that clear away or sum what is over for everybody and make room for what comes, keep the leases of Commands-Servers, claim which routers to dial and which channels to alert, find what hints have missed, read what many routers must do and store what they confirm, or count for the operator', async () => {
    const functions = `select proname from pg_proc where pronamespace = 'public'::regnamespace
      and prosecdef and has_function_privilege($1, oid, 'execute')`;
    expect(await find(functions, [SERVICE_ROLE])).toEqual([
      'begin_lease',
      'claim_alert_channels',
      'claim_dials',
      'confirm_revisions',
      'connected_anew',
      'delete_expired',
      'desired_states',
      'due_alerts',
      'end_lease',
      'end_lost_connections',
      'ended_connections',
      'keep_lease',
      'keep_partitions',
      'living_commands_servers',
      'measure_service',
      'note_missed_routers',
      'pending_dials',
      'pending_routers',
      'renew_lease',
      'sum_usage',
    ]);
  });

  test('every function that runs as its owner has a search_path of its own', async () => {
    const open = `select proname from pg_proc where pronamespace = 'public'::regnamespace
      and prosecdef and not exists (select from unnest(proconfig) setting where setting like 'search_path=%')`;
    expect(await find(open)).toEqual([]);
  });
});

describe('the schema', () => {
  test('has no time without a zone, and no text or number where PostgreSQL has a type', async () => {
    const imitated = `select format('%s.%s %s', table_name, column_name, data_type) from information_schema.columns
      where table_schema = 'public' and table_name not like 'kysely%'
        and (data_type in ('timestamp without time zone', 'json')
             or column_name ~ '(^|_)ip(_|$)' and data_type <> 'inet' and column_name <> 'holds_ip'
             or column_name ~ '(^|_)mac$' and data_type <> 'macaddr'
             or column_name ~ '_(at|seen|login)$' and data_type <> 'timestamp with time zone')`;
    expect(await find(imitated)).toEqual([]);
  });

  test('keeps updated_at by a trigger wherever there is one', async () => {
    const unkept = `select relname from pg_class c join pg_attribute a on a.attrelid = c.oid
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and attname = 'updated_at'
        and not exists (select from pg_trigger t join pg_proc p on p.oid = t.tgfoid
                        where t.tgrelid = c.oid and proname = 'set_updated_at' and tgtype & 2 = 2 and tgtype & 16 = 16)`;
    expect(await find(unkept)).toEqual([]);
  });

  test('makes no index twice', async () => {
    const twice = `select string_agg(indexrelid::regclass::text, ' = ') from pg_index
      join pg_class on pg_class.oid = indexrelid where relnamespace = 'public'::regnamespace
      group by indrelid, indkey::text, indclass::text, coalesce(pg_get_expr(indpred, indrelid), ''), coalesce(pg_get_expr(indexprs, indrelid), '')
      having count(*) > 1`;
    expect(await find(twice)).toEqual([]);
  });

  test('makes no index that another one, which is not partial, begins with', async () => {
    const needless = `select a.indexrelid::regclass || ' < ' || b.indexrelid::regclass from pg_index a
      join pg_index b on a.indrelid = b.indrelid and a.indexrelid <> b.indexrelid
      join pg_class c on c.oid = a.indexrelid
      where relnamespace = 'public'::regnamespace and not a.indisunique and a.indpred is null and b.indpred is null
        and b.indkey::text like a.indkey::text || ' %'`;
    expect(await find(needless)).toEqual([]);
  });

  test('has no view with rights of its own, by which it could show rows of another user', async () => {
    expect(
      await find(
        `${VIEWS} and coalesce(array_to_string(reloptions, ' '), '') !~ 'security_invoker=(true|on)'`,
      ),
    ).toEqual([]);
  });

  test('holds nothing that a backup of rows would lose: no sequences, no large objects', async () => {
    const kinds = `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind not in ('r', 'i', 'v', 'p', 'I')`;
    expect(await find(kinds)).toEqual([]);
    expect(await find('select oid from pg_largeobject_metadata')).toEqual([]);
  });
});
