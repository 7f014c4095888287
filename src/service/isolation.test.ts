/** Every operation of the API and every table, tried by everybody who has no business there. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { openEventStream } from '../../testing/event-stream.ts';
import { type Household, furnish } from '../../testing/household.ts';
import { type Operation, readGuardedOperations, requestOf } from '../../testing/operations.ts';
import {
  credentialTransaction,
  maintenanceTransaction,
  signInTransaction,
  tenantTransaction,
} from '../database/transaction.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);

/** Has no end: what is tried of it is in a test of its own. */
const ENDLESS = '/api/v1/events';

const guarded = await readGuardedOperations(app);
/** Those that name a thing: the rest can only give what is the caller's own. */
const ofThings = guarded.filter(
  ({ path }) => path.includes('{') && path !== '/api/v1/settings/{setting_key}',
);

let ann: Person;
let bob: Person;
let household: Household;
beforeEach(async () => {
  [ann, bob] = [await signIn(), await signIn()];
  household = await furnish(database.service, ann.userId);
});

test.each([
  ['a signed-out person', async () => undefined],
  ['an expired session', async () => expire(ann)],
  ['an ended session', async () => end(ann)],
  [
    'a tampered session',
    async () => `${ann.cookie.slice(0, -2)}${ann.cookie.endsWith('AA') ? 'BB' : 'AA'}`,
  ],
  [
    'a made-up session',
    async () => `${ann.cookie.split('=')[0]}=${randomBytes(32).toString('base64url')}`,
  ],
  ['the public name of a session', async () => `${ann.cookie.split('=')[0]}=${ann.sessionId}`],
  ['the session of a user made inactive', async () => deactivate(ann)],
])('every operation answers 401 to %s, and changes nothing', async (_who, cookieOf) => {
  const cookie = await cookieOf();
  const before = await contentOf(ann);
  for (const operation of guarded) {
    const answer = await send(operation, household, cookie);
    expect([operation.name, answer.statusCode]).toEqual([operation.name, 401]);
    expect(answer.body).not.toContain(household.mark);
  }
  expect(await contentOf(ann)).toEqual(before);
});

describe.each(ofThings)('$name', (operation) => {
  test('answers 404 to another user, and changes nothing', async () => {
    const before = await contentOf(ann);
    const answer = await send(operation, household, bob.cookie);
    expect(answer.statusCode).toBe(404);
    // The problem names what was asked for, which the caller knows; it must hold nothing else of Ann's.
    expect(answer.body.replaceAll(household.params['router_id'] ?? '', '')).not.toContain(
      household.mark,
    );
    expect(await contentOf(ann)).toEqual(before);
  });
});

test.each(
  guarded.filter(
    ({ method, path }) =>
      method === 'GET' && path !== ENDLESS && !ofThings.some((other) => other.path === path),
  ),
)("$name gives another user nothing of Ann's", async (operation) => {
  const answer = await send(operation, household, bob.cookie);
  expect(answer.body).not.toContain(household.mark);
  expect(answer.body).not.toContain(ann.userId);
});

