/** Channels of a person, what each kind sends, and what its buttons do: on real servers. */
import { createDecipheriv, createECDH, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { ALLOWED, ask, workerOptions } from '../../testing/alerts.ts';
import { type Person, createTestApp } from '../../testing/app.ts';
import { rowsOf } from '../../testing/data-folder.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { startMailServer } from '../../testing/mail-server.ts';
import { type Answer, type Received, startTarget } from '../../testing/target-server.ts';
import { startAlerts } from './worker.ts';

const database = await createTestDatabase();
const mailServer = await startMailServer();
afterAll(mailServer.close);
const { app, config, services, signIn } = await createTestApp(
  database,
  {},
  { ...ALLOWED, SMTP_URL: mailServer.url, MAIL_FROM: 'NetPilot <netpilot@example.com>' },
);

let ann: Person;
let homeId: string;
let path: string;
beforeEach(async () => {
  ann = await signIn();
  homeId = (await ann.request('GET', '/api/v1/homes')).json().items[0].id;
  path = `/api/v1/homes/${homeId}/alert-channels`;
});

const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});
const startWorker = () => running.push(startAlerts(workerOptions(services)));

async function startServer(answerOf?: (received: Received) => Answer) {
  const target = await startTarget(answerOf);
  onTestFinished(target.close);
  return target;
}

const add = (kind: string, settings: object, more: object = {}) =>
  ann.request('POST', path, { kind, settings, ...more });
const jsonOf = (received: Received | undefined) => JSON.parse(received?.body.toString() ?? 'null');

/** A person of the home who has asked for an hour; gives their id. */
async function makeAsk(): Promise<string> {
  const person = await ann.request('POST', `/api/v1/homes/${homeId}/people`, { name: 'Tim' });
  const { id } = person.json();
  await rowsOf(
    database.service,
    ann.userId,
    `insert into access_asks (user_id, home_id, person_id, minutes) select user_id, home_id, id, 60 from people where id = '${id}'`,
  );
  await ask(database.service, { userId: ann.userId, homeId }, ['Homework is done'], id);
  return id;
}

describe('a channel', () => {
  test('is added, listed without its secrets, changed and deleted, all in the audit', async () => {
    const added = await add('ntfy', { server: 'http://127.0.0.1:9/', topic: 'secret-topic' });
    expect(added.statusCode).toBe(201);
    const { id } = added.json();
    expect(added.json()).toMatchObject({
      kind: 'ntfy',
      name: 'ntfy',
      settings: { server: '127.0.0.1:9' },
      secret: null,
      is_enabled: true,
      verified_at: null,
    });
    const changed = await ann.request('PATCH', `${path}/${id}`, {
      name: 'Phone',
      wanted: ['router_away'],
      language: 'de',
      is_enabled: false,
    });
    expect(changed.json()).toMatchObject({ name: 'Phone', wanted: ['router_away'] });
    const list = await ann.request('GET', path);
    expect(list.json()).toMatchObject({ items: [{ id, name: 'Phone' }], has_email: true });
    expect(list.json().web_push_key).toMatch(/^[\w-]{87}$/);
    expect((await ann.request('DELETE', `${path}/${id}`)).statusCode).toBe(204);
    const audit = await ann.request('GET', '/api/v1/audit?action=alert_channel');
    expect(audit.json().items.map(({ action }: { action: string }) => action)).toEqual([
      'alert_channel.deleted',
      'alert_channel.changed',
      'alert_channel.created',
    ]);
    expect(list.body + audit.body + added.body).not.toContain('secret-topic');
  });

  test.each([
    ['ntfy', { server: 'https://192.168.1.1/', topic: 'x' }, 'not on the internet'],
    ['ntfy', { topic: 'a/b' }, 'topic'],
    ['webhook', { url: 'http://93.184.216.34/' }, 'https://'],
    ['webhook', { url: 'https://example.com/', secret: 'short' }, 'secret'],
    [
      'web_push',
      { endpoint: 'https://push.example/', keys: { p256dh: 'A'.repeat(87), auth: 'A'.repeat(22) } },
      'keys',
    ],
    ['email', { to: 'somebody@else.example' }, 'address of your account'],
  ])('%s with %j is refused, and it is said why', async (kind, settings, why) => {
    const answer = await add(kind, settings);
    expect([answer.statusCode, answer.body]).toEqual([400, expect.stringContaining(why)]);
  });

  test('is its person’s alone, and goes with their membership; the log is for everybody', async () => {
    const bob = await signIn();
    const invited = await ann.request('POST', `/api/v1/homes/${homeId}/invitations`, {
      role: 'viewer',
    });
    const secret = String(invited.json().url).split('/').at(-1);
    await bob.request('POST', `/api/v1/invitations/${secret}/accept`);
    const target = await startServer();
    const wish = { kind: 'webhook', settings: { url: target.url } };
    const { id } = (await bob.request('POST', path, wish)).json();
    expect((await bob.request('POST', `${path}/${id}/test`)).json()).toEqual({
      is_delivered: true,
      problem: null,
    });
    expect((await ann.request('GET', path)).json().items).toEqual([]);
    expect((await ann.request('POST', `${path}/${id}/test`)).statusCode).toBe(404);
    const log = `/api/v1/homes/${homeId}/alert-deliveries`;
    expect((await ann.request('GET', log)).json().items).toMatchObject([
      { channel_id: id, kind: 'test', state: 'delivered', member_id: bob.userId },
    ]);
    expect((await ann.request('GET', log)).body).not.toContain(target.url);
    await ann.request('DELETE', `/api/v1/homes/${homeId}/members/${bob.userId}`);
    expect(await rowsOf(database.service, bob.userId, 'select id from alert_channels')).toEqual([]);
    expect((await ann.request('GET', log)).json().items).toEqual([]);
  });
});

