/** The process that reads files: what it may do, and how it ends whatever it does. Programs stand in for one that a file has taken over. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { InvalidInputError, UnavailableError } from '../errors.ts';
import { readInProcess } from './import-process.ts';
import { PROCESS_LIMITS } from './limits.ts';
import type { Message } from './messages.ts';

const folder = mkdtempSync(join(tmpdir(), 'netpilot-reader-'));
writeFileSync(join(folder, 'devices.json'), '{}');
afterAll(() => rmSync(folder, { recursive: true }));

/** What a reader says before it comes to what a test is about. */
const BEGINNING = `
  import { writeSync } from 'node:fs';
  const say = (message) => writeSync(1, JSON.stringify(message) + '\\n');
  say({ kind: 'source', files: [{ name: 'devices.json', size: 2, kind: 'tables' }], leftOut: [] });
  say({ kind: 'file', name: 'devices.json' });
`;
/** What a program found out: its answer is the name of a table. */
const answer = (expression: string) => `say({ kind: 'table', table: String(${expression}) });`;

let programs = 0;
function read(
  program: string,
  options: { limits?: Partial<typeof PROCESS_LIMITS>; signal?: AbortSignal } = {},
) {
  programs += 1;
  const path = join(folder, `program-${programs}.mjs`);
  writeFileSync(path, BEGINNING + program);
  return readInProcess({
    source: folder,
    shownAs: folder,
    signal: options.signal ?? new AbortController().signal,
    program: path,
    limits: { ...PROCESS_LIMITS, ...options.limits },
  });
}

async function allOf(messages: AsyncIterable<Message>): Promise<Message[]> {
  const all: Message[] = [];
  for await (const message of messages) all.push(message);
  return all;
}

