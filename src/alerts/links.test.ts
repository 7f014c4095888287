/** Buttons of alerts, from the message that arrived to what the home does: each once, for a day, with the rights of now. */
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { ALLOWED, ask, deliverNow, spreadNow } from '../../testing/alerts.ts';
import { type Person, createTestApp } from '../../testing/app.ts';
import { rowsOf } from '../../testing/data-folder.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { startMailServer } from '../../testing/mail-server.ts';
import { startNtfy } from '../../testing/ntfy-server.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { recordScan } from '../devices/scan.ts';

const database = await createTestDatabase();
const mailServer = await startMailServer();
afterAll(mailServer.close);
const { app, services, signIn } = await createTestApp(
  database,
  {},
  { ...ALLOWED, SMTP_URL: mailServer.url, MAIL_FROM: 'netpilot@example.com' },
);

let ann: Person;
let homeId: string;
let routerId: string;
/** Of the home. */
let people: string[];
beforeEach(async () => {
  ann = await signIn();
  people = [ann.userId];
  homeId = (await ann.request('GET', '/api/v1/homes')).json().items[0].id;
  routerId = await createRouter(database.service, ann.userId);
  await query(`update user_routers set created_at = now() - interval '1 day'`);
});

const query = (text: string) => rowsOf(database.service, ann.userId, text);
const getList = async (path: string) => (await ann.request('GET', `/api/v1${path}`)).json().items;
const rules = () => getList(`/homes/${homeId}/rules`);
const device = async () => (await getList(`/routers/${routerId}/devices`))[0];
const BROWSER = { accept: 'text/html,application/xhtml+xml' };
/** As a phone's ntfy presses a button, or a browser the one of the page. */
const press = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url, headers });

async function addNtfy(person: Person) {
  const server = await startNtfy();
  onTestFinished(server.close);
  const wish = { kind: 'ntfy', settings: { server: server.url, topic: 'home' } };
  const added = await person.request('POST', `/api/v1/homes/${homeId}/alert-channels`, wish);
  expect(added.statusCode).toBe(201);
  return { ...server, id: String(added.json().id) };
}

/** Delivers what has happened, some minutes later. */
async function deliver() {
  for (const userId of people)
    await tenantTransaction(
      database.service,
      { userId: ann.userId, actorId: userId },
      (transaction) =>
        sql`update alert_outbox set at = at - interval '5 minutes', due_at = now()`.execute(
          transaction,
        ),
    );
  await spreadNow(services);
  await deliverNow(services);
}

async function seeDevice(hostname = 'hall-tv') {
  const neighbours = [{ mac: '00:00:5e:00:53:01', ip: '10.0.0.5', online: true, hostname }];
  const scan = { userId: ann.userId, routerId, complete: false, neighbours };
  await recordScan(database.service, scan);
}

/** The paths of the buttons of the last message, by what they do. */
function buttonsOf({ messages }: Awaited<ReturnType<typeof addNtfy>>) {
  const paths = (messages.at(-1)?.actions ?? []).map(({ label, url }) => [
    label,
    new URL(url).pathname,
  ]);
  const of = (label: string): string => Object.fromEntries(paths)[label] ?? '';
  return { allow: of('Allow'), block: of('Block'), pause: of('Pause 60 min') };
}

/** Somebody who is told of a new device, and what the buttons of the message are. */
async function told(person = ann) {
  const channel = await addNtfy(person);
  await seeDevice();
  await deliver();
  return { channel, ...buttonsOf(channel) };
}

/** Somebody else who may change the home. */
async function invite(role: 'admin' | 'viewer' = 'admin') {
  const bob = await signIn();
  people.push(bob.userId);
  const path = `/api/v1/homes/${homeId}/invitations`;
  const { url } = (await ann.request('POST', path, { role })).json();
  await bob.request('POST', `/api/v1/invitations/${String(url).split('/').at(-1)}/accept`);
  return bob;
}