describe('a test', () => {
  test.each<[number, string]>([
    [200, ''],
    [401, 'does not know the token'],
    [302, 'not followed'],
    [500, 'a problem of its own'],
  ])('that is answered with %i says so in plain words', async (status, words) => {
    const target = await startServer(() => ({ status, headers: { location: '/' } }));
    const { id } = (await add('gotify', { server: target.url, token: 'abc' })).json();
    const answer = (await ann.request('POST', `${path}/${id}/test`)).json();
    expect(answer.is_delivered).toBe(words === '');
    expect(answer.problem ?? '').toContain(words);
    expect(target.received[0]).toMatchObject({
      path: '/message',
      headers: { 'x-gotify-key': 'abc' },
    });
  });

  test('says that nobody listens, and is allowed five times a minute', async () => {
    const { id } = (await add('apprise', { server: 'http://127.0.0.1:1', key: 'home' })).json();
    for (let each = 0; each < 5; each += 1)
      expect((await ann.request('POST', `${path}/${id}/test`)).json().problem).toContain(
        'cannot be reached',
      );
    expect((await ann.request('POST', `${path}/${id}/test`)).statusCode).toBe(429);
  });
});

test('a webhook is signed as Standard Webhooks say, and typed', async () => {
  const target = await startServer();
  const { secret } = (await add('webhook', { url: target.url })).json();
  startWorker();
  await makeAsk();
  await target.waitFor(1);
  const [received] = target.received;
  const { 'webhook-id': id, 'webhook-timestamp': at, ...headers } = received?.headers ?? {};
  const key = Buffer.from(String(secret).slice('whsec_'.length), 'base64');
  const signed = createHmac('sha256', key).update(
    `${String(id)}.${String(at)}.${received?.body.toString()}`,
  );
  expect(headers['webhook-signature']).toBe(`v1,${signed.digest('base64')}`);
  expect(jsonOf(received)).toMatchObject({
    type: 'access.asked',
    data: { home: { id: homeId }, person: { name: 'Tim' }, minutes: 30 },
  });
  const { webhooks } = (await app.inject('/openapi.json')).json();
  expect(webhooks).toHaveProperty(['access.asked', 'post', 'requestBody']);
});

test('ntfy gets buttons that work once; opening one changes nothing', async () => {
  const target = await startServer();
  await add('ntfy', { server: target.url, topic: 'our-home', token: 'tk_1' });
  startWorker();
  const personId = await makeAsk();
  await target.waitFor(1);
  const message = jsonOf(target.received[0]);
  expect(target.received[0]?.headers.authorization).toBe('Bearer tk_1');
  expect(message).toMatchObject({ topic: 'our-home', priority: 4, message: 'Homework is done' });
  expect(message.click).toBe(`${config.publicUrl}/people/${personId}`);
  const [grant, less] = message.actions;
  expect(grant).toMatchObject({ action: 'http', method: 'POST', label: 'Give 30 min' });
  const url = new URL(grant.url).pathname;
  const rules = async () =>
    (await ann.request('GET', `/api/v1/homes/${homeId}/rules`)).json().items;

  const opened = await app.inject({ url });
  expect([opened.statusCode, opened.body]).toEqual([
    200,
    expect.stringContaining('Give Tim 30 minutes'),
  ]);
  expect(await rules()).toEqual([]);
  const headers = { origin: 'https://ntfy.sh', 'sec-fetch-site': 'cross-site' };
  const pressed = await app.inject({ method: 'POST', url, headers });
  expect([pressed.statusCode, pressed.headers['access-control-allow-origin']]).toEqual([200, '*']);
  expect(await rules()).toMatchObject([
    { kind: 'exception', access: 'allow', person_id: personId },
  ]);
  expect((await app.inject({ method: 'POST', url })).statusCode).toBe(409);
  const late = await app.inject({ method: 'POST', url: new URL(less.url).pathname });
  expect(late.statusCode).toBe(409);
  expect(await rules()).toHaveLength(1);
  const unknown = `/alerts/act/${'A'.repeat(43)}`;
  expect((await app.inject({ method: 'POST', url: unknown })).statusCode).toBe(404);
});

