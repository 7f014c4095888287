import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { withClient } from '../database/roles.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database, { requestRules: undefined });

/** Runs `work` while lists of routers cannot be read: as slow as a read can be. */
async function whileRoutersCannotBeRead(work: () => Promise<void>): Promise<void> {
  await withClient(database.addresses.admin, async (client) => {
    await client.query('begin; lock table user_routers in access exclusive mode');
    await work();
    await client.query('rollback');
  });
}

describe('one user', () => {
  test('who sends sixty heavy reads at a time delays nobody else', async () => {
    const mallory = await signIn();
    const victim = await signIn();
    await mallory.request('GET', '/api/v1/me');
    const attack: Promise<{ statusCode: number; body: string }>[] = [];
    await whileRoutersCannotBeRead(async () => {
      attack.push(...Array.from({ length: 150 }, () => mallory.request('GET', '/api/v1/routers')));
      for (let time = 0; time < 50; time += 1)
        expect((await victim.request('GET', '/api/v1/me')).statusCode).toBe(200);
    });
    const refused = (await Promise.all(attack)).filter(({ statusCode }) => statusCode !== 200);
    expect(refused).toHaveLength(46);
    for (const answer of refused) {
      expect(answer).toMatchObject({ statusCode: 429, headers: { 'retry-after': '2' } });
      expect(JSON.parse(answer.body)).toMatchObject({
        type: '/problems/too-many-requests',
        busy: 'database transactions',
        detail: expect.stringMatching(/^You already have 4 /),
      });
    }
  });

  test('has no more of it with many sessions', async () => {
    const { userId } = await signIn();
    const sessions = await Promise.all(Array.from({ length: 20 }, () => signIn(userId)));
    for (const session of sessions) await session.request('GET', '/api/v1/me');
    const answers: Promise<{ statusCode: number }>[] = [];
    await whileRoutersCannotBeRead(async () => {
      for (const session of sessions)
        for (let time = 0; time < 8; time += 1)
          answers.push(session.request('GET', '/api/v1/routers'));
      const others = await database.service.transaction().execute((transaction) =>
        sql<{
          busy: number;
        }>`select count(*)::int as busy from pg_locks where not granted and relation = 'user_routers'::regclass`.execute(
          transaction,
        ),
      );
      expect(others.rows[0]?.busy).toBeLessThanOrEqual(4);
    });
    expect((await Promise.all(answers)).map(({ statusCode }) => statusCode)).toContain(429);
  });

  test('may send 200 requests at once, and is refused more of them', async () => {
    const mallory = await signIn();
    const victim = await signIn();
    await mallory.request('GET', '/api/v1/me');
    const answers = await Promise.all(
      Array.from({ length: 400 }, () => mallory.request('GET', '/api/v1/me')),
    );
    const busy = answers.map(({ body }) => JSON.parse(body).busy);
    expect(busy).toContain('requests');
    expect((await victim.request('GET', '/api/v1/me')).statusCode).toBe(200);
  });

  test('has no connection for longer than a list may take', async () => {
    const person = await signIn();
    let answer: unknown;
    await whileRoutersCannotBeRead(async () => {
      answer = await person.request('GET', '/api/v1/routers');
    });
    expect(answer).toMatchObject({
      statusCode: 503,
      body: expect.stringContaining('ask for less at once'),
    });
  });
});

test.each(['/docs', '/openapi.json'])('%s is limited by network', async (url) => {
  const from = (remoteAddress: string) => app.inject({ url, remoteAddress });
  const codes: number[] = [];
  for (let asked = 0; asked < 130; asked += 1)
    codes.push((await from(`2001:db8:0:${url.length}::${asked.toString(16)}`)).statusCode);
  expect(codes.slice(0, 100)).not.toContain(429);
  expect(codes).toContain(429);
  expect((await from('192.0.2.1')).statusCode).not.toBe(429);
});
