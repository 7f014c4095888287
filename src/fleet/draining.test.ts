/** A node that stops, with others and without. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectAgent, linkRouter, settle } from '../../testing/agent.ts';
import { createTestApp } from '../../testing/app.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { findLivingNodes } from '../routers/leases.ts';
import { findBackIn, sendElsewhere } from './draining.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

const DEVICES = ['02:00:00:00:00:01 10.0.0.1 online phone'];

async function home() {
  const ann = await signIn();
  const router = await linkRouter(database, ann.userId);
  const server = await startTestCommandsServer(database);
  const agent = await connectAgent(server.port, router, { features: 'redial', devices: DEVICES });
  await settle(agent);
  const wasAsked = () => agent.heard.includes('redial');
  /** What was said of it, and of its devices. */
  const said = async () => {
    const events = await tenantTransaction(database.service, ann.userId, (transaction) =>
      transaction.selectFrom('events').select('type').orderBy('number').execute(),
    );
    return events.map(({ type }) => type);
  };
  await expect.poll(said).toContain('device.discovered');
  return { router, server, agent, wasAsked, said };
}

describe('a node that stops', () => {
  test('sends its routers to another that lives, and takes nothing from them until they are there', async () => {
    const { router, server, agent, wasAsked } = await home();
    const other = await startTestCommandsServer(database);
    const drained = server.drain();
    expect(server.isDraining()).toBe(true);
    const states = async () => (await findLivingNodes(database.service)).map(({ state }) => state);
    await expect.poll(states).toEqual(expect.arrayContaining(['draining', 'ready']));
    await agent.until(wasAsked);
    expect(agent.isEnded()).toBe(false);
    const sent = server.connections.held();
    expect(sent).toHaveLength(1);
    const findBack = findBackIn(database.service);
    expect(await findBack(sent)).toEqual(new Set());
    const newer = await connectAgent(other.port, router, { revision: 1, state: 'intact' });
    await expect
      .poll(() => findBack(sent))
      .toEqual(new Set(sent.map(({ connection_id }) => connection_id)));
    await drained;
    await agent.ended;
    await server.stop();
    expect(newer.isEnded()).toBe(false);
    expect(await states()).toEqual(['ready']);
  });

  test.each([
    ['has not been away if it is there in a moment', true],
    ['is away if it is not', false],
  ])('a router that it sends elsewhere %s', async (_what, comes) => {
    const { router, server, agent, wasAsked, said } = await home();
    const other = await startTestCommandsServer(database);
    const before = await said();
    const drained = server.drain();
    await agent.until(wasAsked);
    agent.client.end();
    await agent.ended;
    if (comes) await connectAgent(other.port, router, { revision: 1, state: 'intact' });
    await drained;
    await server.stop();
    const since = comes ? ['router.connected'] : ['router.disconnected'];
    expect((await said()).slice(before.length)).toEqual(since);
  });

  test('keeps its routers until the end if nobody else would take them', async () => {
    const { server, agent, wasAsked } = await home();
    await server.drain();
    expect(server.isDraining()).toBe(true);
    expect(wasAsked()).toBe(false);
    const stopped = server.stop();
    await agent.until(wasAsked);
    agent.client.end();
    await stopped;
  });
});

describe('1,000 routers', () => {
  beforeEach(
    () =>
      void vi.useFakeTimers({
        toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
      }),
  );
  afterEach(() => void vi.useRealTimers());
  const held = (n: number) => ({
    user_id: 'ann',
    router_id: `r${n}`,
    connection_id: `c${n}`,
    fingerprint: null,
  });

  test('go as fast as they arrive, 25 at a time', async () => {
    let left = Array.from({ length: 1_000 }, (_, n) => held(n));
    const asked: string[] = [];
    const back = new Set<string>();
    const letGo: boolean[] = [];
    let most = 0;
    const connections = {
      held: () => left,
      size: () => left.length,
      leave: ({ router_id }: { router_id: string }) => {
        asked.push(router_id);
        most = Math.max(most, asked.length - back.size);
      },
      letGo: (_: unknown, isElsewhere: boolean) => void letGo.push(isElsewhere),
    };
    // Elsewhere they log in one after the other, 100 a second.
    const arriving = setInterval(() => {
      const next = asked[back.size]?.replace('r', 'c');
      if (next !== undefined) back.add(next);
    }, 10);
    const drained = sendElsewhere(connections, () => Promise.resolve(back));
    await vi.advanceTimersByTimeAsync(7_000);
    expect(most).toBeLessThanOrEqual(25);
    expect(back.size).toBeGreaterThan(300);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(back.size).toBe(1_000);
    expect(letGo).toEqual(Array.from({ length: 1_000 }, () => true));
    left = [];
    await vi.advanceTimersByTimeAsync(100);
    await drained;
    clearInterval(arriving);
  });

  test('are all sent within a minute, though nobody says that any has arrived', async () => {
    const asked: string[] = [];
    const connections = {
      held: () => Array.from({ length: 1_000 }, (_, n) => held(n)),
      size: () => 1_000,
      leave: ({ router_id }: { router_id: string }) => void asked.push(router_id),
      letGo: () => undefined,
    };
    const drained = sendElsewhere(connections, () => Promise.resolve(new Set()));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked.length).toBeLessThan(400);
    await vi.advanceTimersByTimeAsync(52_000);
    expect(new Set(asked).size).toBe(1_000);
    await vi.advanceTimersByTimeAsync(11_000);
    await drained;
  });

  test('of which nobody can say anything go at 200 a second, each asked once, after the balancer has noticed', async () => {
    let left = Array.from({ length: 1_000 }, (_, n) => held(n));
    const asked: string[] = [];
    const drained = sendElsewhere({
      held: () => left,
      size: () => left.length,
      leave: ({ router_id }) => void asked.push(router_id),
      letGo: () => undefined,
    });
    await vi.advanceTimersByTimeAsync(1_900);
    expect(asked).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(asked.length).toBeGreaterThan(150);
    expect(asked.length).toBeLessThanOrEqual(210);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(new Set(asked).size).toBe(1_000);
    expect(asked).toHaveLength(1_000);
    left = [];
    await vi.advanceTimersByTimeAsync(100);
    await drained;
  });

  test('stay once they need not go any more', async () => {
    const all = Array.from({ length: 1_000 }, (_, n) => held(n));
    const asked: string[] = [];
    let isWanted = true;
    const connections = {
      held: () => all,
      size: () => all.length,
      leave: ({ router_id }: { router_id: string }) => void asked.push(router_id),
      letGo: () => undefined,
    };
    const drained = sendElsewhere(connections, undefined, () => isWanted);
    await vi.advanceTimersByTimeAsync(2_500);
    isWanted = false;
    const before = asked.length;
    await vi.advanceTimersByTimeAsync(5_000);
    await drained;
    expect(before).toBeGreaterThan(0);
    expect(asked).toHaveLength(before);
  });

  test('that do not go are not waited for without end', async () => {
    const drained = sendElsewhere({
      held: () => [held(1)],
      size: () => 1,
      leave: () => undefined,
      letGo: () => undefined,
    });
    await vi.advanceTimersByTimeAsync(13_000);
    await expect(drained).resolves.toBeUndefined();
  });
});