test('a button does nothing for who may not change the home any more, and after a day', async () => {
  const target = await startServer();
  await add('ntfy', { server: target.url, topic: 'our-home' });
  startWorker();
  await makeAsk();
  await target.waitFor(1);
  const url = new URL(jsonOf(target.received[0]).actions[0].url).pathname;
  await rowsOf(database.service, ann.userId, `update alert_links set expires_at = now()`);
  expect((await app.inject({ method: 'POST', url })).statusCode).toBe(409);
});

test('e-mail goes to the account, as one thread, and ends with one click', async () => {
  await add('email', {}, { language: 'de' });
  const { email } = (await ann.request('GET', '/api/v1/me')).json();
  startWorker();
  const before = mailServer.mails.length;
  const personId = await makeAsk();
  await ask(database.service, { userId: ann.userId, homeId }, ['<b>Bitte</b>'], personId);
  await mailServer.waitFor(before + 2);
  const [first, second] = mailServer.mails.slice(before);
  expect(first).toMatchObject({ from: 'netpilot@example.com', to: [email] });
  const header = (name: string, mail = first) =>
    mail?.read.headers.find(({ key }) => key === name.toLowerCase())?.value ?? '';
  expect(header('Auto-Submitted')).toBe('auto-generated');
  expect(header('References')).toMatch(/^<.+>$/);
  expect(header('References', second)).toBe(header('References'));
  expect(header('Message-ID', second)).not.toBe(header('Message-ID'));
  expect(header('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
  expect(second?.read.html).toContain('&lt;b&gt;Bitte&lt;/b&gt;');
  expect(first?.read.text).toContain('Keine solchen E-Mails mehr');
  const link = /<(.+)>/.exec(header('List-Unsubscribe').replaceAll(/\s/g, ''))?.[1] ?? '';
  const url = new URL(link).pathname;
  const isOn = async () => (await ann.request('GET', path)).json().items[0].is_enabled;
  expect((await app.inject({ url })).statusCode).toBe(200);
  expect(await isOn()).toBe(true);
  const ended = await app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'List-Unsubscribe=One-Click',
  });
  expect(ended.statusCode).toBe(200);
  expect(await isOn()).toBe(false);
});

test('a browser reads what a push service gets, and a subscription that is gone is switched off', async () => {
  const browser = createECDH('prime256v1');
  browser.generateKeys();
  const auth = randomBytes(16);
  let status = 201;
  const target = await startServer(() => ({ status }));
  const keys = {
    p256dh: browser.getPublicKey('base64url'),
    auth: auth.toString('base64url'),
  };
  const { id } = (await add('web_push', { endpoint: `${target.url}/push`, keys })).json();
  await ann.request('POST', `${path}/${id}/test`);
  const [received] = target.received;
  expect(received?.headers).toMatchObject({
    'content-encoding': 'aes128gcm',
    ttl: '86400',
    urgency: 'normal',
    authorization: expect.stringMatching(/^vapid t=/),
  });
  const text = decrypt(received?.body ?? Buffer.alloc(0), browser, auth);
  expect(JSON.parse(text)).toMatchObject({ title: 'A test from NetPilot', language: 'en' });
  status = 410;
  startWorker();
  await makeAsk();
  await expect
    .poll(async () => (await ann.request('GET', path)).json().items[0])
    .toMatchObject({ is_enabled: false, problem: expect.stringContaining('any more') });
});

/** As a browser does it (RFC 8291). */
function decrypt(body: Buffer, browser: ReturnType<typeof createECDH>, auth: Buffer): string {
  const theirs = body.subarray(21, 86);
  const derive = (key: Buffer, salt: Buffer, info: Buffer, size: number) =>
    Buffer.from(hkdfSync('sha256', key, salt, info, size));
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), theirs]);
  const material = derive(browser.computeSecret(theirs), auth, info, 32);
  const salt = body.subarray(0, 16);
  const decipher = createDecipheriv(
    'aes-128-gcm',
    derive(material, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16),
    derive(material, salt, Buffer.from('Content-Encoding: nonce\0'), 12),
  );
  decipher.setAuthTag(body.subarray(-16));
  const padded = Buffer.concat([decipher.update(body.subarray(86, -16)), decipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString();
}
