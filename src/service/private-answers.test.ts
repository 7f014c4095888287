/** What answers leave behind in a browser, and what they let a page load. */
import { expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);

test.each(['/audit', '/devices', '/sessions', '/routers', '/tokens', '/none'])(
  'nobody stores the answer of %s',
  async (path) => {
    const ann = await signIn();
    const { headers } = await ann.request('GET', `/api/v1${path}`);
    expect(headers['cache-control']).toBe('no-store');
  },
);

test('an answer with a tag is kept by its browser only, which asks each time', async () => {
  const ann = await signIn();
  const router = await createRouter(database.service, ann.userId);
  const { headers } = await ann.request('GET', `/api/v1/routers/${router}/policy`);
  expect(headers).toMatchObject({
    etag: expect.any(String),
    'cache-control': 'private, no-cache',
  });
});

test.each([
  ['signing out', 'POST', () => '/auth/sign-out'],
  ['ending the current session', 'DELETE', (id: string) => `/api/v1/sessions/${id}`],
] as const)('%s clears what the browser has kept', async (_what, method, url) => {
  const ann = await signIn();
  const { items } = (await ann.request('GET', '/api/v1/sessions')).json();
  const { statusCode, headers } = await ann.request(method, url(items[0].id));
  expect({ statusCode, clears: headers['clear-site-data'] }).toEqual({
    statusCode: 204,
    clears: '"cache"',
  });
});

test("the API's page may load what every page may, and the icons of its style sheet", async () => {
  const policyOf = async (url: string) =>
    String((await app.inject(url)).headers['content-security-policy']).split(';');
  const own = (await policyOf('/healthz')).map((part) => part.replace(/ 'nonce-[^']+'/, ''));
  expect((await policyOf('/docs')).toSorted()).toEqual([...own, "img-src 'self' data:"].toSorted());
  const { body } = await app.inject('/docs/static/swagger-initializer.js');
  expect(body).toMatch(/validatorUrl"?: ?null/);
});
