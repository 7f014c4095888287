/** Programs that speak the Model Context Protocol, with its own client over a real socket. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { furnish } from '../../testing/household.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { recordScan } from '../devices/scan.ts';
import { CONFIRM_WITHIN_SECONDS, createConfirmations } from './confirmation.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);
const url = new URL('/mcp', await app.listen({ host: '127.0.0.1', port: 0 }));

const READING = ['get_device', 'list_activity', 'list_devices', 'list_homes', 'list_rules'];
const CHANGING = ['allow_internet', 'block_device', 'end_rule', 'pause_internet', 'unblock_device'];

async function tokenOf(person: Person, scopes: string[], router_id?: string): Promise<string> {
  const wish = { token_name: 'assistant', scopes, ...(router_id !== undefined && { router_id }) };
  const created = await person.request('POST', '/api/v1/tokens', wish);
  expect(created.statusCode).toBe(201);
  return String(created.json().token);
}

const clients: Client[] = [];
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
});

async function connect(token: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  clients.push(client);
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit }));
  return client;
}

/** What a tool answers: its JSON, or the words of its refusal. */
async function call(client: Client, name: string, input: Record<string, unknown> = {}) {
  const { content, isError } = await client.callTool({ name, arguments: input });
  const [first] = content;
  const text = first?.type === 'text' ? first.text : '';
  return isError === true ? { refused: text } : JSON.parse(text);
}

const ann = await signIn();
const bob = await signIn();
const home = await furnish(database.service, ann.userId);
const foreign = await furnish(database.service, bob.userId);
const { home_id = '', router_id = '' } = home.params;
const device = await tenantTransaction(database.service, ann.userId, async (transaction) => {
  const { rows } = await sql<{ id: string }>`
    insert into user_devices (user_id, router_id, ip, mac, hostname)
    values (${ann.userId}, ${router_id}, '192.168.1.77', '02:1b:00:00:00:77', 'tablet') returning id`.execute(
    transaction,
  );
  return { id: rows[0]?.id ?? '' };
});

// It pauses everybody: nothing would change for anybody.
await ann.request('DELETE', `/api/v1/homes/${home_id}/rules/${home.ids['rules']}`);

describe('tools', () => {
  test('are those that the token may use', async () => {
    const names = async (scopes: string[]) => {
      const { tools } = await (await connect(await tokenOf(ann, scopes))).listTools();
      return tools.map(({ name }) => name).toSorted();
    };
    expect(await names(['read'])).toEqual(READING);
    expect(await names(['control'])).toEqual([...READING, ...CHANGING].toSorted());
    expect(await names(['control', 'manage'])).toEqual(
      [...READING, ...CHANGING, 'review_device'].toSorted(),
    );
  });

  test("give what the token's owner may see, and nothing of others", async () => {
    const client = await connect(await tokenOf(ann, ['read']));
    const homes = await call(client, 'list_homes');
    expect(homes).toMatchObject([{ id: home_id, routers: [{ router_id }], people: [{}] }]);
    const found = await call(client, 'list_devices', { home_id, limit: 200 });
    expect(found.items).toContainEqual(expect.objectContaining({ id: device.id }));
    const one = await call(client, 'get_device', { router_id, device_id: device.id });
    expect(one).toMatchObject({ id: device.id, access: { because: {} } });
    expect(JSON.stringify([homes, found, one])).not.toContain(foreign.mark);
    expect(await call(client, 'list_rules', { home_id: foreign.params['home_id'] })).toEqual({
      refused: expect.stringContaining('home'),
    });
    expect((await call(client, 'list_activity', { home_id })).items).not.toHaveLength(0);
  });

  test('of a token for one router answer for that alone', async () => {
    const client = await connect(await tokenOf(ann, ['read'], router_id));
    expect((await call(client, 'list_devices')).items).not.toHaveLength(0);
    expect(await call(client, 'list_rules', { home_id })).toEqual({
      refused: expect.stringContaining('for the router'),
    });
  });
});