/** The one answer of a program. */
async function answerTo(expression: string): Promise<string> {
  const messages = await allOf(read(`${answer(expression)} say({ kind: 'end' });`));
  const last = messages.at(-1);
  return last?.kind === 'table' ? last.table : '';
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('the reading process may not', () => {
  const attempt = (code: string) =>
    answerTo(`await (async () => { ${code} })().then(() => 'done', (error) => error.code)`);

  test.each([
    ['read another file', `(await import('node:fs')).readFileSync('/etc/passwd')`],
    ['list another folder', `(await import('node:fs')).readdirSync('/')`],
    [
      'write, not even beside what it reads',
      `(await import('node:fs')).writeFileSync('${folder}/x', 'x')`,
    ],
    ['start a process', `(await import('node:child_process')).execFileSync('/bin/true')`],
    ['start a thread', `new (await import('node:worker_threads')).Worker('0', { eval: true })`],
    ['load an add-on', `process.dlopen({ exports: {} }, '${folder}/devices.json')`],
  ])('%s', async (_, code) => {
    expect(await attempt(code)).toMatch(/^ERR_(ACCESS_DENIED|DLOPEN_DISABLED)$/);
  });

  test('know a secret of this process', async () => {
    vi.stubEnv('SECRET_KEY', 'hunter2-hunter2-hunter2-hunter2-hunter2');
    vi.stubEnv('DATABASE_URL', 'postgresql://netpilot:hunter2@localhost/netpilot');
    try {
      const environment = await answerTo(`JSON.stringify(process.env)`);
      expect(Object.keys(JSON.parse(environment))).toContain('MALLOC_ARENA_MAX');
      expect(environment).not.toContain('hunter2');
      expect(environment).not.toMatch(/SECRET_KEY|DATABASE_URL|NODE_OPTIONS/);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe('a file is named that', () => {
  test.each<[string, string, Partial<typeof PROCESS_LIMITS>, string]>([
    [
      'computes for ever',
      'for (;;);',
      { processorSeconds: 1 },
      'devices.json needs more than 2 seconds of processor time to be read',
    ],
    [
      "fills JavaScript's memory",
      'for (const all = [];;) all.push(Array(100_000).fill({}));',
      { heap: 32 },
      'devices.json needs more than 32 MB of memory to be read',
    ],
    [
      'fills other memory',
      'for (const all = [];;) all.push(Buffer.alloc(10_000_000, 1));',
      {},
      'devices.json needs more than 96 MB of memory to be read',
    ],
    [
      'does nothing any more',
      'setInterval(() => undefined, 1_000);',
      { silence: 5_000 }, // longer than the program takes to start
      'devices.json needs more than 5 seconds for one step to be read',
    ],
    [
      'breaks the reader',
      `process.kill(process.pid, 'SIGSEGV'); for (;;);`,
      {},
      'devices.json ended the process that reads it (SIGSEGV)',
    ],
  ])('%s', async (_, program, limits, message) => {
    const failed = await allOf(read(program, { limits })).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(InvalidInputError);
    expect(failed).toMatchObject({
      message: expect.stringContaining(message),
      fields: [{ field: 'devices.json' }],
    });
  });
});

describe('what is said is not believed:', () => {
  test.each([
    ['no JSON', `writeSync(1, 'hello\\n');`],
    ['a message that there is not', `say({ kind: 'commit' });`],
    ['a record that is no text', `say({ kind: 'records', table: 'a', records: [[1, {}]] });`],
    [
      'a reason that there is not',
      `say({ kind: 'document', text: '{', reason: { code: 'x', values: {} } });`,
    ],
    ['a line without an end', `for (;;) writeSync(1, 'x'.repeat(10_000));`],
    ['a text without an end', `for (;;) say({ kind: 'part', text: 'x'.repeat(100_000) });`],
    ['an error of its own', `throw new Error('hunter2');`],
    ['nothing more', ''],
  ])('%s', async (_, program) => {
    const failed = await allOf(read(program)).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(UnavailableError);
    expect(failed).toMatchObject({
      message: expect.stringMatching(
        /^The process that reads the files failed, nothing was imported/,
      ),
    });
    expect(String(failed)).not.toContain('hunter2');
  });
});

test('a text that comes in parts is put together again', async () => {
  const messages = await allOf(
    read(`
      say({ kind: 'part', text: '[1,' });
      say({ kind: 'part', text: '2,' });
      say({ kind: 'records', table: 'a', records: [['x', '3]'], ['y', '4']] });
      say({ kind: 'end' });`),
  );
  expect(messages.at(-1)).toEqual({
    kind: 'records',
    table: 'a',
    records: [
      ['x', '[1,2,3]'],
      ['y', '4'],
    ],
  });
});

describe('the reading process ends', () => {
  const forever = `${answer('process.pid')} for (;;) say({ kind: 'read', bytes: 1 });`;

  async function pidOf(messages: AsyncGenerator<Message>): Promise<number> {
    for (;;) {
      const { value } = await messages.next();
      if (value?.kind === 'table') return Number(value.table);
    }
  }

  test('when nobody wants more of it', async () => {
    const messages = read(forever);
    const pid = await pidOf(messages);
    expect(isRunning(pid)).toBe(true);
    await messages.return(undefined);
    await expect.poll(() => isRunning(pid)).toBe(false);
  });

  test('when it is to stop, for the reason that is given', async () => {
    const stopping = new AbortController();
    const messages = read(forever, { signal: stopping.signal });
    const pid = await pidOf(messages);
    const rest = allOf(messages);
    stopping.abort(new UnavailableError('NetPilot is stopping'));
    await expect(rest).rejects.toThrow('NetPilot is stopping');
    await expect.poll(() => isRunning(pid)).toBe(false);
  });

  test('and does not begin when it is to stop already', async () => {
    const signal = AbortSignal.abort(new UnavailableError('NetPilot is stopping'));
    await expect(allOf(read(forever, { signal }))).rejects.toThrow('NetPilot is stopping');
  });
});
