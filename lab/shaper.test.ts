import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { configure, converse } from './conversation.ts';
import { createLab, install, INTERNET4, whyNoLab } from './lab.ts';
import { eventually, queues, shareOf, throughput, WITHIN } from './probe.ts';

const reason = whyNoLab();
const RATE = 20_000_000;
/** A root qdisc as another shaper of the router would set it up; this kernel has no cake. */
const FOREIGN = 'root handle 7: tbf rate 10gbit burst 10mb latency 50ms'.split(' ');

describe.skipIf(reason)(`the shaper${reason ? ` (not run: ${reason})` : ''}`, async () => {
  if (reason) return;
  const lab = await createLab(2);
  afterAll(() => lab[Symbol.asyncDispose]());
  configure(lab);
  await install(lab, 'tc');
  const tc = async (...command: string[]): Promise<string> => {
    const { code, stdout, stderr } = await lab.router.run('tc', ...command);
    if (code !== 0) throw new Error(`tc ${command.join(' ')}: ${stderr}`);
    return stdout;
  };
  const classesOf = (way: string): Promise<string> => tc('class', 'show', 'dev', way);
  const before = await tc('qdisc', 'show');
  const agent = converse(lab);
  await agent.expect(/^hello /);
  const [one, two] = lab.clients;
  if (!one || !two) throw new Error('the lab has two clients');
  let revision = 0;
  const status = async (): Promise<string> => {
    agent.tell('status 1');
    return agent.expect(/^status 1 /);
  };
  /** Whether the agent has put all that it wants to tc: until then it does so unasked, whatever somebody deletes. */
  const isShaped = (): boolean => {
    const run = `${lab.root}/var/run/netpilot`;
    return readFileSync(`${run}/queues`, 'utf8') === readFileSync(`${run}/queues.loaded`, 'utf8');
  };
  /** Limits devices, and waits until they have queues of that rate. */
  const limit = async (devices: string[], rate = RATE): Promise<void> => {
    const lists = devices.map((mac) => `list ${mac}`);
    await agent.apply(++revision, 'mode blacklist', `limit ${rate}`, 'full -', ...lists);
    const classes = devices.map(
      (mac) => new RegExp(`4e50:${mac.slice(-1)} .* rate ${rate / 1_000_000}Mbit`),
    );
    await eventually(async () => {
      const [there, lan, wan] = [
        await queues(lab),
        await classesOf('br-lan'),
        await classesOf('wan'),
      ];
      return (
        isShaped() &&
        devices.every((mac) => there.includes(mac)) &&
        classes.every((pattern) => pattern.test(lan) && pattern.test(wan))
      );
    });
    // It answers when it is done with what it was at.
    await eventually(async () => (await status()) === `status 1 ${revision} intact tc`);
  };
  /** Lifts every limit, and waits until no queue is left. */
  const lift = async (): Promise<void> => {
    await agent.apply(++revision, 'mode none', 'limit -', 'full -');
    await eventually(async () => (await status()) === `status 1 ${revision} intact tc`);
    await eventually(async () => (await tc('qdisc', 'show')) === before);
  };
  const upload = (): Promise<number> => shareOf(RATE, () => throughput(one, INTERNET4, 'up'));
  beforeEach(() => limit([one.mac]));

  it('has a queue for each limited device, on the LAN and where the way leads out', async () => {
    for (const way of ['br-lan', 'wan']) {
      expect((await classesOf(way)).match(/4e50:\w+/g)?.toSorted()).toEqual([
        '4e50:1',
        '4e50:ffff',
      ]);
    }
  });

  it('keeps what a queue holds and counts when another device, or a block, comes and goes', async () => {
    await upload();
    const counted = (await tc('-s', 'class', 'show', 'dev', 'wan', 'classid', '4e50:1')).match(
      /leaf \w+:|Sent \d+/g,
    );
    expect(Number(counted?.[1]?.slice(5))).toBeGreaterThan(1_000_000);
    await limit([one.mac, two.mac]);
    const document = ['mode blacklist', `limit ${RATE}`, 'full -', `list ${one.mac}`];
    await agent.apply(++revision, ...document, 'block 02:00:00:00:00:77');
    const later = await tc('-s', 'class', 'show', 'dev', 'wan', 'classid', '4e50:1');
    expect(later.match(/leaf \w+:/)?.[0]).toBe(counted?.[0]);
    expect(Number(/Sent (\d+)/.exec(later)?.[1])).toBeGreaterThanOrEqual(
      Number(counted?.[1]?.slice(5)),
    );
  });

  it('follows another rate', async () => {
    await limit([one.mac], 2 * RATE);
    expect(await classesOf('wan')).not.toMatch(/4e50:1 .* rate 20Mbit/);
  });

  it('leaves an interface alone that somebody else shapes, and limits there as without it', async () => {
    // In one step: what is deleted first, the agent may put back before another can come.
    await tc('qdisc', 'replace', 'dev', 'wan', ...FOREIGN);
    await eventually(async () => !(await queues(lab)).includes('"wan"'));
    const foreign = await tc('qdisc', 'show', 'dev', 'wan');
    expect(foreign).toContain('tbf 7:');
    expect(Math.abs((await upload()) - 1)).toBeLessThan(WITHIN);
    expect(await status()).toBe(`status 1 ${revision} drifted tc`); // br-lan has its queues
    await tc('qdisc', 'replace', 'dev', 'br-lan', ...FOREIGN);
    await eventually(async () => (await queues(lab)) === '');
    expect(await status()).toBe(`status 1 ${revision} drifted nft`);
    const share = await shareOf(RATE, () => throughput(one, INTERNET4, 'down'));
    expect(Math.abs(share - 1)).toBeLessThan(WITHIN);
    expect(await tc('qdisc', 'show', 'dev', 'wan')).toBe(foreign);
    for (const way of ['br-lan', 'wan']) await tc('qdisc', 'del', 'dev', way, 'root');
    await lift();
  });

  it('is found missing when somebody deleted a qdisc, and comes back', async () => {
    await tc('qdisc', 'del', 'dev', 'wan', 'root');
    expect(await status()).toBe(`status 1 ${revision} drifted tc`);
    await eventually(async () => (await tc('qdisc', 'show', 'dev', 'wan')).includes('4e50:'));
    await limit([one.mac]);
    expect(await status()).toBe(`status 1 ${revision} intact tc`);
    expect(Math.abs((await upload()) - 1)).toBeLessThan(WITHIN);
  });

  it('leaves the limit to the table where an interface is not what it was', async () => {
    await lab.router.run('ip', 'route', 'del', 'default');
    await lab.router.run('ip', '-6', 'route', 'del', 'default');
    await eventually(async () => !(await queues(lab)).includes('"wan"'));
    expect(Math.abs((await upload()) - 1)).toBeLessThan(WITHIN);
    await lab.router.run('ip', 'route', 'add', 'default', 'via', INTERNET4);
    await eventually(async () => (await queues(lab)).includes('"wan"'));
    expect(await status()).toBe(`status 1 ${revision} intact tc`);
  });

  it('leaves the limit to the table where tc is gone', async () => {
    rmSync(`${lab.root}/usr/sbin/tc`);
    await tc('qdisc', 'del', 'dev', 'wan', 'root');
    await tc('qdisc', 'del', 'dev', 'br-lan', 'root');
    await eventually(async () => (await queues(lab)) === '');
    expect(await status()).toBe(`status 1 ${revision} drifted nft`);
    expect(Math.abs((await upload()) - 1)).toBeLessThan(WITHIN);
    await install(lab, 'tc');
    await lift();
  });

  it('is away where no rate is in force', async () => {
    await lift();
    expect(await tc('qdisc', 'show')).toBe(before);
  });

  it('is away after unlinking', async () => {
    expect(await tc('qdisc', 'show')).toContain('htb 4e50:');
    agent.tell('unlink 02:77:00:00:00:01');
    await agent.expect(/^unlinked$/);
    expect(await tc('qdisc', 'show')).toBe(before);
  });
});
