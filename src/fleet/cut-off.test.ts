/** A node that cannot reach PostgreSQL: where its routers go, and when they stay. */
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { linkRouter } from '../../testing/agent.ts';
import { rowsOf } from '../../testing/data-folder.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { hasNatsServer, startNatsServer } from '../../testing/nats-server.ts';
import { SECRET_KEY, startTestNode } from '../../testing/node.ts';
import { startWay } from '../../testing/way.ts';
import { parseConfig } from '../config/config.ts';
import { createAgent } from '../simulator/agent.ts';
import { dial } from '../simulator/dial.ts';
import { createHome } from '../simulator/home.ts';
import type { Heartbeat } from '../wakes/heartbeats.ts';
import { createNatsWakes } from '../wakes/nats.ts';
import { createCutOff } from './cut-off.ts';
import { readOrMakeHostKeys } from './openwrt/host-key.ts';

const WELL = { state: 'ready', hasDatabase: true } as const;
const DRAINING = { state: 'draining', hasDatabase: true } as const;
const BLIND = { state: 'ready', hasDatabase: false } as const;

describe('a node is cut off', () => {
  type Heard = Pick<Heartbeat, 'state' | 'hasDatabase'>;
  /** What it has heard, and how many seconds ago; for how many seconds it has not reached the database. */
  test.each<[string, [Heard, number][], number, boolean]>([
    ['if others have the database, and it has not for 10 s', [[WELL, 1]], 10, true],
    [
      'if one of the others has',
      [
        [BLIND, 1],
        [WELL, 1],
        [BLIND, 0],
      ],
      10,
      true,
    ],
    ['not before', [[WELL, 1]], 9.9, false],
    ['not while it has it itself', [[WELL, 1]], 0, false],
    ['not if nobody has it', [[BLIND, 1]], 60, false],
    ['not if nobody is heard', [], 60, false],
    ['not if who has it stops', [[DRAINING, 1]], 60, false],
    ['not if who had it is not heard any more', [[WELL, 5]], 60, false],
  ])('%s', (_name, heard, lost, expected) => {
    let now = -60_000;
    const cutOff = createCutOff(() => now);
    for (const [heartbeat, ago] of heard) {
      now = -ago * 1_000;
      cutOff.hear({ node: 'other:2222', instance: 'other', connections: 0, ...heartbeat });
    }
    now = 0;
    expect(cutOff.isCutOff(lost * 1_000)).toBe(expected);
  });
});

describe.runIf(hasNatsServer)('of two nodes with NATS', async () => {
  const database = await createTestDatabase();
  const nats = hasNatsServer ? await startNatsServer() : undefined;
  afterAll(async () => nats?.remove());

  /** A node with a way to the database of its own. */
  async function startNode() {
    const { service } = database.addresses;
    const way = await startWay(() => ({ path: `${service.host}/.s.PGSQL.${service.port}` }));
    const { nats: config } = parseConfig({ NATS_URL: nats?.url });
    if (config === undefined) throw new Error('there is no NATS');
    const wakes = createNatsWakes({ config, cell: 0, secretKey: SECRET_KEY, onLost: () => {} });
    const own = { ...service, host: '127.0.0.1', port: way.port };
    const addresses = { ...database.addresses, service: own };
    const node = await startTestNode({ ...database, addresses }, wakes, { trustedAfter: 0 });
    // It stops as one that has the database.
    onTestFinished(way.restore);
    return { ...node, way };
  }

  async function countScanned(userIds: readonly string[]): Promise<number> {
    const query = 'select from user_routers where scanned_at is not null';
    const rows = await Promise.all(userIds.map((id) => rowsOf(database.service, id, query)));
    return rows.flat().length;
  }

  /** Two nodes, a balancer that sends routers to who takes them, the first if both do, and routers on the first. */
  async function start() {
    const nodes = [await startNode(), await startNode()] as const;
    const [first, second] = nodes;
    const balancer = await startWay(() => {
      const node = nodes.find(({ isDraining }) => !isDraining());
      return node && { host: '127.0.0.1', port: node.port };
    });
    const { ed25519 } = await readOrMakeHostKeys(database.service, SECRET_KEY);
    const access = { host: '127.0.0.1', port: balancer.port, hostKeys: [ed25519.publicKey] };
    const userIds: string[] = [];
    for (let number = 1; number <= 5; number += 1) {
      const { userId, privateKey } = await linkRouter(database);
      userIds.push(userId);
      const agent = createAgent(createHome(number, 3));
      onTestFinished(dial({ access, privateKey, agent }).stop);
    }
    const held = () => nodes.map(({ connections }) => connections.size());
    await expect.poll(held).toEqual([5, 0]);
    // The first scan is stored, or the connection ends.
    await expect.poll(() => countScanned(userIds)).toBe(5);
    return { first, second, held };
  }

  test('one that cannot reach PostgreSQL sends its routers to the other, until it can again', async () => {
    const { first, second, held } = await start();
    first.way.cut();
    await expect.poll(first.isDraining).toBe(true);
    await expect.poll(held).toEqual([0, 5]);
    expect(second.isDraining()).toBe(false);
    first.way.restore();
    await expect.poll(first.isDraining).toBe(false);
    second.way.cut();
    await expect.poll(held).toEqual([5, 0]);
  });

  test('one that stops while it cannot reach PostgreSQL sends them to the other before it ends', async () => {
    const { first, held } = await start();
    first.way.cut();
    await first.drain();
    await expect.poll(held).toEqual([0, 5]);
  });

  test('both keep their routers while PostgreSQL is away for both', async () => {
    const { first, second, held } = await start();
    first.way.cut();
    second.way.cut();
    for (const { lease } of [first, second])
      await expect.poll(lease.contact.lostFor).toBeGreaterThan(15_000);
    expect([first.isDraining(), second.isDraining()]).toEqual([false, false]);
    expect(held()).toEqual([5, 0]);
  });
});
