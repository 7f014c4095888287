import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { freePort } from '../../testing/free-port.ts';
import { parseConfig } from '../config/config.ts';
import { type LivingNode, beginLease, renewLease } from '../routers/leases.ts';
import { withClient } from '../database/roles.ts';
import { runCheck } from './check.ts';
import { CLUSTER_CHECKS, checkNode, judgeClocks, judgeStandby } from './cluster.ts';

const { service, addresses } = await createTestDatabase();

/** What the checks find, with these settings. */
const examine = (environment: Record<string, string> = {}) =>
  withClient(addresses.admin, async (client) => {
    const database = { client, service: addresses.service, secretKey: '' };
    const subject = { config: parseConfig(environment), database };
    const found = [];
    for (const check of CLUSTER_CHECKS) found.push(...(await runCheck(check, subject)));
    return found.map(({ check, state }) => `${check} ${state}`);
  });

async function hold(node: string, address: string | null): Promise<void> {
  const holder = { node, instance: randomUUID() };
  await beginLease(service, holder);
  await renewLease(service, holder, { state: 'ready', connections: 3, address });
}

/** Answers as a node of the other machine does; undefined: at any time it is. */
async function startNode(date?: Date): Promise<string> {
  const server = createServer((_request, response) => {
    if (date !== undefined) response.setHeader('date', date.toUTCString());
    response.end('{}');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

const NODE: LivingNode = {
  node: 'n1:2222',
  instance: randomUUID(),
  state: 'ready',
  connections: 1_200,
  address: null,
};

test('one machine has nothing to say of several', async () => {
  expect(await examine()).toEqual([]);
  await hold('n1:2222', null);
  expect(await examine()).toEqual([]);
});

test('of several each node is asked, a balancer must be named, and a standby is wanted', async () => {
  const url = await startNode();
  await hold('n1:2222', url);
  await hold('n2:2222', url);
  expect(await examine()).toEqual(['nodes ok', 'nodes ok', 'balancer warn', 'standby warn']);
  expect(await examine({ TRUSTED_PROXIES: '10.0.0.1' })).toContain('balancer ok');
});

describe('a node', () => {
  test('is well if it answers, and has the right time', async () => {
    expect(await checkNode({ ...NODE, address: await startNode() })).toEqual({
      state: 'ok',
      message: 'n1:2222 holds 1,200 routers; its clock is right.',
    });
  });

  test('that lets its routers go is said to', async () => {
    const found = await checkNode({ ...NODE, state: 'draining', address: await startNode() });
    expect(found.message).toContain('1,200 routers, and lets them go;');
  });

  test('whose clock is wrong is named, with the difference', async () => {
    const address = await startNode(new Date(Date.now() - 90_000));
    const found = await checkNode({ ...NODE, address });
    expect(found).toMatchObject({
      state: 'warn',
      message: expect.stringMatching(/ (89|9\d) s apart/),
    });
  });

  test('that nobody can ask is named', async () => {
    expect(await checkNode(NODE)).toMatchObject({ state: 'warn' });
    const address = `http://127.0.0.1:${await freePort()}`;
    expect(await checkNode({ ...NODE, address })).toMatchObject({
      state: 'fail',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});

test('a clock is right if it can have said that between two moments', () => {
  expect(judgeClocks('n', 10_000, 8_000, 12_000).state).toBe('ok');
  expect(judgeClocks('n', 10_000, 12_900, 13_000).state).toBe('ok');
  expect(judgeClocks('n', 10_000, 14_000, 15_000).state).toBe('warn');
  expect(judgeClocks('n', 20_000, 14_000, 15_000).state).toBe('warn');
});

test.each([
  ['is wanted', { names: '', commits: 'on', standbys: 0 }, 'warn'],
  ['that is away stops everybody', { names: 'db2', commits: 'on', standbys: 0 }, 'fail'],
  ['must be waited for', { names: 'db2', commits: 'local', standbys: 1 }, 'warn'],
  ['is what it should be', { names: 'db2', commits: 'on', standbys: 1 }, 'ok'],
])('a standby %s', (_what, standby, state) => {
  expect(judgeStandby(standby).state).toBe(state);
});
