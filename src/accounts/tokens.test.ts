import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { maintenanceTransaction, tenantTransaction } from '../database/transaction.ts';
import { hashSecret } from '../sealing.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);

async function makeToken(person: Person, days = 30): Promise<{ id: string; token: string }> {
  const answer = await person.request('POST', '/api/v1/tokens', { token_name: 'script', days });
  expect(answer.statusCode).toBe(201);
  return answer.json();
}

const send = (token: string, method: 'GET' | 'POST' = 'GET', url = '/api/v1/me', body?: object) =>
  app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${token}` },
    ...(body && { payload: body }),
  });

describe('an API token', () => {
  test('opens the API for its owner, without a cookie', async () => {
    const ann = await signIn();
    const { token } = await makeToken(ann);
    const answer = await send(token);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ id: ann.userId });
  });

  test('is shown once: neither the list nor the database has it', async () => {
    const ann = await signIn();
    const { token } = await makeToken(ann);
    expect((await ann.request('GET', '/api/v1/tokens')).body).not.toContain(token);
    const { rows } = await maintenanceTransaction(database.owner, (transaction) =>
      sql<{ row: string }>`select s::text as row from user_sessions s`.execute(transaction),
    );
    expect(rows.map(({ row }) => row).join('\n')).not.toContain(token);
  });

  test('learns what it may do, and until when; a session is not a token', async () => {
    const ann = await signIn();
    const { id, token } = await makeToken(ann);
    await makeToken(ann);
    expect((await send(token, 'GET', '/api/v1/tokens/own')).json()).toEqual({
      id,
      token_name: 'script',
      scopes: ['read'],
      router_id: null,
      expires_at: expect.stringMatching(/Z$/),
    });
    expect((await ann.request('GET', '/api/v1/tokens/own')).statusCode).toBe(404);
  });

  test('ends at once', async () => {
    const ann = await signIn();
    const { id, token } = await makeToken(ann);
    expect((await ann.request('DELETE', `/api/v1/tokens/${id}`)).statusCode).toBe(204);
    expect((await send(token)).statusCode).toBe(401);
    expect((await ann.request('DELETE', `/api/v1/tokens/${id}`)).statusCode).toBe(404);
    expect((await ann.request('GET', '/api/v1/tokens')).json()).toEqual({ items: [] });
  });

  test('makes no tokens, so that a stolen one does not outlive its end', async () => {
    const { token } = await makeToken(await signIn());
    const answer = await send(token, 'POST', '/api/v1/tokens', { token_name: 'another' });
    expect(answer.statusCode).toBe(403);
  });

  test('is no session of a browser: it is not listed there', async () => {
    const ann = await signIn();
    const { id } = await makeToken(ann);
    const sessions = (await ann.request('GET', '/api/v1/sessions')).json();
    expect(sessions.items).toHaveLength(1);
    expect((await ann.request('DELETE', `/api/v1/sessions/${id}`)).statusCode).toBe(404);
  });

  test('remembers the session that created it, and on what that was', async () => {
    const ann = await signIn();
    const created = await makeToken(ann);
    expect(created).toMatchObject({ created_by: ann.sessionId, created_on: 'Unknown device' });
    const { items } = (await ann.request('GET', '/api/v1/tokens')).json();
    expect(items).toMatchObject([{ id: created.id, created_by: ann.sessionId }]);
  });

  test('may only read unless more was asked for, and may read whatever else it may', async () => {
    const ann = await signIn();
    const scopesOf = async (scopes?: string[]) => {
      const wish = { token_name: 'script', ...(scopes && { scopes }) };
      return (await ann.request('POST', '/api/v1/tokens', wish)).json().scopes;
    };
    expect(await scopesOf()).toEqual(['read']);
    expect(await scopesOf(['control'])).toEqual(['read', 'control']);
    expect(await scopesOf(['account', 'manage'])).toEqual(['read', 'manage', 'account']);
  });

  test.each([
    [{ scopes: [] }, 'scopes'],
    [{ scopes: ['everything'] }, 'scopes.0'],
    [{ scopes: ['read', 'read'] }, 'scopes'],
    [{ scopes: ['account'], router_id: 'home' }, 'router_id'],
  ])('is not created with %j', async (more, field) => {
    const ann = await signIn();
    const answer = await ann.request('POST', '/api/v1/tokens', { token_name: 'script', ...more });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].field).toBe(field);
  });

  test("is not created for a router of somebody else's", async () => {
    const router_id = await createRouter(database.service, (await signIn()).userId);
    const answer = await (
      await signIn()
    ).request('POST', '/api/v1/tokens', { token_name: 'script', router_id });
    expect(answer.statusCode).toBe(404);
  });

  test('for one router ends with that router, and never reaches another one', async () => {
    const ann = await signIn();
    const router_id = await createRouter(database.service, ann.userId);
    await createRouter(database.service, ann.userId);
    const wish = { token_name: 'script', scopes: ['manage'], router_id };
    const { token } = (await ann.request('POST', '/api/v1/tokens', wish)).json();
    expect((await send(token, 'GET', '/api/v1/routers')).json().items).toHaveLength(1);
    await ann.request('DELETE', `/api/v1/routers/${router_id}`);
    expect((await send(token, 'GET', '/api/v1/routers')).statusCode).toBe(401);
  });

  test('is not a cookie, nor is a cookie a token; the answer says which it is', async () => {
    const ann = await signIn();
    const { token } = await makeToken(ann);
    const [name = '', secret = ''] = ann.cookie.split('=');
    for (const url of ['/api/v1/me', '/api/v1/devices', '/auth/sign-out']) {
      const method = url.startsWith('/auth') ? 'POST' : 'GET';
      const asCookie = await app.inject({
        method,
        url,
        headers: { cookie: `${name}=${token}` },
      });
      expect(asCookie.json()).toMatchObject({
        status: 401,
        detail: expect.stringContaining('This is an API token, not the cookie'),
      });
      expect((await send(secret, method, url)).json()).toMatchObject({
        status: 401,
        detail: expect.stringContaining('not an API token'),
      });
    }
    expect((await send(token)).statusCode).toBe(200);
    expect((await ann.request('GET', '/api/v1/me')).statusCode).toBe(200);
  });

  test('that was cut is called that', async () => {
    const { token } = await makeToken(await signIn());
    expect((await send(token.slice(0, -1))).json()).toMatchObject({
      status: 401,
      detail: expect.stringContaining('not the whole token'),
    });
  });

  test('from before they began with np_ works on, with all its rights', async () => {
    const ann = await signIn();
    const { id } = await makeToken(ann);
    const old = `np_${'A'.repeat(40)}`;
    await asOwner(
      sql`update user_sessions set token_hash = ${hashSecret(old)}, created_by = null,
            scopes = array['read', 'control', 'manage', 'account'] where id = ${id}`,
    );
    expect((await send(old)).json()).toMatchObject({ id: ann.userId });
  });

  test('that signs out ends itself, and no session', async () => {
    const ann = await signIn();
    const { token } = await makeToken(ann);
    const answer = await send(token, 'POST', '/auth/sign-out');
    expect(answer.statusCode).toBe(204);
    expect(answer.cookies).toEqual([]);
    expect((await send(token)).statusCode).toBe(401);
    expect((await ann.request('GET', '/api/v1/me')).statusCode).toBe(200);
    const { items } = (await ann.request('GET', '/api/v1/audit?action=token.ended')).json();
    expect(items).toHaveLength(1);
  });

  test('keeps its end, however much it is used', async () => {
    const ann = await signIn();
    const { id, token } = await makeToken(ann, 200);
    await age(ann, id);
    const before = await expiryOf(ann, id);
    expect((await send(token)).statusCode).toBe(200);
    expect(await expiryOf(ann, id)).toEqual({ expires_at: before.expires_at, is_used: true });
  });

  test('of a user made inactive opens nothing', async () => {
    const ann = await signIn();
    const { token } = await makeToken(ann);
    await tenantTransaction(database.service, ann.userId, (transaction) =>
      transaction
        .updateTable('users')
        .set({ is_active: false })
        .where('id', '=', ann.userId)
        .execute(),
    );
    expect((await send(token)).statusCode).toBe(401);
  });

  test.each([0, 367])('does not work for %i days', async (days) => {
    const ann = await signIn();
    const answer = await ann.request('POST', '/api/v1/tokens', { token_name: 'script', days });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].field).toBe('days');
  });

  test('is in the audit when made and when ended, without its secret', async () => {
    const ann = await signIn();
    const { id, token } = await makeToken(ann);
    await ann.request('DELETE', `/api/v1/tokens/${id}`);
    const audit = await ann.request('GET', '/api/v1/audit?action=token');
    expect(audit.json().items.map(({ action }: { action: string }) => action)).toEqual([
      'token.ended',
      'token.created',
    ]);
    expect(audit.body).not.toContain(token);
  });
});

describe('a stolen session', () => {
  /** A thief has copied Ann's cookie, and made a token that works for a year. */
  async function steal() {
    const ann = await signIn();
    const thief = { ...ann };
    const wish = { token_name: 'script', days: 366, scopes: ['account', 'manage'] };
    const made = await thief.request('POST', '/api/v1/tokens', wish);
    expect(made.statusCode).toBe(201);
    const { token }: { token: string } = made.json();
    expect((await send(token)).statusCode).toBe(200);
    return { ann, token };
  }

  test('does not live on in a token when its owner ends all others', async () => {
    const { ann, token } = await steal();
    const elsewhere = await signIn(ann.userId);
    const ended = await elsewhere.request('POST', '/api/v1/sessions/end-others');
    expect(ended.json()).toEqual({ ended: 1, ended_tokens: 1 });
    for (const url of ['/api/v1/me', '/api/v1/me/export', '/api/v1/devices'])
      expect((await send(token, 'GET', url)).statusCode).toBe(401);
  });

  test('does not live on in a token when its owner ends it alone; tokens of others stay', async () => {
    const { ann, token } = await steal();
    const elsewhere = await signIn(ann.userId);
    const own = await makeToken(elsewhere);
    const { items } = (await elsewhere.request('GET', '/api/v1/sessions')).json();
    const { id } = items.find((session: { is_current: boolean }) => !session.is_current);
    await elsewhere.request('DELETE', `/api/v1/sessions/${id}`);
    expect((await send(token)).statusCode).toBe(401);
    expect((await send(own.token)).statusCode).toBe(200);
  });

  test('lives on in a token only if that is asked for', async () => {
    const { ann, token } = await steal();
    const elsewhere = await signIn(ann.userId);
    const ended = await elsewhere.request('POST', '/api/v1/sessions/end-others?tokens=keep');
    expect(ended.json()).toEqual({ ended: 1, ended_tokens: 0 });
    expect((await send(token)).statusCode).toBe(200);
  });

  test('cannot slip a token past its end', async () => {
    const ann = await signIn();
    const elsewhere = await signIn(ann.userId);
    const [made] = await Promise.all([
      ann.request('POST', '/api/v1/tokens', { token_name: 'script' }),
      elsewhere.request('POST', '/api/v1/sessions/end-others'),
    ]);
    expect([201, 401]).toContain(made.statusCode);
    expect((await elsewhere.request('GET', '/api/v1/tokens')).json()).toEqual({ items: [] });
  });
});

async function asOwner(statement: ReturnType<typeof sql>): Promise<void> {
  await maintenanceTransaction(database.owner, (transaction) => statement.execute(transaction));
}

/** As if it had been used last an hour ago. */
function age({ userId }: Person, id: string) {
  return tenantTransaction(database.service, userId, (transaction) =>
    transaction
      .updateTable('user_sessions')
      .set({ last_used_at: sql`now() - interval '1 hour'` })
      .where('user_id', '=', userId)
      .where('id', '=', id)
      .execute(),
  );
}

function expiryOf({ userId }: Person, id: string) {
  return tenantTransaction(database.service, userId, (transaction) =>
    transaction
      .selectFrom('user_sessions')
      .select([
        'expires_at',
        sql<boolean>`last_used_at > now() - interval '1 minute'`.as('is_used'),
      ])
      .where('user_id', '=', userId)
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
  );
}
