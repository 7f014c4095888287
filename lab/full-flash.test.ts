/** A router whose flash is full: what it holds goes on holding, and it says what it could not store. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { configure, converse } from './conversation.ts';
import { createLab, INTERNET4, whyNoLab } from './lab.ts';
import { onRouter } from './move-in.ts';
import { eventually, reaches } from './probe.ts';

const reason = whyNoLab();
const OPEN = ['mode none', 'limit -', 'full -'];
const NOW = 1_900_000_000;

describe.skipIf(reason)(`a full flash${reason ? ` (not run: ${reason})` : ''}`, async () => {
  if (reason) return;
  const lab = await createLab(2);
  const etc = '/mnt/router/etc/netpilot';
  await onRouter(lab, `mkdir -p ${etc}`);
  // From outside: each command there has a view of the mounts that is its own.
  const [, first = ''] = /^\/proc\/(\d+)\//.exec(lab.root) ?? [];
  const mount = ['mount', '-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', etc];
  await promisify(execFile)('nsenter', ['-t', first, '-m', ...mount]);
  configure(lab);
  const [one, two] = lab.clients;
  if (!one || !two) throw new Error('the lab has two clients');
  let agent = converse(lab);
  afterAll(async () => {
    await agent[Symbol.asyncDispose]();
    await lab[Symbol.asyncDispose]();
  });
  await agent.expect(/^hello /);
  const fill = () => onRouter(lab, `cat /dev/zero >${etc}/filler 2>/dev/null || :`);
  const free = () => onRouter(lab, `rm ${etc}/filler`);
  const stored = (file: string) => readFileSync(`${lab.root}/etc/netpilot/${file}`, 'utf8');
  const left = async () => (await lab.router.run('ls', etc)).stdout.trim().split('\n');
  const send = async (revision: number, ...document: string[]) => {
    const lines = [...OPEN, ...document];
    agent.tell(`apply ${revision} ${lines.length}`, ...lines, `end ${revision}`);
    return agent.expect(/^(applied|refused) /);
  };

  it('takes no document that it cannot store, says so, and does what it did', async () => {
    expect(await send(1, `block ${one.mac}`)).toBe('applied 1');
    await fill();
    const before = { policy: stored('policy'), config: stored('config'), left: await left() };
    expect(await send(2, `block ${two.mac}`)).toBe('refused 2 storage');
    expect(await reaches(one, INTERNET4)).toBe(false);
    expect(await reaches(two, INTERNET4)).toBe(true);
    expect((await lab.image.run('netpilot-agent', 'updates', 'on')).code).toBe(1);
    expect({ policy: stored('policy'), config: stored('config'), left: await left() }).toEqual(
      before,
    );
    agent.tell('status 1');
    expect(await agent.expect(/^status 1 /)).toBe('status 1 1 intact nft');
  });

  it('does the same after a restart, and takes the document once there is room', async () => {
    await agent[Symbol.asyncDispose]();
    await lab.router.run('nft', 'delete', 'table', 'inet', 'netpilot');
    rmSync(`${lab.root}/var/run/netpilot`, { recursive: true });
    await lab.image.run('netpilot-agent', 'boot');
    agent = converse(lab);
    expect(await agent.expect(/^hello /)).toMatch(/ 1 intact .* 1$/);
    expect(await reaches(one, INTERNET4)).toBe(false);
    await free();
    expect(await send(2, `block ${two.mac}`)).toBe('applied 2');
    expect(await reaches(two, INTERNET4)).toBe(false);
    expect(stored('policy')).toContain(`block ${two.mac}`);
  });

  it('opens and closes windows all the same, and stores when one did once there is room', async () => {
    agent.tell(`time ${NOW}`);
    await send(3, `window 1 ${NOW - 9} ${NOW + 99}`, `when 1 block ${one.mac}`);
    await eventually(() => Promise.resolve(existsSync(`${lab.root}/etc/netpilot/time`)));
    await fill();
    agent.tell(`time ${NOW + 200}`);
    await eventually(() => reaches(one, INTERNET4));
    expect(Number(stored('time'))).toBeLessThan(NOW + 99);
    // It is there for a moment whenever the agent tries again.
    await eventually(async () => !(await left()).includes('time.new'));
    await free();
    await eventually(() => Promise.resolve(Number(stored('time')) >= NOW + 200));
    expect(await left()).toEqual(['config', 'policy', 'time']);
  });
});
