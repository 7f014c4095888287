/** A node that stops, with others and without. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectAgent, linkRouter, settle } from '../../testing/agent.ts';
import { createTestApp } from '../../testing/app.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { findLivingNodes } from '../routers/leases.ts';
import { sendElsewhere } from './draining.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

async function home() {
  const ann = await signIn();
  const router = await linkRouter(database, ann.userId);
  const server = await startTestCommandsServer(database);
  const agent = await connectAgent(server.port, router, { features: 'redial' });
  await settle(agent);
  const wasAsked = () => agent.heard.includes('redial');
  return { router, server, agent, wasAsked };
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
    const newer = await connectAgent(other.port, router, { revision: 1, state: 'intact' });
    await settle(newer);
    await drained;
    await agent.ended;
    await server.stop();
    expect(newer.isEnded()).toBe(false);
    expect(await states()).toEqual(['ready']);
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
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());
  const held = (n: number) => ({
    user_id: 'ann',
    router_id: `r${n}`,
    connection_id: `c${n}`,
    fingerprint: null,
  });

  test('go at 200 a second, each asked once, after the balancer has noticed', async () => {
    let left = Array.from({ length: 1_000 }, (_, n) => held(n));
    const asked: string[] = [];
    const drained = sendElsewhere({
      held: () => left,
      size: () => left.length,
      leave: ({ router_id }) => void asked.push(router_id),
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
    };
    const drained = sendElsewhere(connections, () => isWanted);
    await vi.advanceTimersByTimeAsync(2_500);
    isWanted = false;
    const before = asked.length;
    await vi.advanceTimersByTimeAsync(5_000);
    await drained;
    expect(before).toBeGreaterThan(0);
    expect(asked).toHaveLength(before);
  });

  test('that do not go are not waited for without end', async () => {
    const drained = sendElsewhere({ held: () => [held(1)], size: () => 1, leave: () => undefined });
    await vi.advanceTimersByTimeAsync(13_000);
    await expect(drained).resolves.toBeUndefined();
  });
});
