/** What a router's agent can do, and what it refuses of a policy, over real SSH. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { connectAgent, linkRouter, settle } from '../../testing/agent.ts';
import { createTestApp } from '../../testing/app.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

async function home() {
  const ann = await signIn();
  const router = await linkRouter(database, ann.userId);
  const base = `/api/v1/routers/${router.routerId}`;
  const { port } = await startTestCommandsServer(database);
  const get = async (url: string) => (await ann.request('GET', url)).json();
  return {
    ann,
    router,
    base,
    port,
    delivery: async () => (await get(`${base}/policy`)).delivery,
    presence: () => get(base),
    block: (device_ip: string) => ann.request('POST', `${base}/blocks`, { device_ip }),
  };
}

describe('a router that dials in', () => {
  test.each([
    ['of protocol 1', '1.2.0', undefined, []],
    ['that can nothing more', '2.0.0', '-', []],
    ['that can what we do not know, too', '9.0.0', 'chunks,cooking,time', ['chunks', 'time']],
  ])(
    'is seen to be able to do what its agent says: one %s',
    async (...[, version, features, seen]) => {
      const { router, port, presence } = await home();
      await settle(await connectAgent(port, router, { version, features }));
      expect(await presence()).toMatchObject({
        agent_version: version,
        agent_features: seen,
        is_agent_old: version === '1.2.0',
      });
    },
  );
});

describe('a change', () => {
  test('that makes the policy too long for an old agent is not sent, and says why', async () => {
    const { ann, router, base, port, delivery } = await home();
    const agent = await connectAgent(port, router, { version: '1.2.0', features: undefined });
    await settle(agent);
    await tenantTransaction(database.service, ann.userId, (transaction) =>
      sql`insert into user_blacklists (user_id, router_id, device_ip)
        select ${ann.userId}::uuid, ${router.routerId}, '10.0.0.0'::inet + i
        from generate_series(1, 17000) i`.execute(transaction),
    );
    await ann.request('PATCH', `${base}/policy`, { mode: 'blacklist' });
    await expect.poll(delivery).toMatchObject({
      state: 'pending',
      reason_code: 'refused_too_long',
      reason: expect.stringContaining('updates the agent'),
    });
    expect(agent.documents).toHaveLength(1);
    const updated = await connectAgent(port, router, { revision: 1, features: 'chunks' });
    await expect
      .poll(() => updated.heard.filter((line) => line.startsWith('chunk ')).length)
      .toBeGreaterThan(1);
  });

  test('of which the router refuses a line holds but for that one, and says which', async () => {
    const { router, port, block, delivery } = await home();
    const agent = await connectAgent(port, router, { features: 'partial' });
    await settle(agent);
    agent.judge = (revision, document) => {
      for (const line of document.slice(3, 4))
        agent.say(`refusal ${revision} nft ${encodeURIComponent(line)}`);
      return `applied ${revision}`;
    };
    await block('10.0.0.20');
    await block('10.0.0.21');
    await expect.poll(delivery).toEqual({
      state: 'partial',
      policy_revision: 3,
      applied_revision: 3,
      refused: [
        {
          rule: 'block',
          address: '10.0.0.20',
          device_id: null,
          reason_code: 'nft',
          reason: 'Its firewall does not accept this address.',
        },
      ],
      reason_code: 'partial',
      reason: 'The router has applied the rest, but cannot do this: block 10.0.0.20.',
    });
    agent.judge = (revision) => `applied ${revision}`;
    await block('10.0.0.22');
    await expect.poll(delivery).toMatchObject({ state: 'applied' });
  });

  test('of which the router refuses a line that nobody sent ends the connection', async () => {
    const { router, port, block, delivery } = await home();
    const agent = await connectAgent(port, router, { features: 'partial' });
    await settle(agent);
    agent.judge = (revision) => `refusal ${revision} nft block%2010.9.9.9`;
    await block('10.0.0.20');
    await agent.ended;
    expect(await delivery()).toMatchObject({ state: 'pending' });
  });
});
