import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { maintenanceTransaction, tenantTransaction } from '../database/transaction.ts';

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

  test('is no session of a browser: neither listed there, nor ended with the others', async () => {
    const ann = await signIn();
    const { id, token } = await makeToken(ann);
    const sessions = (await ann.request('GET', '/api/v1/sessions')).json();
    expect(sessions.items).toHaveLength(1);
    expect((await ann.request('DELETE', `/api/v1/sessions/${id}`)).statusCode).toBe(404);
    await ann.request('POST', '/api/v1/sessions/end-others');
    expect((await send(token)).statusCode).toBe(200);
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
