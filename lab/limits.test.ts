import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { configure, converse, hello } from './conversation.ts';
import { type Client, createLab, install, INTERNET4, INTERNET6, whyNoLab } from './lab.ts';
import { eventually, queues, reaches, shareOf, throughput, WITHIN } from './probe.ts';

const reason = whyNoLab();
const RATE = 20_000_000;

const note = reason ? ` (not run: ${reason})` : '';

describe.skipIf(reason).for(['nft', 'tc'])(`rates by %s${note}`, async (limiter) => {
  if (reason) return;
  const lab = await createLab(2);
  configure(lab);
  if (limiter === 'tc') await install(lab, 'tc');
  const agent = converse(lab);
  afterAll(async () => {
    await agent[Symbol.asyncDispose]();
    await lab[Symbol.asyncDispose]();
  });
  const greeting = await agent.expect(/^hello /);
  const [one, two] = lab.clients;
  if (!one || !two) throw new Error('the lab has two clients');
  let revision = 0;
  const apply = (...document: string[]): Promise<void> => agent.apply(++revision, ...document);
  /** Applies a document, and waits until the device that it limits has a queue, if there are queues. */
  const limit = async (device: Client, ...document: string[]): Promise<void> => {
    await apply(...document);
    if (limiter === 'tc') await eventually(async () => (await queues(lab)).includes(device.mac));
  };
  afterEach(() => apply('mode none', 'limit -', 'full -'));

  it('is what the agent says it is', async () => {
    expect(greeting).toMatch(hello(0, 'none', limiter));
    await limit(one, 'mode blacklist', `limit ${RATE}`, 'full -', `list ${one.mac}`);
    agent.tell('status 1');
    expect(await agent.expect(/^status 1 /)).toBe(`status 1 ${revision} intact ${limiter}`);
  });

  it.each([
    ['up, by IPv4', INTERNET4, 'up'],
    ['down, by IPv4', INTERNET4, 'down'],
    ['up, by IPv6', INTERNET6, 'up'],
    ['down, by IPv6', INTERNET6, 'down'],
  ] as const)('the limit rate holds within 15 %%, %s', async (_, internet, direction) => {
    await limit(one, 'mode blacklist', `limit ${RATE}`, 'full -', `list ${one.mac}`);
    const share = await shareOf(RATE, () => throughput(one, internet, direction));
    expect(Math.abs(share - 1)).toBeLessThan(WITHIN);
  });

  it('a device that is not limited keeps the full rate', async () => {
    await limit(one, 'mode blacklist', `limit ${RATE}`, 'full -', `list ${one.mac}`);
    await expect.poll(() => throughput(two, INTERNET4, 'down')).toBeGreaterThan(10 * RATE);
    await expect.poll(() => throughput(two, INTERNET6, 'up')).toBeGreaterThan(10 * RATE);
  });

  it('a full rate holds for those who are not limited', async () => {
    await limit(two, 'mode whitelist', 'limit 1000000', `full ${RATE}`, `list ${two.mac}`);
    const share = await shareOf(RATE, () => throughput(two, INTERNET4, 'down'));
    expect(Math.abs(share - 1)).toBeLessThan(WITHIN);
  });

  it('a device has one rate, over all of its addresses', async () => {
    await limit(one, 'mode whitelist', `limit ${RATE}`, 'full -', `list ${two.mac}`);
    const other = lab.internet.start('iperf3', '-s', '-p', '5202');
    await eventually(async () => {
      const { code } = await lab.internet.run('sh', '-c', 'ss -ltn | grep -q :5202');
      return code === 0;
    });
    const share = await shareOf(RATE, async () => {
      const both = await Promise.all([
        throughput(one, INTERNET4, 'down'),
        throughput(one, INTERNET6, 'down', 5202),
      ]);
      return both[0] + both[1];
    });
    await other.kill();
    expect(Math.abs(share - 1)).toBeLessThan(WITHIN);
  });

  it('whitelist with a limit of 0: who is not listed has no traffic, who is has all', async () => {
    await apply('mode whitelist', 'limit 0', 'full -', `list ${two.mac}`);
    for (const internet of [INTERNET4, INTERNET6]) {
      expect(await reaches(one, internet)).toBe(false);
      expect(await reaches(two, internet)).toBe(true);
    }
    expect(await reaches(one, '192.168.77.1')).toBe(false);
    expect(await reaches(two, '192.168.77.1')).toBe(true);
    expect(await reaches(lab.router, one.ip6)).toBe(false);
    expect(await reaches(lab.router, two.ip6)).toBe(true);
    expect(await reaches(two, one.ip6)).toBe(false);
    await two.run('ip', 'address', 'add', '2001:db8:2::beef/64', 'dev', 'eth0', 'nodad');
    const own = ['ping', '-c', '1', '-W', '1', '-I', '2001:db8:2::beef', INTERNET6];
    expect((await two.run(...own)).code).toBe(0);
    await two.run('ip', 'address', 'del', '2001:db8:2::beef/64', 'dev', 'eth0');
  });

  it('blacklist with a limit of 0: who is listed has no traffic, who is not has all', async () => {
    await apply('mode blacklist', 'limit 0', 'full -', `list ${one.mac}`);
    for (const internet of [INTERNET4, INTERNET6]) {
      expect(await reaches(one, internet)).toBe(false);
      expect(await reaches(two, internet)).toBe(true);
    }
  });

  it('a list may go by address where no MAC is known', async () => {
    await apply('mode whitelist', 'limit 0', 'full -', `list ${await two.ip4()}`);
    expect(await reaches(two, INTERNET4)).toBe(true);
    expect(await reaches(two, INTERNET6)).toBe(false);
    expect(await reaches(one, INTERNET4)).toBe(false);
  });

  it('a block outweighs a list', async () => {
    await apply('mode whitelist', 'limit 0', 'full -', `list ${two.mac}`, `block ${two.mac}`);
    expect(await reaches(two, INTERNET4)).toBe(false);
  });
});