describe('a button of a new device', () => {
  test('allows it: it is not new any more, and the audit says who did', async () => {
    const { allow } = await told();
    const pressed = await press(allow);
    expect(pressed.json()).toEqual({
      done: 'Allow hall-tv',
      reason: 'The router has not connected yet.',
    });
    expect(await device()).toMatchObject({ is_new: false });
    const [entry] = await getList('/audit?action=device.reviewed');
    expect(entry).toMatchObject({ actor: 'user', actor_id: null, details: { decision: 'allow' } });
  });

  test('blocks it', async () => {
    const { block } = await told();
    expect((await press(block)).json()).toMatchObject({ done: 'Block hall-tv' });
    const blocks = await getList(`/routers/${routerId}/blocks`);
    expect(blocks).toMatchObject([{ device_id: (await device()).id, is_active: true }]);
  });

  test('blocks nobody else who is behind its MAC: that is asked in NetPilot', async () => {
    const { block } = await told();
    const mac = '00:00:5e:00:53:01';
    const neighbours = ['10.0.0.5', '10.0.0.6'].map((ip) => ({
      mac,
      ip,
      online: true,
      hostname: null,
    }));
    const scan = { userId: ann.userId, routerId, complete: false, neighbours };
    await recordScan(database.service, scan);
    const pressed = await press(block);
    expect(pressed.statusCode).toBe(409);
    expect(pressed.json().detail).toMatch(
      /^Several devices share its MAC.*10\.0\.0\.6.*Open NetPilot/,
    );
    expect(await getList(`/routers/${routerId}/blocks`)).toEqual([]);
  });

  test('pauses it', async () => {
    const { pause } = await told();
    expect((await press(pause)).json()).toMatchObject({ done: 'Pause hall-tv for 60 minutes' });
    expect(await rules()).toMatchObject([{ kind: 'pause', device_id: (await device()).id }]);
  });

  test('works once, also if it is pressed twice at a time', async () => {
    const { pause } = await told();
    const both = await Promise.all([press(pause), press(pause)]);
    expect(both.map(({ statusCode }) => statusCode)).toEqual(expect.arrayContaining([200, 409]));
    const late = await press(pause);
    expect([late.statusCode, late.json().detail]).toEqual([
      409,
      'This button was pressed already: each works once.',
    ]);
    expect(await rules()).toHaveLength(1);
  });

  test('works for a day', async () => {
    const { block } = await told();
    await query(`update alert_links set expires_at = now() - interval '1 second'`);
    const late = await press(block);
    expect([late.statusCode, late.json().detail]).toEqual([
      409,
      expect.stringContaining('24 hours'),
    ]);
    expect(await getList(`/routers/${routerId}/blocks`)).toEqual([]);
  });

  test('says that the router is not linked any more, if it is so', async () => {
    const { block } = await told();
    await ann.request('POST', `/api/v1/routers/${routerId}/unlink`);
    expect((await press(block)).json()).toMatchObject({ reason: 'The router is not linked.' });
  });

  test('does nothing for a device, a router or a channel that was deleted', async () => {
    for (const remove of [
      () => query(`delete from user_devices`),
      () => ann.request('DELETE', `/api/v1/routers/${routerId}`),
    ]) {
      const { allow } = await told();
      await remove();
      const pressed = await press(allow);
      expect([pressed.statusCode, pressed.json().detail]).toEqual([
        404,
        expect.stringContaining('does nothing any more'),
      ]);
    }
  });

  test('does nothing once the channel was deleted, as others may have its messages', async () => {
    const { channel, allow, block } = await told();
    await ann.request('DELETE', `/api/v1/homes/${homeId}/alert-channels/${channel.id}`);
    for (const url of [allow, block]) expect((await press(url)).statusCode).toBe(404);
    expect(await device()).toMatchObject({ is_new: true });
  });
});

describe('a button of a member', () => {
  test('does it as theirs', async () => {
    const bob = await invite();
    const { block } = await told(bob);
    expect((await press(block)).statusCode).toBe(200);
    const [entry] = await getList('/audit?action=device.reviewed');
    expect(entry).toMatchObject({ actor: 'user', actor_id: bob.userId });
  });

  test('does nothing once they only look, and works again when they may', async () => {
    const bob = await invite();
    const { block } = await told(bob);
    const path = `/api/v1/homes/${homeId}/members/${bob.userId}`;
    expect((await ann.request('PATCH', path, { role: 'viewer' })).statusCode).toBe(200);
    const refused = await press(block);
    expect([refused.statusCode, refused.json().detail]).toEqual([
      403,
      expect.stringContaining('may not'),
    ]);
    expect(await getList(`/routers/${routerId}/blocks`)).toEqual([]);
    await ann.request('PATCH', path, { role: 'admin' });
    expect((await press(block)).statusCode).toBe(200);
  });

  test('does nothing once they are removed, or may not sign in', async () => {
    const [bob, eve] = [await invite(), await invite()];
    const channels = [await addNtfy(bob), await addNtfy(eve)];
    await seeDevice();
    await deliver();
    const [ofBob, ofEve] = channels.map((channel) => buttonsOf(channel).block);
    await ann.request('DELETE', `/api/v1/homes/${homeId}/members/${bob.userId}`);
    await rowsOf(database.service, eve.userId, 'update users set is_active = false');
    expect((await press(ofBob ?? '')).statusCode).toBe(404);
    expect((await press(ofEve ?? '')).statusCode).toBe(403);
    expect(await getList(`/routers/${routerId}/blocks`)).toEqual([]);
  });

  test('a viewer’s message has none', async () => {
    const { channel } = await told(await invite('viewer'));
    expect(channel.messages).toMatchObject([{ title: 'New device: hall-tv' }]);
    expect(channel.messages[0]).not.toHaveProperty('actions');
  });
});