test("the stream of events gives another user nothing of Ann's, kept or new", async () => {
  const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}${ENDLESS}`;
  await bob.request('PATCH', '/api/v1/me', { full_name: 'Bob' });
  const stream = await openEventStream(url, { ...bob, after: 0 });
  const kept = await stream.take(1);
  await ann.request('PATCH', '/api/v1/me', { full_name: household.mark });
  await bob.request('PATCH', '/api/v1/me', { full_name: 'Robert' });
  const heard = [...kept, ...(await stream.take(1))];
  expect(heard).toMatchObject([
    { number: 1, subject_id: bob.userId },
    { number: 2, subject_id: bob.userId },
  ]);
  expect(JSON.stringify(heard)).not.toContain(household.mark);
});

/** Tables whose rows belong to no user. */
const NOBODYS = new Set([
  'commands_servers',
  'invitations',
  'local_sign_in_links',
  'moved_secrets',
  'server_keys',
  'sign_in_attempts',
]);

describe('each table', async () => {
  const tables = await tableNames();

  test.each(tables)("%s shows nothing of Ann's to another user, nor to nobody", async (table) => {
    const mine = sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`;
    expect(
      await count(
        tenantTransaction(database.service, bob.userId, (transaction) => mine.execute(transaction)),
      ),
    ).toBe(await own(table, bob));
    expect(await count(mine.execute(database.service))).toBe(0);
    expect(
      await count(
        credentialTransaction(database.service, randomBytes(32), (transaction) =>
          mine.execute(transaction),
        ),
      ),
    ).toBe(0);
    expect(
      await count(
        signInTransaction(
          database.service,
          { subject: 'nobody', email: 'nobody@example.com' },
          (transaction) => mine.execute(transaction),
        ),
      ),
    ).toBe(0);
  });

  test.each(tables.filter((table) => !NOBODYS.has(table)))(
    '%s lets another user change and delete nothing',
    async (table) => {
      const before = await contentOf(ann);
      const column = table === 'users' ? 'id' : 'user_id';
      for (const statement of [
        sql`update ${sql.table(table)} set ${sql.id(column)} = ${bob.userId} where ${sql.id(column)} = ${ann.userId}`,
        sql`delete from ${sql.table(table)} where ${sql.id(column)} = ${ann.userId}`,
      ]) {
        const attempt = tenantTransaction(database.service, bob.userId, (transaction) =>
          statement.execute(transaction),
        );
        const changed = await attempt.then(
          ({ numAffectedRows }) => numAffectedRows ?? 0n,
          (error: Error) => error.message,
        );
        expect([0n, `permission denied for table ${table}`]).toContainEqual(changed);
      }
      expect(await contentOf(ann)).toEqual(before);
    },
  );
});

async function count(work: Promise<{ rows: { count: number }[] }>): Promise<number | undefined> {
  return (await work).rows[0]?.count;
}

function send(operation: Operation, things: Household, cookie: string | undefined) {
  return app.inject({
    ...requestOf(operation, things),
    ...(cookie !== undefined && { headers: { cookie } }),
  });
}

/** All that the database holds of a person, but for the sessions that the tests move about. */
function contentOf({ userId }: Person): Promise<unknown> {
  return maintenanceTransaction(database.owner, async (transaction) => {
    const tables = (await tableNames()).filter((table) => !NOBODYS.has(table));
    return Promise.all(
      tables.map(async (table) => {
        const { rows } =
          await sql`select * from ${sql.table(table)} t where ${sql.id(table === 'users' ? 'id' : 'user_id')} = ${userId} order by t::text`.execute(
            transaction,
          );
        return { table, rows };
      }),
    );
  });
}

async function tableNames(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace and relname not like 'kysely%' order by 1`.execute(
    database.owner,
  );
  return rows.map(({ name }) => name);
}

/** How many rows of a table are the person's own. */
function own(table: string, { userId }: Person): Promise<number | undefined> {
  if (NOBODYS.has(table)) return Promise.resolve(0);
  return maintenanceTransaction(database.owner, async (transaction) => {
    const { rows } = await sql<{
      count: number;
    }>`select count(*) as count from ${sql.table(table)} where ${sql.id(table === 'users' ? 'id' : 'user_id')} = ${userId}`.execute(
      transaction,
    );
    return rows[0]?.count;
  });
}

async function expire({ userId, cookie }: Person): Promise<string> {
  await asOwner(
    sql`update user_sessions set created_at = now() - interval '25 hours', expires_at = now() - interval '1 second' where user_id = ${userId}`,
  );
  return cookie;
}

async function end({ userId, cookie }: Person): Promise<string> {
  await asOwner(sql`update user_sessions set is_active = false where user_id = ${userId}`);
  return cookie;
}

async function deactivate({ userId, cookie }: Person): Promise<string> {
  await asOwner(sql`update users set is_active = false where id = ${userId}`);
  return cookie;
}

async function asOwner(statement: ReturnType<typeof sql>): Promise<void> {
  await maintenanceTransaction(database.owner, (transaction) => statement.execute(transaction));
}
