/** Rates of one device: each direction by itself, by MAC and by address, whatever the mode, and in windows of time. */
import { afterAll, describe, expect, it } from 'vitest';
import { configure, converse } from './conversation.ts';
import { type Client, createLab, install, INTERNET4, INTERNET6, whyNoLab } from './lab.ts';
import { eventually, queues, reaches, shareOf, throughput, WITHIN } from './probe.ts';

const reason = whyNoLab();
const DOWN = 20_000_000;
const UP = 8_000_000;
const NOW = 1_900_000_000;

const note = reason ? ` (not run: ${reason})` : '';

describe.skipIf(reason).for(['nft', 'tc'])(`rates of a device by %s${note}`, async (limiter) => {
  if (reason) return;
  const lab = await createLab(2);
  configure(lab);
  if (limiter === 'tc') await install(lab, 'tc');
  const agent = converse(lab);
  afterAll(async () => {
    await agent[Symbol.asyncDispose]();
    await lab[Symbol.asyncDispose]();
  });
  await agent.expect(/^hello .* \S*\brates\b\S* \d+$/);
  const [one, two] = lab.clients;
  if (!one || !two) throw new Error('the lab has two clients');
  for (const port of ['5202', '5203']) lab.internet.start('iperf3', '-s', '-p', port);
  await eventually(async () => {
    const { stdout } = await lab.internet.run('ss', '-ltn');
    return stdout.includes(':5202 ') && stdout.includes(':5203 ');
  });
  let revision = 0;
  const apply = (...document: string[]): Promise<void> => agent.apply(++revision, ...document);
  const isQueued = async (device: Client): Promise<void> => {
    if (limiter === 'tc') await eventually(async () => (await queues(lab)).includes(device.mac));
  };
  const listing = async (): Promise<string> =>
    (await lab.router.run('nft', '-s', 'list', 'table', 'inet', 'netpilot')).stdout;
  /** As the table names buckets. */
  const bucket = (address: string): string => address.replaceAll(/[:.]/g, '_');
  const expectShare = (share: number) => expect(Math.abs(share - 1)).toBeLessThan(WITHIN);

  it('hold in place of those of the mode: by MAC for all addresses together, by address, each direction by itself', async () => {
    await apply(
      'mode whitelist',
      'limit 0',
      'full 1000000',
      `list ${two.mac}`,
      `rate ${one.mac} ${DOWN} -`,
      `rate ${await two.ip4()} - ${UP}`,
    );
    await isQueued(one);
    const [down, up] = await Promise.all([
      shareOf(DOWN, async () => {
        const both = await Promise.all([
          throughput(one, INTERNET4, 'down'),
          throughput(one, INTERNET6, 'down', 5202),
        ]);
        return both[0] + both[1];
      }),
      shareOf(UP, () => throughput(two, INTERNET4, 'up', 5203)),
    ]);
    expectShare(down);
    expectShare(up);
    const limits = await listing();
    expect(limits).not.toContain(`limit np_up_${bucket(one.mac)}`);
    expect(limits).not.toContain(`limit np_down_${bucket(await two.ip4())}`);
  });

  it('hold while a window is open, which changes elements and nothing else', async () => {
    agent.tell(`time ${NOW}`);
    await apply(
      'mode none',
      'limit -',
      'full -',
      `rate ${one.mac} - 9000000000`,
      `rate ${await two.ip4()} ${DOWN} -`,
      `window 1 ${NOW + 600} ${NOW + 1_200}`,
      `window 1 ${NOW + 900_000} ${NOW + 900_001}`,
      `when 1 rate ${one.mac} - ${UP}`,
    );
    await isQueued(one);
    const isOpen = async (): Promise<boolean> =>
      (await listing()).includes(`: "np_up_${bucket(one.mac)}_${UP}"`);
    const tables = async (): Promise<string> =>
      (await lab.router.run('nft', '-a', 'list', 'tables')).stdout;
    const before = await tables();
    expect(await isOpen()).toBe(false);
    agent.tell(`time ${NOW + 600}`);
    await eventually(isOpen);
    const [up, down] = await Promise.all([
      shareOf(UP, () => throughput(one, INTERNET6, 'up')),
      shareOf(DOWN, () => throughput(two, INTERNET4, 'down', 5202)),
    ]);
    expectShare(up);
    expectShare(down);
    agent.tell(`time ${NOW + 1_200}`);
    await eventually(async () => !(await isOpen()));
    expect(await tables()).toBe(before);
  });

  it('of 0 let nothing pass: in both directions they are a block, in one that one', async () => {
    const open = ['mode none', 'limit -', 'full -'];
    await apply(...open, `rate ${one.mac} 0 0`, `rate ${two.mac} - 0`);
    expect(await reaches(one, INTERNET4)).toBe(false);
    expect(await reaches(one, '192.168.77.1')).toBe(false);
    expect(await reaches(two, INTERNET4)).toBe(false);
    expect(await reaches(two, INTERNET6)).toBe(false);
    expect(await reaches(two, '192.168.77.1')).toBe(true);
    await apply(...open, `rate ${two.mac} 0 -`);
    expect(await reaches(one, INTERNET4)).toBe(true);
    expect(await reaches(two, INTERNET4)).toBe(false);
    await apply(...open);
    expect(await reaches(two, INTERNET6)).toBe(true);
  });

  it('let through who would get nothing in this mode, and a block outweighs them', async () => {
    await apply('mode whitelist', 'limit 0', 'full -', `rate ${one.mac} - -`);
    expect(await reaches(one, INTERNET6)).toBe(true);
    expect(await reaches(one, '192.168.77.1')).toBe(true);
    expect(await reaches(two, INTERNET4)).toBe(false);
    await apply('mode none', 'limit -', 'full -', `rate ${one.mac} - -`, `block ${one.mac}`);
    expect(await reaches(one, INTERNET6)).toBe(false);
  });
});
