/** The link at the end of an e-mail, and the button that mail programs make of it. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { startMailServer } from '../../testing/mail-server.ts';

const database = await createTestDatabase();
const mailServer = await startMailServer();
afterAll(mailServer.close);
const { app, signIn } = await createTestApp(
  database,
  {},
  { SMTP_URL: mailServer.url, MAIL_FROM: 'netpilot@example.com' },
);

let ann: Person;
let path: string;
beforeEach(async () => {
  ann = await signIn();
  const { items } = (await ann.request('GET', '/api/v1/homes')).json();
  path = `/api/v1/homes/${items[0].id}/alert-channels`;
});

/** A channel that has sent a mail, and the address in the mail that ends it. */
async function mailed() {
  const { id } = (await ann.request('POST', path, { kind: 'email', settings: {} })).json();
  await ann.request('POST', `${path}/${id}/test`);
  const headers = mailServer.mails.at(-1)?.read.headers ?? [];
  const value = headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '';
  return { id: String(id), url: new URL(value.replaceAll(/[<>\s]/g, '')).pathname };
}

const isOn = async () => (await ann.request('GET', path)).json().items[0]?.is_enabled;

test.each([
  ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
  ],
])('it is one click of a mail program (RFC 8058, %s), without a session', async (type, payload) => {
  const { url } = await mailed();
  const headers = { 'content-type': type };
  const click = () => app.inject({ method: 'POST', url, headers, payload });
  expect((await click()).statusCode).toBe(200);
  expect(await isOn()).toBe(false);
  expect((await click()).statusCode).toBe(200);
  const audit = await ann.request('GET', '/api/v1/audit?action=alert_channel.changed');
  expect(audit.json().items).toMatchObject([
    { actor: 'user', actor_id: null, details: { after: { is_enabled: false } } },
  ]);
});

test('it ends nothing by being opened (GET, HEAD), and asks in the language of the browser', async () => {
  const { url } = await mailed();
  for (const method of ['HEAD', 'GET'] as const)
    expect((await app.inject({ method, url })).statusCode).toBe(200);
  const page = await app.inject({ url, headers: { 'accept-language': 'de' } });
  expect(page.body).toContain('<button>Keine mehr schicken</button>');
  expect(await isOn()).toBe(true);
});

test('it ends nothing once the channel is deleted, and says so', async () => {
  const { id, url } = await mailed();
  await ann.request('DELETE', `${path}/${id}`);
  for (const method of ['GET', 'POST'] as const) {
    const answer = await app.inject({ method, url });
    expect([answer.statusCode, answer.json().detail]).toEqual([
      404,
      expect.stringContaining('nothing to end'),
    ]);
  }
});