describe('a link of an e-mail', () => {
  async function mailed(hostname?: string) {
    await ann.request('POST', `/api/v1/homes/${homeId}/alert-channels`, {
      kind: 'email',
      settings: {},
    });
    await seeDevice(hostname);
    await deliver();
    const mail = mailServer.mails.at(-1)?.read;
    const [link = ''] = /http\S+\/alerts\/act\/[\w-]{43}/.exec(mail?.text ?? '') ?? [];
    expect(mail?.html).toContain(link);
    return new URL(link).pathname;
  }

  test('opens a page that changes nothing, however often a scanner does (GET, HEAD)', async () => {
    const url = await mailed('<b>tv</b>');
    for (const method of ['HEAD', 'GET', 'GET'] as const) {
      const { statusCode, headers } = await app.inject({ method, url, headers: BROWSER });
      expect([statusCode, headers['cache-control'], headers['referrer-policy']]).toEqual([
        200,
        'no-store',
        'no-referrer',
      ]);
    }
    const { body } = await app.inject({ url, headers: BROWSER });
    expect(body).toContain('<h1>Allow &lt;b&gt;tv&lt;/b&gt;</h1>');
    expect(body).toContain('<form method="post"><button>Allow</button></form>');
    expect(await device()).toMatchObject({ is_new: true });
  });

  test('has a button on that page, which does it, in the language of the browser', async () => {
    const url = await mailed();
    const german = { ...BROWSER, 'accept-language': 'de-AT,de;q=0.9,en;q=0.8' };
    const opened = await app.inject({ url, headers: german });
    expect(opened.body).toContain('<h1>hall-tv erlauben</h1>');
    // A form of a page without a referrer has no origin.
    const form = { origin: 'null', 'content-type': 'application/x-www-form-urlencoded' };
    const pressed = await press(url, { ...german, ...form });
    expect([pressed.statusCode, pressed.body]).toEqual([
      200,
      expect.stringContaining(
        '<p>Es ist entschieden. Der Router ist nicht verbunden: Es gilt, sobald er wieder da ist.</p>',
      ),
    ]);
    expect(await device()).toMatchObject({ is_new: false });
    expect((await app.inject({ url, headers: german })).statusCode).toBe(409);
  });
});

describe('a button of who asks for more time', () => {
  async function asked() {
    const person = await ann.request('POST', `/api/v1/homes/${homeId}/people`, { name: 'Tim' });
    const { id } = person.json();
    const channel = await addNtfy(ann);
    const [row] = await query(
      `insert into access_asks (user_id, home_id, person_id, minutes) select user_id, home_id, id, 30 from people returning id`,
    );
    const askId = String(row && Reflect.get(row, 'id'));
    await ask(database.service, { userId: ann.userId, homeId }, ['Homework is done'], id, askId);
    await deliver();
    const urls = (channel.messages[0]?.actions ?? []).map(({ url }) => new URL(url).pathname);
    return { id, more: urls[0] ?? '', less: urls[1] ?? '' };
  }

  test('gives it once: another button of the message finds that it was answered', async () => {
    const { id, more, less } = await asked();
    expect((await press(less)).json()).toMatchObject({ done: 'Give Tim 15 minutes' });
    expect(await rules()).toMatchObject([{ kind: 'exception', person_id: id }]);
    const late = await press(more);
    expect([late.statusCode, late.json().detail]).toEqual([
      409,
      expect.stringContaining('answered'),
    ]);
    expect(await rules()).toHaveLength(1);
    const [entry] = await getList('/audit?action=access.answered');
    expect(entry).toMatchObject({
      actor: 'user',
      actor_id: null,
      details: { answer: 'granted', minutes: 15 },
    });
  });

  test('answers what its message is about, and not what was asked since', async () => {
    const { more } = await asked();
    await query(`update access_asks set answer = 'replaced', answered_at = now()`);
    await query(
      `insert into access_asks (user_id, home_id, person_id, minutes) select user_id, home_id, id, 90 from people`,
    );
    expect((await press(more)).json().detail).toContain('Tim has asked again since');
    expect(await rules()).toEqual([]);
  });

  test('does nothing once the person is deleted', async () => {
    const { id, more } = await asked();
    await ann.request('DELETE', `/api/v1/homes/${homeId}/people/${id}`);
    expect((await press(more)).statusCode).toBe(404);
  });
});

test('a press from another site is one, as ntfy’s own web app makes it, also if it is refused', async () => {
  const { allow } = await told();
  const headers = { origin: 'https://ntfy.sh', 'sec-fetch-site': 'cross-site' };
  for (const status of [200, 409]) {
    const { statusCode, headers: answered } = await press(allow, headers);
    expect([statusCode, answered['access-control-allow-origin']]).toEqual([status, '*']);
  }
});

test('a secret that nobody was given does nothing, and none of another kind', async () => {
  for (const secret of ['A'.repeat(43), 'A', 'A'.repeat(44), '%00'.repeat(43)]) {
    const { statusCode } = await press(`/alerts/act/${secret}`);
    expect([400, 404]).toContain(statusCode);
  }
});
