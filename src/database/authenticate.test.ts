/** Corrections 8 and 9 to the promised data model: what opens a session, asked of the database itself. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import { credentialTransaction, nobodysTransaction, tenantTransaction } from './transaction.ts';

const { service } = await createTestDatabase();

/** Makes a session, and gives its token and its public name. */
async function createSession(
  change: { expires_at?: string; is_active?: boolean; token_name?: string; scopes?: string[] } = {},
) {
  const user = await createUser(service);
  const [token, name] = [randomBytes(32).toString('base64url'), randomUUID()];
  const row = {
    user_id: user,
    session_id: name,
    token_hash: sha256(token),
    expires_at: new Date(Date.now() + 60_000).toISOString(),
    ...change,
  };
  await tenantTransaction(service, user, (transaction) =>
    transaction.insertInto('user_sessions').values(row).execute(),
  );
  return { user, token, name };
}

async function isOpenedBy(secret: string | Buffer): Promise<boolean> {
  const { rows } = await sql`select from authenticate(${sha256(secret)})`.execute(service);
  return rows.length === 1;
}

test('a session opens by its token, and by nothing else of it', async () => {
  const { token, name } = await createSession();
  expect(await isOpenedBy(token)).toBe(true);
  for (const wrong of [name, '', token.slice(1), `${token} `, sha256(token)])
    expect(await isOpenedBy(wrong)).toBe(false);
});

test('it does not when it has expired or was ended', async () => {
  for (const change of [
    { expires_at: new Date(Date.now() - 1).toISOString() },
    { is_active: false },
  ])
    expect(await isOpenedBy((await createSession(change)).token)).toBe(false);
});

test('it does not when its user was made inactive, not even after they are active again', async () => {
  const { user, token } = await createSession();
  for (const is_active of [false, true]) {
    await tenantTransaction(service, user, (transaction) =>
      transaction.updateTable('users').set({ is_active }).execute(),
    );
    expect(await isOpenedBy(token)).toBe(false);
  }
});

test('it cannot be made to last longer than seven days, nor an API token than a year and a day', async () => {
  const expires_at = new Date(Date.now() + 8 * 24 * 3_600_000).toISOString();
  await expect(createSession({ expires_at })).rejects.toThrow('user_sessions_within_bounds');
  const token = await createSession({ expires_at, token_name: 'script', scopes: ['read'] });
  expect(await isOpenedBy(token.token)).toBe(true);
  const year = new Date(Date.now() + 367 * 24 * 3_600_000).toISOString();
  await expect(
    createSession({ expires_at: year, token_name: 'script', scopes: ['read'] }),
  ).rejects.toThrow('user_sessions_within_bounds');
});

test('knowing a hash opens that one row, to be read and not to be changed', async () => {
  const mine = await createSession();
  await createSession();
  await credentialTransaction(service, sha256(mine.token), async (transaction) => {
    const sessions = await transaction.selectFrom('user_sessions').select('session_id').execute();
    expect(sessions).toEqual([{ session_id: mine.name }]);
    const change = transaction.updateTable('user_sessions').set({ is_active: false });
    expect(await change.execute()).toEqual([{ numUpdatedRows: 0n }]);
  });
});

/** A home of somebody's, and a member of it. */
async function share(role: string) {
  const [owner, member] = [await createUser(service), await createSession()];
  const home_id = await tenantTransaction(service, owner, async (transaction) => {
    const home = await transaction.selectFrom('homes').select('id').executeTakeFirstOrThrow();
    const names = { member_name: 'Bob', member_email: 'bob@example.com' };
    await transaction
      .insertInto('home_members')
      .values({ user_id: owner, home_id: home.id, member_id: member.user, role, ...names })
      .execute();
    return home.id;
  });
  return { owner, member, home_id };
}

test('a session of a member opens the home with its owner as the tenant, and another one’s not', async () => {
  const [{ owner, member, home_id }, other] = [await share('admin'), await share('admin')];
  const open = async (home: string) => {
    const { rows } = await sql`
      select user_id, actor_id, home_id, role from authenticate(${sha256(member.token)}, 'cookie', ${home})`.execute(
      service,
    );
    return rows;
  };
  const actor_id = member.user;
  expect(await open(home_id)).toEqual([{ user_id: owner, actor_id, home_id, role: 'admin' }]);
  const own = { user_id: member.user, actor_id, home_id: null, role: 'owner' };
  for (const home of [other.home_id, randomUUID()]) expect(await open(home)).toEqual([own]);
  await tenantTransaction(service, owner, (transaction) =>
    transaction.updateTable('users').set({ is_active: false }).execute(),
  );
  expect(await open(home_id)).toEqual([own]);
});

test.each(['viewer', 'child'])(
  'what a %s then writes is refused, but for what every member may write',
  async (role) => {
    const { owner, member, home_id } = await share(role);
    const rename = (mayWrite: boolean) =>
      nobodysTransaction(service, async (transaction) => {
        await sql`select from authenticate(${sha256(member.token)}, 'cookie', ${home_id}, ${mayWrite})`.execute(
          transaction,
        );
        const change = transaction
          .updateTable('homes')
          .set({ name: 'x' })
          .where('user_id', '=', owner);
        return change.execute();
      });
    await expect(rename(false)).rejects.toMatchObject({ code: '25006' });
    expect(await rename(true)).toEqual([{ numUpdatedRows: 1n }]);
  },
);

function sha256(secret: string | Buffer): Buffer {
  return createHash('sha256').update(secret).digest();
}
