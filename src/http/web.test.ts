import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { PROJECT_FOLDER } from '../config/config.ts';

const { app, signIn } = await createTestApp(await createTestDatabase());

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

  test('brings what every page shows first, of whoever is signed in, and nothing to others', async () => {
    const person = await signIn();
    await person.request('PATCH', '/api/v1/me', { full_name: '</script><b>Ann' });
    const own = await go('/', { cookie: person.cookie });
    expect(own.headers['cache-control']).toBe('no-store');
    expect(own.body).not.toContain('<b>');
    const [, first = ''] = /id="first">(.*)<\/script>/.exec(own.body) ?? [];
    expect(JSON.parse(first)).toEqual({
      events: 1,
      me: (await person.request('GET', '/api/v1/me')).json(),
      routers: { items: [] },
    });
    const stranger = await go('/', { cookie: person.cookie.slice(0, -2) });
    expect(stranger.body).not.toMatch(/id="first"|api\/v1/);
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
});
