/** What a transaction sees that is limited to one home, asked of every table in SQL, as the service does. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import { furnish } from '../../testing/household.ts';
import { type Tenant, maintenanceTransaction, tenantTransaction } from './transaction.ts';

const database = await createTestDatabase();
const { owner, service } = database;

const ann = await createUser(service);
const bob = await createUser(service);
const first = await furnishHome();
const second = await furnishHome();

/** Another home of Ann's, with something in every table. */
async function furnishHome() {
  const { id } = await tenantTransaction(service, ann, (transaction) =>
    transaction
      .insertInto('homes')
      .values({ user_id: ann })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  await sessionOf(ann);
  return { id, ...(await furnish(service, ann, id)) };
}

async function sessionOf(user_id: string): Promise<void> {
  await tenantTransaction(service, user_id, (transaction) =>
    transaction
      .insertInto('user_sessions')
      .values({
        user_id,
        session_id: randomUUID(),
        token_hash: Buffer.from(randomUUID().replaceAll('-', '').repeat(2), 'hex'),
        expires_at: sql`now() + interval '1 hour'`,
      })
      .execute(),
  );
}

const TABLES = await maintenanceTransaction(owner, async (transaction) => {
  const { rows } = await sql<{ name: string }>`
    select table_name::text as name from information_schema.columns
    where table_schema = 'public' and column_name = 'user_id' and table_name in (
      select relname from pg_class where relkind in ('r', 'p') and not relispartition)
    union select 'users' order by 1`.execute(transaction);
  return rows.map(({ name }) => name);
});

/** Has only numbers. */
const OF_ALL_HOMES = 'event_counters';
/** The owner's own: no member sees any of it. */
const OF_OWNER = new Set(['users', 'user_sessions', 'imports', 'import_rejects']);
/** Each member's own: what they have sent, and where they are told. */
const OF_MEMBER = new Set([
  'idempotency_keys',
  'alert_channels',
  'alert_held',
  'alert_links',
  'alert_outbox',
  'alert_preferences',
  'alert_watches',
]);

const inHome = (homeId: string, actorId = bob): Tenant => ({ userId: ann, actorId, homeId });

function rowsOf(table: string, tenant: Tenant): Promise<string[]> {
  return tenantTransaction(service, tenant, async (transaction) => {
    const { rows } = await sql<{ row: string }>`
      select t::text as row from ${sql.table(table)} t order by 1`.execute(transaction);
    return rows.map(({ row }) => row);
  });
}

describe.each(TABLES.filter((table) => table !== OF_ALL_HOMES))('%s', (table) => {
  test('shows the rows of the chosen home, and none of another one', async () => {
    const all = await rowsOf(table, { userId: ann });
    const [here, there] = [
      await rowsOf(table, inHome(first.id)),
      await rowsOf(table, inHome(second.id)),
    ];
    const byOwner = await rowsOf(table, inHome(first.id, ann));
    expect(here.filter((row) => there.includes(row))).toEqual([]);
    for (const row of [...here, ...byOwner]) {
      expect(all.concat(byOwner)).toContain(row);
      expect(row).not.toContain(second.mark);
      expect(row).not.toContain(second.id);
    }
    // An owner who has chosen a home sees what was imported for its routers, too.
    const isHidden = OF_OWNER.has(table) || OF_MEMBER.has(table);
    expect(here).toEqual(isHidden ? [] : byOwner);
    expect(here.length > 0).toBe(!isHidden);
  });

  test('lets nothing of another home be changed or deleted', async () => {
    const before = await rowsOf(table, { userId: ann });
    const column = table === 'users' ? 'id' : 'user_id';
    for (const statement of [
      sql`update ${sql.table(table)} set ${sql.id(column)} = ${sql.id(column)}`,
      sql`delete from ${sql.table(table)}`,
    ]) {
      const attempt = tenantTransaction(service, inHome(randomUUID()), (transaction) =>
        statement.execute(transaction),
      );
      const changed = await attempt.then(
        ({ numAffectedRows }) => numAffectedRows ?? 0n,
        (error: Error) => error.message,
      );
      expect([0n, `permission denied for table ${table}`]).toContainEqual(changed);
    }
    expect(await rowsOf(table, { userId: ann })).toEqual(before);
  });
});

test('nothing is written for another home', async () => {
  const router_id = second.params['router_id'] ?? '';
  await expect(
    tenantTransaction(service, inHome(first.id), (transaction) =>
      transaction
        .insertInto('user_blocked_devices')
        .values({ user_id: ann, router_id, device_ip: '192.168.1.9' })
        .execute(),
    ),
  ).rejects.toMatchObject({ code: '42501' });
  await expect(
    tenantTransaction(service, inHome(first.id), (transaction) =>
      transaction.updateTable('user_routers').set({ home_id: second.id }).execute(),
    ),
  ).rejects.toMatchObject({ code: '42501' });
});

describe('a router that comes to another home', () => {
  test('takes the rules for its devices along, leaves their people, and does what holds there', async () => {
    const here = await furnish(service, ann, first.id);
    const router_id = here.params['router_id'] ?? '';
    const device_id = here.ids['devices'] ?? '';
    await tenantTransaction(service, ann, async (transaction) => {
      await transaction
        .updateTable('user_devices')
        .set({ person_id: here.ids['people'] ?? '' })
        .where('id', '=', device_id)
        .execute();
      await transaction
        .insertInto('access_rules')
        .values({
          user_id: ann,
          home_id: first.id,
          kind: 'pause',
          target: 'device',
          device_id,
          access: 'block',
        })
        .execute();
    });
    const stateOf = () =>
      tenantTransaction(service, ann, async (transaction) => {
        const { rows } = await sql<{ policy_revision: number }>`
          select p.policy_revision, d.person_id is not null as has_person,
                 (select count(*) from access_rules a where a.device_id = d.id) as rules
          from router_policies p join user_devices d on d.user_id = p.user_id and d.router_id = p.router_id
          where p.router_id = ${router_id}`.execute(transaction);
        return rows[0];
      });
    const before = await stateOf();
    expect(before).toMatchObject({ has_person: true, rules: 1 });
    await tenantTransaction(service, ann, (transaction) =>
      transaction
        .updateTable('user_routers')
        .set({ home_id: second.id })
        .where('router_id', '=', router_id)
        .execute(),
    );
    const after = await stateOf();
    expect(after).toMatchObject({ has_person: false, rules: 1 });
    expect(after?.policy_revision).toBeGreaterThan(before?.policy_revision ?? Infinity);
  });
});
