import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import { parseConfig } from '../config/config.ts';
import { maintenanceTransaction } from '../database/transaction.ts';
import { createLocalLink } from './local-link.ts';

const database = await createTestDatabase();
const { app, config } = await createTestApp(database);
const withIssuer = await createTestApp(
  database,
  {},
  { GOOGLE_CLIENT_ID: 'client', GOOGLE_CLIENT_SECRET: 'secret' },
);

const HOME = '192.168.178.20:8080';
const lan = await createTestApp(database, {
  config: parseConfig({}, { lan: '192.168.178.20' }),
});

let ports = 0;

describe('the one-time local link', () => {
  test('signs in the person it was made for, makes the user, and leaves the token out of the address', async () => {
    const answer = await open(await makeLink('new@example.com'));
    expect(answer.statusCode).toBe(303);
    expect(answer.headers).toMatchObject({ location: '/', 'cache-control': 'no-store' });
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    const [cookie] = answer.cookies;
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });
    const me = await app.inject({
      url: '/api/v1/me',
      headers: { cookie: `${cookie?.name}=${cookie?.value}` },
    });
    expect(me.json()).toMatchObject({ email: 'new@example.com', issuer: null });
  });

  test('finds the user who is there already', async () => {
    const email = 'known@example.com';
    const userId = await createUser(database.service, email);
    const [cookie] = (await open(await makeLink('Known@Example.com'))).cookies;
    const me = await app.inject({
      url: '/api/v1/me',
      headers: { cookie: `${cookie?.name}=${cookie?.value}` },
    });
    expect(me.json()).toMatchObject({ id: userId });
  });

  test('is for this machine, and runs out ten minutes after it was made', async () => {
    const before = Date.now();
    const { url, expiresAt } = await createLocalLink(database.service, {
      email: 'ann@example.com',
      publicUrl: config.publicUrl,
    });
    expect(url).toMatch(/^http:\/\/localhost:8080\/auth\/local\?token=[\w-]{43}$/);
    const minutes = (Date.parse(expiresAt) - before) / 60_000;
    expect(minutes).toBeGreaterThan(9.9);
    expect(minutes).toBeLessThan(10.5);
    await asOwner(sql`update local_sign_in_links set expires_at = now()`);
    expect((await open(url)).json()).toMatchObject({ status: 403 });
  });

  test('works once, even when it is opened many times at once', async () => {
    const url = await makeLink();
    const answers = await Promise.all([open(url), open(url), open(url), open(url)]);
    expect(
      answers.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other),
    ).toEqual([303, 403, 403, 403]);
    expect((await open(url)).statusCode).toBe(403);
  });

  test.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])(
    'works from %s',
    async (peer) => {
      expect((await open(await makeLink(), { peer })).statusCode).toBe(303);
    },
  );

  test.each([
    ['another machine', { peer: '192.168.1.20' }],
    ['another machine by IPv6', { peer: '2001:db8::1' }],
    ['another machine in IPv6 disguise', { peer: '::ffff:192.168.1.20' }],
    ['a page whose name resolves to this machine', { host: 'evil.example' }],
    ['a name that begins as ours', { host: 'localhost.evil.example' }],
    ['a user of that name', { host: 'localhost@evil.example' }],
    ['a proxy', { headers: { 'x-forwarded-for': '203.0.113.5' } }],
  ])('does not work from %s, and still works from here then', async (_where, from) => {
    const url = await makeLink();
    expect((await open(url, from)).statusCode).toBe(403);
    expect((await open(url)).statusCode).toBe(303);
  });

  test('is not there where an issuer is configured', async () => {
    const url = new URL(await makeLink());
    const answer = await withIssuer.app.inject({
      url: url.pathname + url.search,
      headers: { host: 'localhost:8080' },
    });
    expect(answer.statusCode).toBe(404);
    expect((await open(url.href)).statusCode).toBe(303);
  });

  test('is not used up by HEAD', async () => {
    const url = new URL(await makeLink());
    const head = await app.inject({ method: 'HEAD', url: url.pathname + url.search });
    expect(head.statusCode).toBe(404);
    expect((await open(url.href)).statusCode).toBe(303);
  });

  test('lets no inactive user in', async () => {
    const email = 'inactive@example.com';
    await createUser(database.service, email);
    await asOwner(sql`update users set is_active = false where email = ${email}`);
    expect((await open(await makeLink(email))).json().detail).toContain('is deactivated');
  });

  test('is made for an e-mail address only', async () => {
    await expect(makeLink('nobody')).rejects.toThrow('email: expected an e-mail address');
  });

  test('may be tried twenty times a minute', async () => {
    const peer = '127.200.0.1';
    for (let attempt = 0; attempt < 20; attempt += 1)
      expect((await open('/auth/local?token=guess', { peer })).statusCode).toBe(403);
    expect((await open(await makeLink(), { peer })).statusCode).toBe(429);
  });
});

