/** Windows of time: they open and close by the time that the server says, on a router whose own clock may say anything. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { configure, converse } from './conversation.ts';
import { createLab, INTERNET4, INTERNET6, whyNoLab } from './lab.ts';
import { eventually, reaches } from './probe.ts';

const reason = whyNoLab();
const OPEN = ['mode none', 'limit -', 'full -'];
/** Any instant, as the server says it. */
const NOW = 1_900_000_000;
const DAY = 86_400;

describe.skipIf(reason)(`time in the lab${reason ? ` (not run: ${reason})` : ''}`, async () => {
  if (reason) return;
  const lab = await createLab(2);
  // Nobody answers there: a cloud that is away.
  configure(lab, 'host 203.0.113.99', 'port 2222');
  let agent = converse(lab);
  afterAll(async () => {
    await agent[Symbol.asyncDispose]();
    await lab[Symbol.asyncDispose]();
  });
  const [one, two] = lab.clients;
  if (!one || !two) throw new Error('the lab has two clients');
  await agent.expect(/^hello .* \S*\btime\b\S* \d+$/);
  let revision = 0;
  let id = 0;
  const apply = (...document: string[]) => agent.apply(++revision, ...OPEN, ...document);
  const clock = async (): Promise<string> => {
    agent.tell(`status ${++id}`);
    return (await agent.expect(new RegExp(`^status ${id} `))).split(' ').at(-1) ?? '';
  };
  const passes = () => reaches(one, INTERNET4);
  const table = async (): Promise<string> => {
    const { stdout } = await lab.router.run('nft', '-a', 'list', 'table', 'inet', 'netpilot');
    return /^table.*# handle (\d+)/.exec(stdout)?.[1] ?? '';
  };
  const clockSays = (epoch: number): void =>
    writeFileSync(`${lab.root}/usr/libexec/lab/clock`, `${epoch}\n`);
  /** The instant by which windows are as they are after a reboot. */
  const disk = (): number => Number(readFileSync(`${lab.root}/etc/netpilot/time`, 'utf8'));
  const hasStored = (epoch: number): Promise<void> =>
    eventually(() => Promise.resolve(disk() >= epoch && disk() < epoch + 60));
  /** What a reboot leaves: what is on the disk. */
  const reboot = async (): Promise<void> => {
    await agent[Symbol.asyncDispose]();
    await lab.router.run('nft', 'delete', 'table', 'inet', 'netpilot');
    rmSync(`${lab.root}/var/run/netpilot`, { recursive: true });
    rmSync(`${lab.root}/var/state`, { recursive: true, force: true });
    await lab.image.run('netpilot-agent', 'boot');
  };
  const meet = async (): Promise<void> => {
    agent = converse(lab);
    await agent.expect(/^hello /);
  };

  it('a document with windows holds nothing of them until the time is known', async () => {
    await apply(`window 1 ${NOW - DAY} ${NOW + DAY}`, `when 1 block ${one.mac}`);
    expect(await clock()).toBe('held');
    expect(await passes()).toBe(true);
    agent.tell(`time ${NOW}`);
    expect(await clock()).toBe('trusted');
    expect(await passes()).toBe(false);
  });

  it('a window opens and closes on time, and changes nothing but elements', async () => {
    agent.tell(`time ${NOW}`);
    const began = Date.now();
    await apply(
      `block ${two.mac}`,
      `window 7 ${NOW + 4} ${NOW + 9}`,
      `window 7 ${NOW + DAY} ${NOW + DAY + 9}`,
      `when 7 block ${one.mac}`,
    );
    const handle = await table();
    await eventually(async () => !(await passes()));
    expect(Date.now() - began).toBeGreaterThan(3_000);
    expect(await reaches(one, INTERNET6)).toBe(false);
    await eventually(passes);
    expect(Date.now() - began).toBeGreaterThan(8_000);
    expect(await reaches(two, INTERNET4)).toBe(false);
    expect(await table()).toBe(handle);
    expect(await clock()).toBe('trusted');
  });

  it('a window that opens or closes while its document is loaded is not missed', async () => {
    agent.tell(`time ${NOW}`);
    await apply(
      `window 1 ${NOW - DAY} ${NOW + 1}`,
      `window 2 ${NOW + 1} ${NOW + DAY}`,
      `when 1 block ${one.mac}`,
      `when 2 block ${two.mac}`,
    );
    await eventually(async () => (await passes()) && !(await reaches(two, INTERNET4)));
    expect(await clock()).toBe('trusted');
  });

  it('a correction of the time opens and closes windows', async () => {
    agent.tell(`time ${NOW + 2 * DAY}`);
    await eventually(() => reaches(two, INTERNET4));
    expect(await clock()).toBe('repeated');
    agent.tell(`time ${NOW - 5}`);
    await eventually(async () => !(await passes()));
    expect(await clock()).toBe('trusted');
  });

  it('a window opens and closes while the cloud is away', async () => {
    agent.tell(`time ${NOW}`);
    await apply(
      `window 1 ${NOW + 8} ${NOW + 16}`,
      `window 2 ${NOW + 3 * DAY} ${NOW + 4 * DAY}`,
      `when 1 block ${one.mac}`,
    );
    await agent[Symbol.asyncDispose]();
    const service = lab.image.start('netpilot-agent', 'run');
    expect(await passes()).toBe(true);
    await eventually(async () => !(await passes()));
    await eventually(passes);
    await service.kill();
    await meet();
    expect(await clock()).toBe('trusted');
  });

  it('after the last window, the last week repeats; what is said to hold once does not', async () => {
    agent.tell(`time ${NOW}`);
    const evenings = Array.from({ length: 14 }, (_, day) => NOW + day * DAY).map(
      (from) => `window 1 ${from} ${from + 3_600}`,
    );
    await apply(
      ...evenings,
      `window 2 ${NOW + 9 * DAY + 7_200} ${NOW + 9 * DAY + 10_800}`,
      'once 2',
      `when 1 block ${one.mac}`,
      `when 2 block ${one.mac}`,
    );
    const at = async (seconds: number): Promise<string> => {
      agent.tell(`time ${NOW + seconds}`);
      return `${await clock()}: ${(await passes()) ? 'open' : 'blocked'}`;
    };
    expect(await at(9 * DAY + 7_300)).toBe('trusted: blocked');
    expect(await at(15 * DAY + 3_500)).toBe('repeated: blocked');
    expect(await at(15 * DAY + 3_700)).toBe('repeated: open');
    expect(await at(16 * DAY + 7_300)).toBe('repeated: open');
    expect(await at(400 * DAY + 60)).toBe('repeated: blocked');
    const said = await lab.image.run('netpilot-agent', 'status');
    expect(said.stdout).toMatch(/last week repeats/);
    expect(await at(60)).toBe('trusted: blocked');
  });

  it('what held before a reboot holds until the time is known, whatever the clock says', async () => {
    agent.tell(`time ${NOW}`);
    await apply(
      `window 1 ${NOW - 600} ${NOW + 600}`,
      `window 2 ${NOW + 600} ${NOW + DAY}`,
      `when 1 block ${one.mac}`,
      `when 2 block ${two.mac}`,
    );
    await hasStored(NOW);
    for (const date of [0, NOW + 700]) {
      clockSays(date);
      await reboot();
      expect(await passes()).toBe(false);
      expect(await reaches(two, INTERNET4)).toBe(true);
      await meet();
      expect(await clock()).toBe('held');
    }
    expect((await lab.image.run('netpilot-agent', 'status')).stdout).toMatch(/held before/);
    agent.tell(`time ${NOW + 700}`);
    await eventually(async () => (await passes()) && !(await reaches(two, INTERNET4)));
    await hasStored(NOW + 700);
    await reboot();
    expect(await passes()).toBe(true);
    expect(await reaches(two, INTERNET4)).toBe(false);
    await meet();
  });

  it('without a server the clock is believed once NTP has set it, if it is not behind', async () => {
    await lab.image.run('mkdir', '-p', '/var/state');
    clockSays(86_400);
    await lab.image.run('touch', '/var/state/dnsmasqsec');
    await agent[Symbol.asyncDispose]();
    await meet();
    expect(await clock()).toBe('held');
    clockSays(NOW + 2 * DAY);
    await agent[Symbol.asyncDispose]();
    await meet();
    expect(await clock()).toBe('repeated');
    expect(await reaches(two, INTERNET4)).toBe(true);
  });

  it('is written to the disk when a window has opened or closed, and at no other time', async () => {
    agent.tell(`time ${NOW}`);
    await apply(`window 1 ${NOW - 5} ${NOW + 600}`, `when 1 block ${one.mac}`);
    await hasStored(NOW);
    const first = disk();
    for (const second of [20, 40, 60]) agent.tell(`time ${NOW + second}`);
    await clock();
    await apply(`window 1 ${NOW - 5} ${NOW + 600}`, `when 1 block ${two.mac}`);
    expect(disk()).toBe(first);
    agent.tell(`time ${NOW + 700}`);
    await hasStored(NOW + 700);
  });
});
