/** What one router can leave in the log and in the history, over real SSH. */
import { setTimeout } from 'node:timers/promises';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { type LinkedRouter, connectAgent, linkRouter } from '../../testing/agent.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();

function collect() {
  const lines: { routerId?: string; msg: string; unwritten?: number; unstored?: number }[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  return { log: pino(stream), of: (id: string) => lines.filter(({ routerId }) => routerId === id) };
}

const countEvents = ({ userId, routerId }: LinkedRouter, type: string) =>
  tenantTransaction(database.service, userId, async (transaction) => {
    const events = await transaction
      .selectFrom('events')
      .select('id')
      .where('router_id', '=', routerId)
      .where('type', 'like', type)
      .execute();
    return events.length;
  });

test('a router that floods the log gets its lines, and the rest are counted; others keep theirs', async () => {
  const { log, of } = collect();
  const limits = { lines: 20, changes: 1_000, connections: 10, periodMs: 4_000 };
  const { port } = await startTestCommandsServer(database, { log, limits });
  const loud = await linkRouter(database);
  const agent = await connectAgent(port, loud);
  await agent.until(() => agent.documents.length === 1);
  for (let index = 0; index < 1_000; index += 1) agent.say('error a-b');
  await expect.poll(() => of(loud.routerId).length).toBeGreaterThanOrEqual(20);
  const quiet = await linkRouter(database);
  await connectAgent(port, quiet);
  await expect.poll(() => of(quiet.routerId).length).toBeGreaterThan(0);
  await expect.poll(() => of(loud.routerId).at(-1)?.unwritten).toBeGreaterThan(900);
  expect(of(loud.routerId)).toHaveLength(21);
});

test('a router whose devices come and go all the time changes the history so often, and no more', async () => {
  const { log } = collect();
  const limits = { lines: 100, changes: 30, connections: 10, periodMs: 3_600_000 };
  const { port } = await startTestCommandsServer(database, { log, limits });
  const router = await linkRouter(database);
  for (let connection = 0; connection < 2; connection += 1) {
    const agent = await connectAgent(port, router);
    await agent.until(() => agent.documents.length >= 1 || connection > 0);
    for (let round = 0; round < 10; round += 1) {
      const state = round % 2 === 0 ? 'online' : 'offline';
      for (let device = 10; device < 20; device += 1)
        agent.say(`event ${state} 02:00:00:00:01:${device} 10.0.1.${device} -`);
      await setTimeout(100);
    }
    agent.client.end();
    await agent.ended;
  }
  const count = await countEvents(router, 'device%');
  expect(count).toBeGreaterThanOrEqual(10);
  expect(count).toBeLessThanOrEqual(60);
});

test('a router that connects again and again leaves events of its first connections only', async () => {
  const limits = { lines: 100, changes: 100, connections: 2, periodMs: 3_600_000 };
  const { port } = await startTestCommandsServer(database, { limits });
  const router = await linkRouter(database);
  for (let connection = 0; connection < 5; connection += 1) {
    const agent = await connectAgent(port, router);
    await agent.until(() => agent.heard.some((line) => line.startsWith('scan')));
    agent.client.end();
    await agent.ended;
  }
  await expect.poll(() => countEvents(router, 'router.disconnected')).toBe(2);
  expect(await countEvents(router, 'router.connected')).toBe(2);
});
