import { expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { parseConfig } from '../config/config.ts';
import { maintenanceTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const LAN = '192.168.178.20';
const home = await createTestApp(database, { config: parseConfig({}, { lan: LAN }) });
const here = await createTestApp(database);

const ask = async (of: typeof home, userId?: string) => {
  const person = await of.signIn(userId);
  return { ...person, answer: await person.request('POST', '/api/v1/sign-in-links') };
};

test('a link signs the same person in on another device, once', async () => {
  const { userId, answer } = await ask(home);
  expect(answer.statusCode).toBe(201);
  expect(answer.headers['cache-control']).toBe('no-store');
  const { sign_in_link, expires_at, is_loopback } = answer.json();
  expect(is_loopback).toBe(false);
  expect(Date.parse(expires_at)).toBeGreaterThan(Date.now() + 9 * 60_000);
  const { host, pathname, search } = new URL(sign_in_link);
  expect(host).toBe(`${LAN}:8080`);
  const open = () =>
    home.app.inject({
      url: pathname + search,
      remoteAddress: '192.168.178.7',
      headers: { host },
    });
  const [cookie] = (await open()).cookies;
  const headers = { host, cookie: `${cookie?.name}=${cookie?.value}` };
  expect((await home.app.inject({ url: '/api/v1/me', headers })).json().id).toBe(userId);
  expect((await open()).statusCode).toBe(403);
});

test('the database has no link that could be used', async () => {
  const { answer } = await ask(home);
  const token = new URL(answer.json().sign_in_link).searchParams.get('token') ?? '';
  const rows = await maintenanceTransaction(database.owner, (transaction) =>
    transaction.selectFrom('local_sign_in_links').selectAll().execute(),
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain(token);
});

test('on loopback it says that it is for this machine only', async () => {
  const { answer } = await ask(here);
  expect(answer.json()).toMatchObject({ is_loopback: true });
});

test('a token creates none', async () => {
  const person = await here.signIn();
  const made = await person.request('POST', '/api/v1/tokens', {
    token_name: 'all of it',
    scopes: ['account'],
  });
  const authorization = `Bearer ${made.json().token}`;
  const answer = await here.app.inject({
    method: 'POST',
    url: '/api/v1/sign-in-links',
    headers: { authorization },
  });
  expect(answer.json()).toMatchObject({ status: 403, detail: expect.stringContaining('A token') });
});

test('there are none where people sign in at an issuer', async () => {
  const withIssuer = await createTestApp(
    database,
    {},
    { GOOGLE_CLIENT_ID: 'client', GOOGLE_CLIENT_SECRET: 'secret' },
  );
  const { answer } = await ask(withIssuer);
  expect(answer.json()).toMatchObject({
    status: 403,
    detail: 'Users sign in at https://accounts.google.com: there are no one-time links.',
  });
});
