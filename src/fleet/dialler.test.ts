/** Calls to routers that do not dial in. What a real router does with them is tried in lab/dialled.test.ts. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { startSshServer } from '../../testing/ssh-server.ts';
import type { DialRules } from '../config/dialling.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { findDial } from '../routers/dialled.ts';
import { makeKeyPair } from '../ssh-key.ts';

const secretKey = 'a key for tests only, 32 characters or more';
const ANY_PORT: DialRules = {
  networks: [],
  tunnels: { host: '127.0.0.1', first: 1, last: 65_535 },
};
const database = await createTestDatabase();
const { app, signIn } = await createTestApp(
  database,
  {},
  { ROUTERS_DIAL_TUNNELS: '127.0.0.1:1-65535' },
);
const { access, nextCaller } = await startSshServer();

/** Links a router that is dialled at a port of this machine. */
async function link(person: Person, hostKey = access.hostKeys[0] ?? '', tunnel_port = access.port) {
  const { code } = (await person.request('POST', '/api/v1/pairing-codes')).json();
  const router_id = randomUUID();
  const form = { code, router_id, host_key: hostKey };
  const answer = await app.inject({ method: 'POST', url: '/agent/register', payload: form });
  const [, clientKey] = /^client_key ssh-ed25519 (.*)$/m.exec(answer.body) ?? [];
  const base = `/api/v1/routers/${router_id}`;
  const move = (port: number | null) => person.request('PATCH', base, { tunnel_port: port });
  await move(tunnel_port);
  return {
    router_id,
    clientKey,
    move,
    isConnected: async () => (await person.request('GET', base)).json().is_connected,
    problem: async () => (await person.request('GET', `${base}/dial`)).json().problem,
  };
}

function deactivate({ userId }: Person) {
  return tenantTransaction(database.service, userId, (transaction) =>
    transaction.updateTable('users').set({ is_active: false }).where('id', '=', userId).execute(),
  );
}

function startDialling(rules = ANY_PORT) {
  return startTestCommandsServer(database, { dial: { rules, secretKey } });
}

describe('a router that is dialled', () => {
  test('is called by one Commands-Server, and by another once that one has stopped', async () => {
    const { move, isConnected } = await link(await signIn());
    const servers = [await startDialling(), await startDialling()];
    const caller = await nextCaller();
    expect(caller).toMatchObject({ username: 'root', command: 'netpilot 2' });
    caller.say('hello 1.0.0 0 none nft 02:00:00:00:00:fe');
    await expect.poll(isConnected).toBe(true);
    const holding = servers.filter(({ connections }) => connections.size() === 1);
    expect(holding).toHaveLength(1);
    await holding[0]?.stop();
    await move(null);
    await move(access.port);
    const next = await nextCaller();
    expect(next.key).toBe(caller.key);
    next.say('hello 1.0.0 0 none nft 02:00:00:00:00:fe');
    await expect.poll(isConnected).toBe(true);
    await move(null);
  });

  test('of one user is not opened by the key of another user who claims to have it', async () => {
    const [mine, claimed] = [await link(await signIn()), await link(await signIn())];
    await startDialling();
    const keys = [(await nextCaller()).key, (await nextCaller()).key];
    expect(mine.clientKey).not.toBe(claimed.clientKey);
    expect(new Set(keys)).toEqual(new Set([mine.clientKey, claimed.clientKey]));
    for (const { move } of [mine, claimed]) await move(null);
  });

  test('with another host key is told nothing', async () => {
    const { problem } = await link(await signIn(), makeKeyPair().publicKey);
    await startDialling();
    await expect.poll(problem).toBe('other-host-key');
  });

  test('is not called where the operator no longer allows it, whatever the row says', async () => {
    const ann = await signIn();
    const { router_id, problem } = await link(ann);
    await tenantTransaction(database.service, ann.userId, (transaction) =>
      transaction
        .updateTable('user_routers')
        .set({ tunnel_port: 22 })
        .where('user_id', '=', ann.userId)
        .where('router_id', '=', router_id)
        .execute(),
    );
    await startDialling({
      networks: [],
      tunnels: { host: '127.0.0.1', first: 20_000, last: 20_999 },
    });
    await expect.poll(problem).toBe('not-allowed');
  });

  test('is not called for a user who is inactive', async () => {
    const ann = await signIn();
    const { router_id } = await link(ann, makeKeyPair().publicKey);
    await deactivate(ann);
    await startDialling();
    const { problem: other } = await link(await signIn(), makeKeyPair().publicKey);
    await expect.poll(other).toBe('other-host-key'); // by then the inactive user's would have been called, too
    const dial = await tenantTransaction(database.service, ann.userId, (transaction) =>
      findDial(transaction, { user_id: ann.userId, router_id }),
    );
    expect(dial).toMatchObject({ problem: null });
  });

  test('says so where another SECRET_KEY has sealed its key', async () => {
    const { problem } = await link(await signIn());
    const other = 'another key for tests, 32 characters or more';
    await startTestCommandsServer(database, { dial: { rules: ANY_PORT, secretKey: other } });
    await expect.poll(problem).toBe('key-sealed');
  });
});
