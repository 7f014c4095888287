import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { configure, converse } from './conversation.ts';
import { createLab, whyNoLab } from './lab.ts';

const reason = whyNoLab();
const LINES = 100_000;
const LONGEST_CHUNK = 2_000;

/** What would leave a file, if any shell or awk took it for a command. */
const COMMANDS = ['$(touch /canary)', '`touch /canary`', ';touch /canary;', '|touch /canary'];
const hostile = fc.constantFrom(
  ...COMMANDS,
  '"; system("touch /canary"); "',
  "'",
  '"',
  '\\',
  '*',
  '~',
  '${IFS}',
  '&',
  '>/canary',
  '\r',
  '\0',
  '%n',
  '-e',
  '--',
);
const token = fc.oneof(
  fc.constantFrom('0', '1', '007', '999999999', '4294967296', '-', '', 'none', 'whitelist'),
  fc.constantFrom('02:00:00:00:00:02', '192.168.77.1', '256.1.1.1', '2001:db8:2::12', '::', ':::'),
  fc.nat().map(String),
  fc.integer({ min: 2, max: LONGEST_CHUNK }).map(String),
  hostile,
);
// `mode` is missing: no document of these is ever whole, so that none may change anything.
const verb = fc.constantFrom(
  'ping',
  'apply',
  'limit',
  'full',
  'block',
  'list',
  'end',
  'unlink',
  'PING',
  'server',
  'tick',
  'chunk',
  'more',
  'document',
  'refused',
  'waiting',
  'over',
  'netpilot',
);
const line = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(verb, fc.array(token, { maxLength: 4 }))
      .map(([word, rest]) => Buffer.from([word, ...rest].join(' '))),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(verb, hostile, token).map((parts) => Buffer.from(parts.join(''))),
  },
  {
    weight: 2,
    arbitrary: fc
      .uint8Array({ maxLength: 80 })
      .map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 10))),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 505, max: 2_000 })
      .map((length) => Buffer.from('ping 1'.padEnd(length, '1'))),
  },
);

describe.skipIf(reason)(`the agent's input${reason ? ` (not run: ${reason})` : ''}`, async () => {
  if (reason) return;
  const lab = await createLab(1);
  afterAll(() => lab[Symbol.asyncDispose]());
  configure(lab);

  it(`takes ${LINES} lines of anything, split anywhere: none is a command, none changes anything`, async () => {
    await using agent = converse(lab);
    await agent.expect(/^hello /);
    await agent.apply(3, 'mode none', 'limit -', 'full -', 'block 02:00:00:00:00:01');
    const rules = (await lab.router.run('nft', 'list', 'table', 'inet', 'netpilot')).stdout;
    const policy = readFileSync(`${lab.root}/etc/netpilot/policy`, 'utf8');
    const before = agent.heard.length;

    const lines = fc.sample(line, { numRuns: LINES, seed: 3 });
    const input = Buffer.concat(lines.flatMap((bytes) => [bytes, Buffer.from('\n')]));
    const sizes = fc.sample(fc.integer({ min: 1, max: 8_192 }), { numRuns: 2_000, seed: 3 });
    let start = 0;
    for (let i = 0; start < input.length; i++) {
      const end = start + (sizes[i % sizes.length] ?? 1);
      await agent.write(input.subarray(start, end));
      start = end;
    }
    // A chunk that has begun takes what follows.
    await agent.write(Buffer.from('x\n'.repeat(LONGEST_CHUNK)));
    agent.tell('ping 777777777', 'status 777777777');
    await agent.expect(/^pong 777777777$/);
    expect(await agent.expect(/^status 777777777 /)).toBe('status 777777777 3 intact nft');

    expect(agent.heard.length - before).toBeGreaterThan(LINES / 2);
    expect(agent.heard.slice(before).filter((said) => !UNDERSTOOD.test(said))).toStrictEqual([]);
    expect(existsSync(`${lab.root}/canary`)).toBe(false);
    expect((await lab.router.run('nft', 'list', 'table', 'inet', 'netpilot')).stdout).toBe(rules);
    expect(readFileSync(`${lab.root}/etc/netpilot/policy`, 'utf8')).toBe(policy);
  }, 600_000);

  it('does nothing with a line that has no end', async () => {
    const agent = converse(lab);
    await agent.expect(/^hello /);
    await agent.write(Buffer.from('ping 5'));
    await agent[Symbol.asyncDispose]();
    expect(agent.heard.join()).not.toContain('pong');
  });

  it('does not take a byte out of a line to make sense of it', async () => {
    await using agent = converse(lab);
    await agent.expect(/^hello /);
    for (const bytes of [
      'pi\0ng 5',
      'ping 5\r',
      'ping\t5',
      ' ping 5',
      'ping  5',
      'ping 5 ',
      'p\u00efng 5',
    ]) {
      await agent.write(Buffer.from(`${bytes}\n`));
      expect(await agent.expect(/^(pong|error)/)).toMatch(/^error /);
    }
  });
});

const UNDERSTOOD =
  /^(pong [1-9]\d{0,8}|refused (0|[1-9]\d{0,14}) (incomplete|invalid)|error (too-long|not-printable|unknown-verb|bad-token|unexpected)|event .*|status .*|(place|router|used?) .*)$/;
