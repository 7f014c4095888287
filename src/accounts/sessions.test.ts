import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { maintenanceTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);
// A second process on the same database.
const { app: otherApp } = await createTestApp(database);
const secure = await createTestApp(
  database,
  {},
  {
    PUBLIC_URL: 'https://netpilot.example',
    GOOGLE_CLIENT_ID: 'client',
    GOOGLE_CLIENT_SECRET: 'secret',
  },
);

describe('a session', () => {
  test('lasts 24 hours', async () => {
    const ann = await signIn();
    expect(await lifetimeOf(ann)).toBe(24);
  });

  // Who asks for the second is found out within the transaction that lists.
  test.each(['/api/v1/me', '/api/v1/devices'])(
    'slides on while it is used for %s: 24 hours from then',
    async (url) => {
      const ann = await signIn();
      await age(ann, { created: '30 hours', used: '10 hours', expires: '14 hours' });
      expect((await ann.request('GET', url)).statusCode).toBe(200);
      // 30 hours old and 24 to go.
      expect(await lifetimeOf(ann)).toBe(54);
    },
  );

  test('slides no further than 7 days from the sign-in', async () => {
    const ann = await signIn();
    await age(ann, { created: '6 days 20 hours', used: '1 hour', expires: '1 hour' });
    expect((await ann.request('GET', '/api/v1/me')).statusCode).toBe(200);
    expect(await lifetimeOf(ann)).toBe(7 * 24);
  });

  test('is not written to again within five minutes of use', async () => {
    const ann = await signIn();
    await age(ann, { created: '4 minutes', used: '4 minutes', expires: '2 hours' });
    await ann.request('GET', '/api/v1/me');
    expect(await lifetimeOf(ann)).toBeCloseTo(2 + 4 / 60);
  });

  test('that has expired is refused, and using it does not bring it back', async () => {
    const ann = await signIn();
    await age(ann, { created: '25 hours', used: '25 hours', expires: '-1 seconds' });
    for (const url of ['/api/v1/me', '/api/v1/devices', '/api/v1/me'])
      expect((await ann.request('GET', url)).statusCode).toBe(401);
  });

  test('that is ended is refused at once, by every process', async () => {
    const ann = await signIn();
    const ask = () => otherApp.inject({ url: '/api/v1/me', headers: { cookie: ann.cookie } });
    expect((await ask()).statusCode).toBe(200);
    expect((await ann.request('POST', '/auth/sign-out')).statusCode).toBe(204);
    expect((await ask()).statusCode).toBe(401);
    expect((await ann.request('GET', '/api/v1/me')).statusCode).toBe(401);
  });

  test('of a user who is made inactive is refused, and stays so when they are active again', async () => {
    const ann = await signIn();
    for (const isActive of [false, true]) {
      await asOwner(sql`update users set is_active = ${isActive} where id = ${ann.userId}`);
      expect((await ann.request('GET', '/api/v1/me')).statusCode).toBe(401);
    }
  });

  test('opens by its exact token only', async () => {
    const ann = await signIn();
    const [name = '', token = ''] = ann.cookie.split('=');
    const first = token.startsWith('A') ? 'B' : 'A';
    const wrong = [
      '',
      first + token.slice(1),
      token.slice(0, -1),
      `${token}A`,
      token.toLowerCase(),
      ann.sessionId,
    ];
    for (const text of wrong) {
      const answer = await app.inject({
        url: '/api/v1/me',
        headers: { cookie: `${name}=${text}` },
      });
      expect(answer.statusCode).toBe(401);
    }
  });

  test('writes nothing for a page of another site', async () => {
    const ann = await signIn();
    const from = (origin: string) =>
      ann.request('PATCH', '/api/v1/me', { full_name: 'Eve' }, { origin });
    for (const origin of ['https://evil.example', 'null', 'http://localhost:8080.evil.example'])
      expect((await from(origin)).statusCode).toBe(403);
    expect((await ann.request('GET', '/api/v1/me')).json().full_name).toBeNull();
    expect((await from('http://localhost:8080')).statusCode).toBe(200);
  });

  test.each([
    ['cross-site', 403],
    ['same-site', 403],
    ['same-origin', 200],
    ['none', 200],
  ])('writes for a browser that calls the request %s: %d', async (site, status) => {
    const ann = await signIn();
    const headers = { 'sec-fetch-site': site };
    const answer = await ann.request('PATCH', '/api/v1/me', { full_name: 'Eve' }, headers);
    expect(answer.statusCode).toBe(status);
  });

  test('is served over https under a name that no other host can set', async () => {
    const ann = await secure.signIn();
    expect(ann.cookie).toMatch(/^__Host-netpilot_session=/);
    const answer = await ann.request('POST', '/auth/sign-out');
    expect(answer.cookies).toMatchObject([
      { name: '__Host-netpilot_session', value: '', path: '/', secure: true, httpOnly: true },
    ]);
  });
});

/** Moves a session's times: how long ago, and for `expires` how long from now. */
async function age(
  { sessionId }: Person,
  { created, used, expires }: { created: string; used: string; expires: string },
): Promise<void> {
  await asOwner(sql`
    update user_sessions set created_at = now() - ${created}::interval,
      last_used_at = now() - ${used}::interval, expires_at = now() + ${expires}::interval
    where session_id = ${sessionId}`);
}

/** From sign-in to expiry, in hours, to the minute. */
async function lifetimeOf({ sessionId }: Person): Promise<number | undefined> {
  return maintenanceTransaction(database.owner, async (transaction) => {
    const { rows } = await sql<{ minutes: number }>`
      select round(extract(epoch from expires_at - created_at) / 60)::integer as minutes
      from user_sessions where session_id = ${sessionId}`.execute(transaction);
    return rows[0] && rows[0].minutes / 60;
  });
}

async function asOwner(statement: ReturnType<typeof sql>): Promise<void> {
  await maintenanceTransaction(database.owner, (transaction) => statement.execute(transaction));
}
