import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type LinkedRouter, connectAgent } from '../../testing/agent.ts';
import { type Person, createTestApp } from '../../testing/app.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { makeKeyPair } from '../ssh-key.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);

describe('03-two-routers-one-mac', () => {
  const folder = join(import.meta.dirname, '../../testing/field-cases/03-two-routers-one-mac');
  const requests = readFileSync(join(folder, 'requests.txt'), 'utf8');
  const [, router_id = ''] = /router_id=(\S+)/.exec(requests) ?? [];

  async function register(person: Person, registration: { [field: string]: string }) {
    const { code } = (await person.request('POST', '/api/v1/pairing-codes')).json();
    const payload = { code, router_id, ...registration };
    return app.inject({ method: 'POST', url: '/agent/register', payload });
  }

  /** "upstairs", linked and connected. */
  async function home() {
    const ann = await signIn();
    const keys = makeKeyPair();
    const linked = await register(ann, { public_key: keys.publicKey, name: 'upstairs' });
    expect(linked.statusCode).toBe(200);
    const { port } = await startTestCommandsServer(database);
    const router: LinkedRouter = { ...keys, userId: ann.userId, routerId: router_id };
    const agent = await connectAgent(port, router);
    const presence = async () => (await ann.request('GET', `/api/v1/routers/${router_id}`)).json();
    await expect.poll(presence).toMatchObject({ is_connected: true });
    return { ann, agent, presence, publicKey: keys.publicKey };
  }

  const cottage = () => ({ public_key: makeKeyPair().publicKey, name: 'cottage' });

  test('the second is refused with what to do, and the first goes on', async () => {
    const { ann, agent, presence } = await home();
    const second = await register(ann, cottage());
    expect(second.statusCode).toBe(409);
    expect(second.json().detail).toMatch(
      /connected as mac-00037f1123c6 \(upstairs\).*router_id NAME/,
    );
    expect(await presence()).toMatchObject({ is_connected: true, router_name: 'upstairs' });
    expect(agent.isEnded()).toBe(false);
    expect((await register(ann, { ...cottage(), router_id: 'cottage' })).statusCode).toBe(200);
  });

  test('one that is to be dialled is refused too', async () => {
    const { ann } = await home();
    const { app: dialling } = await createTestApp(
      database,
      {},
      { ROUTERS_DIAL_TUNNELS: '127.0.0.1:1-65535' },
    );
    const { code } = (await ann.request('POST', '/api/v1/pairing-codes')).json();
    const payload = { code, router_id, host_key: makeKeyPair().publicKey };
    const answer = await dialling.inject({ method: 'POST', url: '/agent/register', payload });
    expect(answer.statusCode).toBe(409);
  });

  test('the same router is linked again while it is connected', async () => {
    const { ann, agent, publicKey } = await home();
    const again = await register(ann, { ...cottage(), previous_key: publicKey });
    expect(again.statusCode).toBe(200);
    await agent.ended;
  });

  test('the key of another router proves nothing', async () => {
    const { ann } = await home();
    const previous_key = makeKeyPair().publicKey;
    expect((await register(ann, { ...cottage(), previous_key })).statusCode).toBe(409);
  });

  test('a router that was reset is linked again once its connection has ended', async () => {
    const { ann, agent, presence } = await home();
    agent.client.end();
    await expect.poll(presence).toMatchObject({ is_connected: false });
    expect((await register(ann, cottage())).statusCode).toBe(200);
  });

  test('it takes the place of the first once that is unlinked', async () => {
    const { ann } = await home();
    await ann.request('POST', `/api/v1/routers/${router_id}/unlink`);
    expect((await register(ann, cottage())).statusCode).toBe(200);
  });
});

test('a code of a home links a new router there, and takes none of another home', async () => {
  const ann = await signIn();
  const { id: cabin } = (await ann.request('POST', '/api/v1/homes', { name: 'Cabin' })).json();
  const router_id = 'moved';
  const register = async (home?: string) => {
    const chosen = home === undefined ? {} : { 'netpilot-home': home };
    const made = await ann.request('POST', '/api/v1/pairing-codes', undefined, chosen);
    const payload = { code: made.json().code, router_id, public_key: makeKeyPair().publicKey };
    return app.inject({ method: 'POST', url: '/agent/register', payload });
  };
  const homeOf = async () =>
    (await ann.request('GET', `/api/v1/routers/${router_id}`)).json().home_id;
  expect((await register(cabin)).statusCode).toBe(200);
  expect(await homeOf()).toBe(cabin);
  const { items } = (await ann.request('GET', '/api/v1/homes')).json();
  const refused = await register(items[0].id);
  expect([refused.statusCode, refused.json().detail]).toEqual([
    409,
    expect.stringContaining('for another home'),
  ]);
  // One of no home finds it where it is.
  expect((await register()).statusCode).toBe(200);
  expect(await homeOf()).toBe(cabin);
});
