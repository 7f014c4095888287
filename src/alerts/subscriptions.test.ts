/** A browser whose push service has given it another address. */
import { createECDH, randomBytes } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { ALLOWED } from '../../testing/alerts.ts';
import { rowsOf } from '../../testing/data-folder.ts';
import { createTestDatabase } from '../../testing/database.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database, {}, ALLOWED);

let ann: Person;
let path: string;
beforeEach(async () => {
  ann = await signIn();
  const [home] = (await ann.request('GET', '/api/v1/homes')).json().items;
  path = `/api/v1/homes/${home.id}/alert-channels`;
});

/** As a browser has it, at an address. */
function subscriptionAt(endpoint: string) {
  const key = createECDH('prime256v1');
  key.generateKeys();
  const keys = {
    p256dh: key.getPublicKey('base64url'),
    auth: randomBytes(16).toString('base64url'),
  };
  return { endpoint, keys };
}

async function addBrowser(endpoint: string): Promise<string> {
  const wish = { kind: 'web_push', settings: subscriptionAt(endpoint) };
  return (await ann.request('POST', path, wish)).json().id;
}

const move = (id: string, before: string, endpoint: string) =>
  ann.request('PUT', `${path}/${id}/subscription`, { before, settings: subscriptionAt(endpoint) });

test('the channel follows it, without a new sign-in, and is on again if its old address had ended', async () => {
  const id = await addBrowser('http://127.0.0.1:9/first');
  await rowsOf(
    database.service,
    ann.userId,
    `update alert_channels set is_enabled = false, problem = 'Nobody receives messages there any more (410).'`,
  );
  await rowsOf(
    database.service,
    ann.userId,
    `update user_sessions set created_at = now() - interval '1 day'`,
  );
  const moved = await move(id, 'http://127.0.0.1:9/first', 'http://127.0.0.2:9/second');
  expect([moved.statusCode, moved.json()]).toMatchObject([
    200,
    { is_enabled: true, problem: null, settings: { server: '127.0.0.2:9' } },
  ]);
  expect((await move(id, 'http://127.0.0.1:9/first', 'http://127.0.0.3:9/')).statusCode).toBe(409);
});

test('who switched it off themselves leaves it off', async () => {
  const id = await addBrowser('http://127.0.0.1:9/first');
  await ann.request('PATCH', `${path}/${id}`, { is_enabled: false });
  const moved = await move(id, 'http://127.0.0.1:9/first', 'http://127.0.0.1:9/second');
  expect(moved.json()).toMatchObject({ is_enabled: false });
});

test('who does not know the address that it has cannot move it, and no other kind is moved', async () => {
  const id = await addBrowser('http://127.0.0.1:9/first');
  const guessed = await move(id, 'http://127.0.0.1:9/guessed', 'http://127.0.0.1:9/mine');
  expect([guessed.statusCode, guessed.body]).toEqual([
    409,
    expect.stringContaining('add this browser again'),
  ]);
  const outside = await move(id, 'http://127.0.0.1:9/first', 'http://192.168.1.1/');
  expect(outside.statusCode).toBe(400);
  const webhook = { kind: 'webhook', settings: { url: 'http://127.0.0.1:9/hook' } };
  const other = (await ann.request('POST', path, webhook)).json().id;
  expect((await move(other, 'http://127.0.0.1:9/hook', 'http://127.0.0.1:9/')).statusCode).toBe(
    409,
  );
});
