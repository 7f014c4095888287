/** Documents that are long, and documents with something in them that can't be taken, from the server's own side, with packets. */
import { appendFileSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { OPEN_DOCUMENT } from '../src/policy/document.ts';
import { startAgent } from './agent-session.ts';
import { configure, converse } from './conversation.ts';
import { createLab, INTERNET4, type Lab, whyNoLab } from './lab.ts';
import { eventually, reaches } from './probe.ts';

const reason = whyNoLab();
const note = reason ? ` (not run: ${reason})` : '';
const LINES = ['mode none', 'limit -', 'full -'];
const ENTRIES = 100_000;
const DEVICES = 3_000;
const hex = (byte: number) => byte.toString(16).padStart(2, '0');

async function prepare() {
  const lab = await createLab(2);
  configure(lab);
  const [one, two] = lab.clients;
  if (!one || !two) throw new Error('the lab has two clients');
  return { lab, one, two };
}

describe.skipIf(reason)(`a long document${note}`, async () => {
  if (reason) return;
  const { lab, one, two } = await prepare();
  const agent = await startAgent(lab);
  const { session } = agent;
  afterAll(async () => {
    await agent[Symbol.asyncDispose]();
    await lab[Symbol.asyncDispose]();
  });
  const many = Array.from(
    { length: ENTRIES - 1 },
    (_, index) => `06:00:00:${hex(index >> 16)}:${hex((index >> 8) % 256)}:${hex(index % 256)}`,
  );

  it(`of ${ENTRIES} entries holds, and a status is answered while it arrives`, async () => {
    const done: string[] = [];
    const whitelist = { ...OPEN_DOCUMENT, mode: 'whitelist', limit: 0, listed: [...many, one.mac] };
    const applying = session.apply(1, whitelist).finally(() => done.push('applied'));
    await session.status().then(() => done.push('status'));
    expect(await applying).toEqual({ isApplied: true, refused: [] });
    expect(done).toEqual(['status', 'applied']);
    expect(await reaches(one, INTERNET4)).toBe(true);
    expect(await reaches(two, INTERNET4)).toBe(false);
    expect(await session.status()).toMatchObject({ revision: 1, state: 'intact' });
  }, 300_000);

  it('gives way to a short one', async () => {
    expect(await session.apply(2, OPEN_DOCUMENT)).toMatchObject({ isApplied: true });
    expect(await reaches(two, INTERNET4)).toBe(true);
    expect(agent.complaints).toEqual([]);
  }, 60_000);
});

describe.skipIf(reason)(`a document in chunks${note}`, async () => {
  if (reason) return;
  const { lab, one, two } = await prepare();
  const agent = converse(lab);
  afterAll(async () => {
    await agent[Symbol.asyncDispose]();
    await lab[Symbol.asyncDispose]();
  });
  await agent.expect(/^hello /);
  await agent.apply(1, ...LINES, `block ${one.mac}`);
  const chunk = (text: string) => agent.write(Buffer.from(`chunk ${text.length}\n${text}`));
  const open = `${LINES.join('\n')}\n`;

  it('is put together, with other lines between', async () => {
    agent.tell('apply 2 5');
    await chunk(open);
    agent.tell('ping 1', `block ${one.mac}`);
    await chunk(`block ${two.mac}\n`);
    agent.tell('end 2');
    expect(await agent.expect(/^(pong|applied|refused)/)).toBe('pong 1');
    expect(await agent.expect(/^(applied|refused)/)).toBe('applied 2');
    expect(await reaches(two, INTERNET4)).toBe(false);
    await agent.apply(3, ...LINES, `block ${one.mac}`);
  });

  it.each([
    ['that lacks a line', 5, [open, `block ${two.mac}\n`]],
    ['that has a line too many', 3, [open, `block ${two.mac}\n`]],
    ['a chunk of which ends within a line', 4, [open, `block ${two.mac}`]],
    ['that needs more memory than its lines can have', 4, [open, `block ${'0'.repeat(999)}\n`]],
  ])('%s changes nothing', async (_what, count, chunks) => {
    agent.tell(`apply 9 ${count}`);
    for (const text of chunks) await chunk(text);
    agent.tell('', 'end 9');
    expect(await agent.expect(/^(applied|refused)/)).toBe('refused 9 incomplete');
    expect(await reaches(one, INTERNET4)).toBe(false);
    expect(await reaches(two, INTERNET4)).toBe(true);
  });

  it('that nobody announced is read over, and what follows is understood', async () => {
    const before = agent.heard.length;
    await chunk('unlink 02:77:00:00:00:01\n');
    agent.tell('chunk 1', 'chunk 65537', 'chunk -', 'ping 7');
    await eventually(async () => agent.heard.includes('pong 7'));
    // Events, and each minute who used how much, come unasked.
    const answers = agent.heard.slice(before).filter((line) => !/^(event|used?) /.test(line));
    expect(answers).toEqual([
      'error unexpected',
      'error bad-token',
      'error bad-token',
      'error bad-token',
      'pong 7',
    ]);
  });

  it('a scan comes in parts, when they are asked for', async () => {
    agent.tell('scan 5 1');
    expect(await agent.expect(/^(more|scanned) /)).toBe('more 5 1');
    agent.tell('ping 8', 'more 6', 'more 5');
    expect(await agent.expect(/^(pong|device|more|scanned)/)).toBe('pong 8');
    expect(await agent.expect(/^(error|device|more|scanned)/)).toBe('error unexpected');
    expect(await agent.expect(/^(more|scanned) /)).toMatch(/^(more|scanned) 5 2$/);
  });
});

describe.skipIf(reason)(`what can't be taken${note}`, async () => {
  if (reason) return;
  const { lab, one, two } = await prepare();
  const agent = await startAgent(lab);
  const { session } = agent;
  afterAll(async () => {
    await agent[Symbol.asyncDispose]();
    await lab[Symbol.asyncDispose]();
  });

  it('is not the length of a scan: it is told in parts, and a status is answered between', async () => {
    const leases = Array.from(
      { length: DEVICES },
      (_, index) =>
        `4102444800 06:00:00:01:${hex(index >> 8)}:${hex(index % 256)} 192.168.${index >> 8}.${index % 256} n${index} *\n`,
    );
    appendFileSync(`${lab.root}/tmp/dhcp.leases`, leases.join(''));
    const done: string[] = [];
    const scanning = session.scan().finally(() => done.push('scanned'));
    await session.status().then(() => done.push('status'));
    const found = await scanning;
    expect(done).toEqual(['status', 'scanned']);
    expect(found.filter(({ mac }) => mac.startsWith('06:'))).toHaveLength(DEVICES);
  }, 60_000);

  it('a line without an address is refused by name, and the others hold', async () => {
    const blocked = ['02:00:00:00:00:0g', '::ffff:192.168.77.9', one.mac];
    expect(await session.apply(1, { ...OPEN_DOCUMENT, blocked })).toEqual({
      isApplied: true,
      refused: [
        { line: 'block 02:00:00:00:00:0g', reason: 'address' },
        { line: 'block ::ffff:192.168.77.9', reason: 'address' },
      ],
    });
    expect(await reaches(one, INTERNET4)).toBe(false);
    expect(await reaches(two, INTERNET4)).toBe(true);
    expect(await session.status()).toMatchObject({ revision: 1, state: 'intact' });
  });

  it('nor do two addresses that nft does not take keep the others from holding', async () => {
    makeOdd(lab, '10.66.66.66', '06:00:00:00:00:66');
    const others = Array.from({ length: 300 }, (_, index) => `10.9.${index % 2}.${index >> 1}`);
    const blocked = ['10.66.66.66', ...others, '06:00:00:00:00:66', two.mac];
    expect(await session.apply(2, { ...OPEN_DOCUMENT, blocked })).toEqual({
      isApplied: true,
      refused: [
        { line: 'block 10.66.66.66', reason: 'nft' },
        { line: 'block 06:00:00:00:00:66', reason: 'nft' },
      ],
    });
    expect(await reaches(one, INTERNET4)).toBe(true);
    expect(await reaches(two, INTERNET4)).toBe(false);
    expect(await session.status()).toMatchObject({ revision: 2, state: 'intact' });
  });

  it('of which it is nothing in particular, nothing changes', async () => {
    makeOdd(lab, 'netpilot');
    expect(await session.apply(3, OPEN_DOCUMENT)).toEqual({ isApplied: false, reason: 'nft' });
    expect(await reaches(two, INTERNET4)).toBe(false);
  });

  it('is so much that it must be something else: nothing changes', async () => {
    makeOdd(lab, 'nothing');
    const blocked = Array.from({ length: 1_001 }, (_, index) => `10.0.0.0${index}`);
    expect(await session.apply(4, { ...OPEN_DOCUMENT, blocked })).toEqual({
      isApplied: false,
      reason: 'invalid',
    });
    expect(await reaches(two, INTERNET4)).toBe(false);
  });

  it('is what was broken off while it was worked out: nothing changes', async () => {
    breakOff(lab);
    const outcome = await session.apply(5, { ...OPEN_DOCUMENT, blocked: [one.mac] });
    expect(outcome).toMatchObject({ isApplied: false });
    expect(await reaches(two, INTERNET4)).toBe(false);
  });
});

/** Has the awk that works out the changes end within them, as if there were no memory left. */
function breakOff(lab: Lab): void {
  const awk = `${lab.root}/bin/awk`;
  rmSync(awk);
  const script = [
    '#!/bin/sh',
    'case "$*" in *change=/proc/self/fd/5*)',
    '  for set in blocked to_blocked4; do echo "flush set inet netpilot np_$set" >&5; done; exit 137 ;;',
    'esac',
    'exec /usr/libexec/lab/busybox awk "$@"',
  ];
  writeFileSync(awk, `${script.join('\n')}\n`, { mode: 0o755 });
}

/** Has nft refuse whatever contains one of these words. */
function makeOdd(lab: Lab, ...words: string[]): void {
  const nft = `${lab.root}/usr/sbin/nft`;
  if (!existsSync(`${nft}.real`)) renameSync(nft, `${nft}.real`);
  const script = [
    '#!/bin/sh',
    'for file; do :; done',
    'case "$*" in *"-f "*) if [ "$file" = - ]; then cat; else cat "$file"; fi >/tmp/nft.$$ ;; *) exec /usr/sbin/nft.real "$@" ;; esac',
    `if grep -qE '${words.join('|')}' /tmp/nft.$$; then rm /tmp/nft.$$; echo odd >&2; exit 1; fi`,
    'case "$*" in *-c*) /usr/sbin/nft.real -c -f /tmp/nft.$$ ;; *) /usr/sbin/nft.real -f /tmp/nft.$$ ;; esac',
    'code=$?; rm /tmp/nft.$$; exit $code',
  ];
  writeFileSync(nft, `${script.join('\n')}\n`, { mode: 0o755 });
}