describe('a change', () => {
  test('is a preview at first, and happens once it is confirmed, once', async () => {
    const client = await connect(await tokenOf(ann, ['control']));
    const pause = { home_id, device_id: device.id, minutes: 30 };
    const rules = async () => (await call(client, 'list_rules', { home_id })).items;
    const before = await rules();
    const { preview, confirmation } = await call(client, 'pause_internet', pause);
    const found = preview.devices.find((one: { device_id: string }) => one.device_id === device.id);
    expect([found.now.access, found.then.access]).toEqual(['allow', 'block']);
    expect(await rules()).toEqual(before);
    const paused = await call(client, 'pause_internet', { ...pause, confirmation });
    expect(paused).toMatchObject({ kind: 'pause', device_id: device.id });
    expect(await call(client, 'pause_internet', { ...pause, confirmation })).toEqual({
      ...paused,
      already_done: expect.stringContaining('nothing was done now'),
    });
    expect(await rules()).toHaveLength(before.length + 1);
    const end = { home_id, rule_id: paused.id };
    const shown = await call(client, 'end_rule', end);
    const confirmed = { ...end, confirmation: shown.confirmation };
    expect(await call(client, 'end_rule', confirmed)).toMatchObject({
      deliveries: [{ router_id }],
    });
    expect(await rules()).toEqual(before);
  });

  test.each([
    ['for another thing', { minutes: 60 }],
    ['made up', { confirmation: '9999999999.x.y' }],
  ])('is refused with a confirmation %s', async (_what, other) => {
    const client = await connect(await tokenOf(ann, ['control']));
    const pause = { home_id, device_id: device.id, minutes: 30 };
    const { confirmation } = await call(client, 'pause_internet', pause);
    expect(await call(client, 'pause_internet', { ...pause, confirmation, ...other })).toEqual({
      refused: expect.stringContaining('not the confirmation of this preview'),
    });
  });

  test('is refused with the confirmation of another token', async () => {
    const pause = { home_id, device_id: device.id, minutes: 30 };
    const token = () => tokenOf(ann, ['control']);
    const { confirmation } = await call(await connect(await token()), 'pause_internet', pause);
    expect(
      await call(await connect(await token()), 'pause_internet', { ...pause, confirmation }),
    ).toEqual({ refused: expect.stringContaining('not the confirmation of this preview') });
  });

  test.each([
    ['block_device', {}, { is_active: true }],
    ['unblock_device', {}, { is_active: false }],
    ['review_device', { decision: 'allow' }, { is_new: false }],
  ])('%s does what it says', async (tool, more, done) => {
    const client = await connect(await tokenOf(ann, ['control', 'manage']));
    const input = { router_id, device_id: device.id, ...more };
    const { preview, confirmation } = await call(client, tool, input);
    expect(preview).toMatchObject({ id: device.id });
    expect(await call(client, tool, { ...input, confirmation })).toMatchObject(done);
  });

  test('that is so already is refused as a preview', async () => {
    const client = await connect(await tokenOf(ann, ['control']));
    const input = { router_id, device_id: device.id };
    expect(await call(client, 'unblock_device', input)).toEqual({
      refused: 'It is not blocked by hand.',
    });
    const { confirmation } = await call(client, 'block_device', input);
    expect(await call(client, 'block_device', { ...input, confirmation })).toMatchObject({
      is_active: true,
    });
    expect(await call(client, 'block_device', input)).toEqual({
      refused: 'It is blocked by hand already.',
    });
    const end = await call(client, 'unblock_device', input);
    await call(client, 'unblock_device', { ...input, confirmation: end.confirmation });
    expect(await call(client, 'block_device', { ...input, confirmation })).toMatchObject({
      already_done: expect.stringContaining('the answer of then'),
    });
  });

  test('that cuts off others too says so, and needs a confirmation of that', async () => {
    const neighbours = ['192.168.1.77', '192.168.1.78'].map((ip) => {
      return { mac: '02:1b:00:00:00:77', ip, online: true, hostname: null };
    });
    const scan = { userId: ann.userId, routerId: router_id, complete: false, neighbours };
    await recordScan(database.service, scan);
    const client = await connect(await tokenOf(ann, ['control']));
    const input = { router_id, device_id: device.id };
    const first = await call(client, 'block_device', input);
    const second = await call(client, 'block_device', {
      ...input,
      confirmation: first.confirmation,
    });
    expect(second.warning).toMatch(/blocks all of them: .*192\.168\.1\.78.*\.$/);
    const blocks = async () =>
      (
        await ann.request('GET', `/api/v1/routers/${router_id}/blocks?device_id=${device.id}`)
      ).json();
    expect((await blocks()).items).toEqual([]);
    const { confirmation } = second;
    expect(await call(client, 'unblock_device', { ...input, confirmation })).toHaveProperty(
      'refused',
    );
    expect(await call(client, 'block_device', { ...input, confirmation })).toMatchObject({
      is_active: true,
    });
    expect((await blocks()).items).toHaveLength(1);
  });

  test('for nobody, or for two at a time, is refused', async () => {
    const client = await connect(await tokenOf(ann, ['control']));
    for (const target of [{}, { device_id: device.id, everyone: true }])
      expect(await call(client, 'pause_internet', { home_id, minutes: 5, ...target })).toEqual({
        refused: 'Name one of device_id, person_id and everyone.',
      });
  });
});

test('a browser with a session, an ended token and nobody are refused', async () => {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  const post = (headers: Record<string, string>) =>
    fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
    });
  expect((await post({})).status).toBe(401);
  expect((await post({ cookie: ann.cookie })).status).toBe(403);
  const token = await tokenOf(ann, ['read']);
  expect((await post({ authorization: `Bearer ${token}` })).status).toBe(200);
  const tokens = (await ann.request('GET', '/api/v1/tokens')).json().items;
  await ann.request('DELETE', `/api/v1/tokens/${tokens[0].id}`);
  expect((await post({ authorization: `Bearer ${token}` })).status).toBe(401);
});

test('a program that wants to be told of changes is answered that it is not', async () => {
  const token = await tokenOf(ann, ['read']);
  const meta = 'io.modelcontextprotocol/';
  const answer = await fetch(url, {
    method: 'POST',
    signal: AbortSignal.timeout(10_000),
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'subscriptions/listen',
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'subscriptions/listen',
      params: {
        notifications: { toolsListChanged: true },
        _meta: {
          [`${meta}protocolVersion`]: '2026-07-28',
          [`${meta}clientInfo`]: { name: 'test', version: '1' },
          [`${meta}clientCapabilities`]: {},
        },
      },
    }),
  });
  expect(await answer.json()).toHaveProperty('error');
});

test('a confirmation is of no use after its time', () => {
  let now = 1_000_000;
  const { issue, check } = createConfirmations('a secret', () => now);
  const previewed = { sessionRowId: 'one', tool: 'pause_internet', input: { minutes: 5, a: 1 } };
  const confirmation = issue(previewed);
  expect(check(confirmation, { ...previewed, input: { a: 1, minutes: 5 } })).toBeUndefined();
  now += CONFIRM_WITHIN_SECONDS * 1000 + 1000;
  expect(check(confirmation, previewed)).toContain('within 5 minutes');
});
