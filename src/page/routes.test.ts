import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { PROJECT_FOLDER } from '../config/config.ts';
import { tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);
const DEVICES_LINK =
  '<link rel="preload" as="fetch" crossorigin href="/api/v1/devices?limit=10000&amp;sort=-last_seen">';

/** A router whose name is markup, and so many devices that have none. */
async function addDevices(user_id: string, count: number) {
  const router_id = `r-${randomUUID()}`;
  const ipOf = (index: number) => `10.7.${index >> 8}.${index & 255}`;
  await tenantTransaction(database.service, user_id, async (transaction) => {
    await transaction
      .insertInto('user_routers')
      .values({ user_id, router_id, router_name: '</div><i>Home' })
      .execute();
    await transaction
      .insertInto('user_devices')
      .values(
        Array.from({ length: count }, (_, index) => ({
          user_id,
          router_id,
          ip: ipOf(index),
          mac: `02:00:00:00:0${index >> 8}:${(index & 255).toString(16).padStart(2, '0')}`,
        })),
      )
      .execute();
  });
  return { router_id, ip: ipOf(0) };
}

/** What a browser asks for when a person goes somewhere. */
const go = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ url, headers: { accept: 'text/html,*/*;q=0.8', ...headers } });

describe.skipIf(!existsSync(join(PROJECT_FOLDER, 'web/dist/index.html')))('the web app', () => {
  test('is a document that lets nothing in but its own files', async () => {
    const answer = await go('/devices');
    expect(answer.statusCode).toBe(200);
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(answer.body).not.toMatch(/%[A-Z_]+%|(src|href)="(https?:)?\/\//);
  });

  test('names what a page is made of; those files never change, and come compressed', async () => {
    const [home, devices] = await Promise.all(['/', '/devices'].map((url) => go(url)));
    const filesOf = (body = '') =>
      [...body.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, file]) => file);
    expect(filesOf(devices?.body)).not.toEqual(filesOf(home?.body));
    expect(filesOf(devices?.body)).toEqual([...new Set(filesOf(devices?.body))]);
    for (const file of filesOf(devices?.body)) {
      const answer = await app.inject({
        url: file ?? '',
        headers: { 'accept-encoding': 'br, gzip' },
      });
      expect(answer.headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-encoding': 'br',
      });
    }
  });

  const firstOf = (body: string) =>
    JSON.parse(/id="first">(.*)<\/script>/.exec(body)?.[1] ?? 'null');

  test('brings what every page shows first, for the person who is signed in, and nothing for others', async () => {
    const person = await signIn();
    await person.request('PATCH', '/api/v1/me', { full_name: '</script><b>Ann' });
    const own = await go('/devices', { cookie: person.cookie });
    expect(own.headers['cache-control']).toBe('no-store');
    expect(own.body).not.toContain('<b>');
    expect(own.body).toContain(DEVICES_LINK);
    expect(firstOf(own.body)).toEqual({
      events: 1,
      me: (await person.request('GET', '/api/v1/me')).json(),
      home: '',
      homes: (await person.request('GET', '/api/v1/homes')).json(),
      people: [],
      routers: { items: [] },
    });
    const stranger = await go('/', { cookie: person.cookie.slice(0, -2) });
    expect(stranger.body).not.toMatch(/id="first"|api\/v1/);
    expect(stranger.body).toContain('<div id="root"></div>');
  });

  test('brings the start as it is, with whatever people and things call themselves', async () => {
    const person = await signIn();
    const { router_id, ip } = await addDevices(person.userId, 1);
    const { body } = await go('/', { cookie: person.cookie });
    expect(body).toContain('<h1>&lt;/div&gt;&lt;i&gt;Home has not connected yet.</h1>');
    expect(body).toContain(`${ip}</a>`);
    expect(body).toContain('&lt;/div&gt;&lt;i&gt;');
    expect(body).not.toContain('<i>');
    // The Content-Security-Policy lets in neither.
    expect(/<div id="root">(.*)<\/div>/s.exec(body)?.[1]).not.toMatch(
      /<script(?! type="app)|style=/,
    );
    expect(body).not.toContain(DEVICES_LINK);
    const { devices, routers } = firstOf(body);
    expect(devices.items).toMatchObject([{ router_id, ip }]);
    expect(routers.items).toMatchObject([{ router_id }]);
    const other = await go('/', { cookie: (await signIn()).cookie });
    expect(other.body).not.toContain(router_id);
  });

  test('shows the home of another owner that the browser chose, as long as the person is a member of it', async () => {
    const [ann, bob] = [await signIn(), await signIn()];
    const { ip } = await addDevices(ann.userId, 2);
    const [{ id }] = (await ann.request('GET', '/api/v1/homes')).json().items;
    const invited = await ann.request('POST', `/api/v1/homes/${id}/invitations`, {
      role: 'viewer',
    });
    const secret = String(invited.json().url).split('/').at(-1);
    await bob.request('POST', `/api/v1/invitations/${secret}/accept`);
    const cookie = `${bob.cookie}; netpilot_home=${id}`;
    const shown = await go('/', { cookie });
    expect(firstOf(shown.body)).toMatchObject({
      me: { id: bob.userId },
      devices: { items: [{}, {}] },
    });
    expect(shown.body).toContain(ip);
    expect((await go('/', { cookie: bob.cookie })).body).not.toContain(ip);
    await ann.request('DELETE', `/api/v1/homes/${id}/members/${bob.userId}`);
    const own = await go('/', { cookie });
    expect(firstOf(own.body)).toMatchObject({ devices: { items: [] } });
    expect(own.headers['set-cookie']).toContain('netpilot_home=;');
  });

  test('leaves thousands of devices to the browser', async () => {
    const person = await signIn();
    await addDevices(person.userId, 501);
    const { body } = await go('/', { cookie: person.cookie });
    expect(body).toContain('<div id="root"></div>');
    expect(body).toContain(DEVICES_LINK);
    expect(firstOf(body)).not.toHaveProperty('devices');
  });

  test.each([
    ['as the browser prefers', { 'accept-language': 'fr, de-AT;q=0.7, en;q=0.3' }, 'de', 'ltr'],
    ['English where it knows none', { 'accept-language': 'fr,*;q=0.5' }, 'en', 'ltr'],
    ['as was chosen', { 'accept-language': 'de', cookie: 'netpilot_language=en' }, 'en', 'ltr'],
    ['from right to left', { cookie: 'netpilot_language=ar-XB' }, 'ar-XB', 'rtl'],
    ['no nonsense', { cookie: 'netpilot_language=%22%3E%3Cb%3E' }, 'en', 'ltr'],
  ])('is in a language: %s', async (_how, headers, lang, dir) => {
    const person = await signIn();
    const cookie = [person.cookie, 'cookie' in headers ? headers.cookie : ''].join('; ');
    const { body } = await go('/', { ...headers, cookie });
    expect(body).toContain(`<html lang="${lang}" dir="${dir}"`);
    expect(body).toContain(lang === 'de' ? 'Willkommen bei NetPilot' : 'Welcome to NetPilot');
    expect(body.includes('/assets/de-')).toBe(lang === 'de');
  });

  test('keeps to itself what the server runs of it, and how it was built', async () => {
    for (const file of ['.server/server.js', '.vite/manifest.json']) {
      expect(existsSync(join(PROJECT_FOLDER, 'web/dist', file))).toBe(true);
      expect((await app.inject(`/${file}`)).statusCode).toBe(404);
    }
  });

  test('shows a person what a program gets as a problem', async () => {
    const shown = await go('/auth/local?token="><b>x');
    expect(shown.statusCode).toBe(403);
    expect(shown.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
    });
    expect(shown.body).not.toContain('<b>x');
    expect(shown.body).toMatch(/<meta name="problem" content="\{&quot;type&quot;/);
    const nowhere = await go('/<script>');
    expect([nowhere.statusCode, nowhere.body.includes('<script>')]).toEqual([404, false]);
    for (const url of ['/api/v1/me', '/api/v1/nowhere'])
      expect((await go(url)).headers['content-type']).toContain('application/problem+json');
    expect((await app.inject('/nowhere')).headers['content-type']).toContain('problem+json');
  });

  test('shows also why the button of an alert did nothing', async () => {
    const url = `/alerts/act/${'A'.repeat(43)}`;
    const headers = { accept: 'text/html' };
    const pressed = await app.inject({ method: 'POST', url, headers });
    expect(pressed.statusCode).toBe(404);
    expect(pressed.body).toMatch(/<meta name="problem" content="[^"]*does nothing any more/);
    const byPhone = await app.inject({ method: 'POST', url });
    expect(byPhone.headers['content-type']).toContain('application/problem+json');
  });
});
