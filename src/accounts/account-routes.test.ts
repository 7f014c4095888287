import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { maintenanceTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

describe('oneself', () => {
  test('is renamed, and the audit has what it was before', async () => {
    const ann = await signIn();
    const answer = await ann.request('PATCH', '/api/v1/me', { full_name: 'Ann' });
    expect(answer.json()).toMatchObject({ id: ann.userId, full_name: 'Ann' });
    const { items } = (await ann.request('GET', '/api/v1/audit?action=user')).json();
    expect(items).toMatchObject([
      {
        action: 'user.changed',
        session_id: ann.sessionId,
        details: { before: { full_name: null }, after: { full_name: 'Ann' } },
      },
    ]);
  });

  test('is not renamed by a tab that has not seen the newest name', async () => {
    const ann = await signIn();
    const seen = String((await ann.request('GET', '/api/v1/me')).headers.etag);
    await ann.request('PATCH', '/api/v1/me', { full_name: 'Other tab' }, { 'if-match': seen });
    const late = await ann.request('PATCH', '/api/v1/me', { full_name: 'x' }, { 'if-match': seen });
    expect(late.statusCode).toBe(412);
    expect((await ann.request('GET', '/api/v1/me')).json().full_name).toBe('Other tab');
  });

  test.each([
    [{ email: 'other@example.com' }, 'email'],
    [{ full_name: ' ' }, 'full_name'],
    [{ full_name: 'x'.repeat(256) }, 'full_name'],
    [{ full_name: 5 }, 'full_name'],
    [{}, 'full_name'],
  ])('is not changed by %j', async (body, field) => {
    const ann = await signIn();
    const answer = await ann.request('PATCH', '/api/v1/me', body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toContainEqual(expect.objectContaining({ field }));
  });

  test('is deleted with everything that is theirs, once the e-mail confirms it', async () => {
    const [ann, bob] = [await signIn(), await signIn()];
    await createRouter(database.service, ann.userId);
    const { email } = (await ann.request('GET', '/api/v1/me')).json();
    const { email: bobs } = (await bob.request('GET', '/api/v1/me')).json();
    const wrong = await ann.request('DELETE', '/api/v1/me', { email: bobs });
    expect(wrong.json()).toMatchObject({ status: 400, errors: [{ field: 'email' }] });
    expect((await ann.request('DELETE', '/api/v1/me', {})).statusCode).toBe(400);

    const answer = await ann.request('DELETE', '/api/v1/me', { email: email.toUpperCase() });
    expect(answer.statusCode).toBe(204);
    expect(answer.cookies).toMatchObject([{ name: 'netpilot_session', value: '' }]);
    expect((await ann.request('GET', '/api/v1/me')).statusCode).toBe(401);
    expect(await countOf(ann)).toEqual({
      users: 0,
      user_sessions: 0,
      user_routers: 0,
      audit_entries: 0,
    });
    expect((await bob.request('GET', '/api/v1/me')).statusCode).toBe(200);
  });
});

describe("one's sessions", () => {
  test('are listed with device and times, this one marked, others’ not among them', async () => {
    const ann = await signIn();
    const phone = await signIn(ann.userId);
    await signIn();
    const { items } = (await phone.request('GET', '/api/v1/sessions')).json();
    expect(items).toHaveLength(2);
    expect(items).toMatchObject([{ is_current: true }, { is_current: false }]);
    expect(Object.keys(items[0]).toSorted()).toEqual([
      'authenticated_at',
      'created_at',
      'device',
      'expires_at',
      'id',
      'ip_address',
      'is_current',
      'is_fresh',
      'last_used_at',
      'user_agent',
    ]);
    expect(JSON.stringify(items)).not.toContain(phone.sessionId);
  });

  test('are listed no longer once they have expired, and nobody has to end those', async () => {
    const [ann, phone] = await signInTwice();
    await maintenanceTransaction(database.owner, (transaction) =>
      transaction
        .updateTable('user_sessions')
        .set({ expires_at: sql<string>`now()` })
        .where('session_id', '=', phone.sessionId)
        .execute(),
    );
    expect((await ann.request('GET', '/api/v1/sessions')).json().items).toHaveLength(1);
    expect((await ann.request('POST', '/api/v1/sessions/end-others')).json()).toEqual({
      ended: 0,
      ended_tokens: 0,
    });
  });

  test('are ended one by one, and that is audited', async () => {
    const [ann, phone] = await signInTwice();
    const other = await otherId(ann);
    expect((await ann.request('DELETE', `/api/v1/sessions/${other}`)).statusCode).toBe(204);
    expect((await phone.request('GET', '/api/v1/me')).statusCode).toBe(401);
    expect((await ann.request('GET', '/api/v1/me')).statusCode).toBe(200);
    expect((await ann.request('DELETE', `/api/v1/sessions/${other}`)).statusCode).toBe(404);
    const { items } = (await ann.request('GET', '/api/v1/audit?action=session.ended')).json();
    expect(items).toMatchObject([{ session_id: ann.sessionId, subject_id: other }]);
  });

  test('may end with this one, whose cookie goes', async () => {
    const ann = await signIn();
    const [{ id }] = (await ann.request('GET', '/api/v1/sessions')).json().items;
    const answer = await ann.request('DELETE', `/api/v1/sessions/${id}`);
    expect(answer.cookies).toMatchObject([{ name: 'netpilot_session', value: '' }]);
    expect((await ann.request('GET', '/api/v1/me')).statusCode).toBe(401);
  });

  test('of another user are not found', async () => {
    const [ann, bob] = [await signIn(), await signIn()];
    const [{ id }] = (await ann.request('GET', '/api/v1/sessions')).json().items;
    expect((await bob.request('DELETE', `/api/v1/sessions/${id}`)).statusCode).toBe(404);
    expect((await ann.request('GET', '/api/v1/me')).statusCode).toBe(200);
  });

  test('but this one are ended all at once; asked again with the same key, the answer is the same', async () => {
    const [ann, phone] = await signInTwice();
    const bob = await signIn();
    const end = () =>
      ann.request('POST', '/api/v1/sessions/end-others', undefined, { 'idempotency-key': 'k' });
    expect((await end()).json()).toEqual({ ended: 1, ended_tokens: 0 });
    expect((await phone.request('GET', '/api/v1/me')).statusCode).toBe(401);
    await signIn(ann.userId);
    expect((await end()).json()).toEqual({ ended: 1, ended_tokens: 0 });
    expect((await ann.request('GET', '/api/v1/sessions')).json().items).toHaveLength(2);
    expect((await bob.request('GET', '/api/v1/me')).statusCode).toBe(200);
  });
});

async function signInTwice(): Promise<[Person, Person]> {
  const ann = await signIn();
  return [ann, await signIn(ann.userId)];
}

async function otherId(person: Person): Promise<string> {
  const { items } = (await person.request('GET', '/api/v1/sessions')).json();
  return items.find((session: { is_current: boolean }) => !session.is_current).id;
}

async function countOf({ userId }: Person): Promise<Record<string, number>> {
  return maintenanceTransaction(database.owner, async (transaction) => {
    const count = (table: 'user_sessions' | 'user_routers' | 'audit_entries') =>
      transaction.selectFrom(table).select('id').where('user_id', '=', userId).execute();
    const users = transaction.selectFrom('users').select('id').where('id', '=', userId).execute();
    return {
      users: (await users).length,
      user_sessions: (await count('user_sessions')).length,
      user_routers: (await count('user_routers')).length,
      audit_entries: (await count('audit_entries')).length,
    };
  });
}