describe('the one-time link of a home network', () => {
  const home = (link: string, { peer = '192.168.178.*', host = HOME, headers = {} } = {}) => {
    ports += 1;
    const { pathname, search } = new URL(link);
    return lan.app.inject({
      url: pathname + search,
      remoteAddress: peer.replace('*', String(ports)),
      headers: { host, ...headers },
    });
  };
  const link = async () => (await createLocalLink(database.service, LINK)).url;
  const LINK = { email: 'home@example.com', publicUrl: `http://${HOME}` };

  test('signs a phone in, with a cookie that browsers keep without TLS', async () => {
    const url = await link();
    expect(url).toMatch(/^http:\/\/192\.168\.178\.20:8080\/auth\/local\?token=[\w-]{43}$/);
    const answer = await home(url);
    expect(answer.statusCode).toBe(303);
    const [cookie] = answer.cookies;
    expect(cookie).toMatchObject({ name: 'netpilot_session', httpOnly: true, sameSite: 'Lax' });
    expect(cookie).not.toHaveProperty('secure');
    const headers = { host: HOME, cookie: `${cookie?.name}=${cookie?.value}` };
    const me = await lan.app.inject({ url: '/api/v1/me', headers });
    expect(me.json()).toMatchObject({ email: 'home@example.com' });
  });

  test.each([
    '192.168.178.*',
    '10.1.2.*',
    '172.20.0.*',
    '::ffff:192.168.1.*',
    'fe80::*%eth0',
    'fd00::*',
  ])('works from %s', async (peer) => {
    expect((await home(await link(), { peer })).statusCode).toBe(303);
  });

  test.each([
    ['the internet', { peer: '8.8.8.8' }],
    ['the internet by IPv6', { peer: '2606:4700::1111' }],
    ['the internet in IPv6 disguise', { peer: '::ffff:8.8.4.4' }],
    ['an address that providers share', { peer: '100.64.0.1' }],
    ['nobody knows where', { peer: '' }],
    ['a page whose name resolves to this machine', { host: 'evil.example' }],
    ['another port of this machine', { host: '192.168.178.20:9000' }],
    ['another address of this machine', { host: '10.0.0.5:8080' }],
    ['a name that begins as ours', { host: `${HOME}.evil.example` }],
    ['a user of that name', { host: `${HOME}@evil.example` }],
    ['loopback', { host: 'localhost:8080' }],
    ['a proxy', { headers: { 'x-forwarded-for': '192.168.178.9' } }],
    ['a proxy of the standard', { headers: { forwarded: 'for=192.168.178.9' } }],
  ])('does not work from %s, and still works at home then', async (_where, from) => {
    const url = await link();
    const answer = await home(url, from);
    expect(answer.json()).toMatchObject({
      status: 403,
      detail: `The one-time link works only within the home network, at http://${HOME}.`,
    });
    expect((await home(url)).statusCode).toBe(303);
  });
});

describe('a link that is opened twice', () => {
  test('leads home who is signed in', async () => {
    const url = await makeLink();
    const [cookie] = (await open(url)).cookies;
    const headers = { cookie: `${cookie?.name}=${cookie?.value}` };
    const again = await open(url, { headers });
    expect(again).toMatchObject({ statusCode: 303, cookies: [] });
    expect(again.headers.location).toBe('/');
    const me = await app.inject({ url: '/api/v1/me', headers });
    expect(me.statusCode).toBe(200);
  });

  test.each([
    ['is not signed in', {}],
    ['was signed in', { cookie: 'netpilot_session=ended' }],
  ])('tells who %s how to get another one', async (_who, headers) => {
    const url = await makeLink();
    await open(url);
    const { status, detail } = (await open(url, { headers })).json();
    expect(status).toBe(403);
    expect(detail).toContain('was already used');
    expect(detail).toContain('bin/netpilot user link');
  });
});

test.each(['/auth/sign-in', '/auth/callback?state=x'])(
  'without an issuer there is no %s',
  async (url) => {
    expect((await app.inject(url)).statusCode).toBe(404);
  },
);

async function makeLink(email = 'ann@example.com'): Promise<string> {
  return (await createLocalLink(database.service, { email, publicUrl: config.publicUrl })).url;
}

/** Opens a link as a browser does, by default one on this machine. */
function open(
  link: string,
  from: { peer?: string; host?: string; headers?: Record<string, string> } = {},
) {
  ports += 1;
  const { pathname, search, host } = new URL(link, 'http://localhost:8080');
  return app.inject({
    url: pathname + search,
    remoteAddress: from.peer ?? `127.1.${Math.floor(ports / 250)}.${ports % 250}`,
    headers: { host: from.host ?? host, ...from.headers },
  });
}

async function asOwner(statement: ReturnType<typeof sql>): Promise<void> {
  await maintenanceTransaction(database.owner, (transaction) => statement.execute(transaction));
}
