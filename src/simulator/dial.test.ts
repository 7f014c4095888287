import { describe, expect, onTestFinished, test } from 'vitest';
import { startSshServer } from '../../testing/ssh-server.ts';
import { createAgent } from './agent.ts';
import { type DialOptions, dial } from './dial.ts';
import { createHome } from './home.ts';
import { makeIdentity } from './identity.ts';

const { access, nextCaller } = await startSshServer();

function start(overrides: Partial<DialOptions> = {}) {
  const identity = makeIdentity(1);
  const agent = createAgent(createHome(1, 2));
  const router = dial({ access, privateKey: identity.private_key, agent, ...overrides });
  onTestFinished(router.stop);
  return { identity, agent, router };
}

describe('a simulated router', () => {
  test('dials in as the real one does, and says hello first', async () => {
    const { identity, agent } = start();
    const caller = await nextCaller();
    expect(caller).toMatchObject({ username: 'netpilot', command: 'netpilot 2' });
    expect(`ssh-ed25519 ${caller.key}`).toBe(identity.public_key);
    expect(await caller.hear()).toBe(agent.hello());
    caller.say('ping 1');
    expect(await caller.hear()).toBe('pong 1');
  });

  test('tells what happens in its home', async () => {
    const { router } = start();
    const caller = await nextCaller();
    await caller.hear();
    for (let round = 0; round < 20; round += 1) router.live();
    expect(await caller.hear()).toMatch(/^event (online|offline) /);
  });

  test('does not act on a line that is too long, or is not text', async () => {
    start();
    const caller = await nextCaller();
    await caller.hear();
    caller.say(`ping ${'1'.repeat(600)}`);
    expect(await caller.hear()).toBe('error too-long');
    caller.say('ping 1\u0000');
    expect(await caller.hear()).toBe('error not-printable');
    caller.say('ping 2');
    expect(await caller.hear()).toBe('pong 2');
  });

  test('comes back when the connection ends, with what it was told', async () => {
    start();
    const first = await nextCaller();
    await first.hear();
    first.say('apply 4 3\nmode none\nlimit -\nfull -\nend 4');
    expect(await first.hear()).toBe('applied 4');
    first.hangUp();
    expect(await (await nextCaller()).hear()).toContain(' 4 intact ');
  });

  test('dials anew at once when the server says so', async () => {
    const ends: number[] = [];
    start({ onChange: (change) => ends.push(change === 'disconnected' ? 1 : 0) });
    const first = await nextCaller();
    await first.hear();
    first.say('redial');
    expect(await (await nextCaller()).hear()).toMatch(/^hello /);
    expect(ends.slice(0, 2)).toEqual([0, 1]);
  });

  test('does not come back when it is told to leave', async () => {
    const { promise: left, resolve } = Promise.withResolvers<void>();
    const { agent } = start({ onChange: (change) => change === 'disconnected' && resolve() });
    const caller = await nextCaller();
    await caller.hear();
    caller.say('unlink 94:83:c4:00:00:01');
    expect(await caller.hear()).toBe('unlinked');
    await left;
    expect(agent.isUnlinked()).toBe(true);
  });

  test('says nothing to a server that has another key than the one it was linked with', async () => {
    const { promise: refused, resolve } = Promise.withResolvers<string | undefined>();
    start({
      access: { ...access, hostKeys: [makeIdentity(2).public_key] },
      onChange: (change, reason) => change === 'disconnected' && resolve(reason),
    });
    expect(await refused).toContain('verification');
  });
});
