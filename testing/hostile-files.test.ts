/**
 * Files that somebody made to stop the service: each is refused by its name, no matter who reads it, with little memory
 * and processor time, and a service that is given them goes on for everybody else.
 */
import { mkdtempSync, openAsBlob, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCommandLine } from './command-line.ts';
import { freePort } from './free-port.ts';
import type { HostileFile } from './hostile-file.ts';
import { type Use, useOf, watchChildren } from './processes.ts';

const FOLDER = join(import.meta.dirname, 'hostile-files');
const READER = 'import-worker.ts';
const MEGABYTE = 1_048_576;

const { netpilot, start } = await createCommandLine();
const hostile: { name: string; file: HostileFile }[] = [];
for (const name of readdirSync(FOLDER).toSorted()) {
  const { hostile: file }: { hostile: HostileFile } = await import(join(FOLDER, name));
  hostile.push({ name, file });
}

/** Not refused: each character of its rows becomes two on the way to the database. */
const LONGEST_ROWS: HostileFile = {
  refusal: /^$/,
  make: (folder) => {
    const row = `{"setting_value": "${String.raw`\\`.repeat(9_000_000)}"}`;
    const text = `{"format": "netpilot-export", "version": 1, "things": [${row},${row}]}`;
    writeFileSync(join(folder, 'export.json'), text);
  },
};

/** The folder that it makes, for as long as `work` takes. */
async function withHostile<Result>(
  { make }: HostileFile,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-hostile-'));
  try {
    await make(folder);
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Processor time, because a busy machine stretches every other. */
function expectLittle(use: Use): void {
  expect(use.memory / MEGABYTE).toBeLessThan(200);
  expect(use.seconds).toBeLessThan(5);
}

describe('a service', async () => {
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const server = start(['serve', '--port', String(port), '--no-demo', '--user', 'ann@localhost']);
  const pid = server.child.pid ?? 0;
  let cookie = '';
  let before: Use;
  beforeAll(async () => {
    const link = await new Promise<string>((resolve, reject) => {
      let said = '';
      server.child.stdout.on('data', (text: string) => {
        said += text;
        const [found] = /http:\S+token=\S+/.exec(said) ?? [];
        if (found !== undefined) resolve(found);
      });
      void server.ended.then(({ stderr }) => reject(new Error(stderr)));
    });
    const answer = await fetch(link, { redirect: 'manual' });
    cookie = String(answer.headers.getSetCookie()[0]?.split(';')[0]);
    // Everything is loaded, and has its memory.
    await upload('mode.json', new Blob(['{"mode": "none"}']), '&dry_run=true');
    before = useOf(pid);
  });
  afterAll(async () => {
    server.child.kill('SIGTERM');
    await server.ended;
  });

  function upload(name: string, content: Blob, query = ''): Promise<Response> {
    const form = new FormData();
    form.append('files', content, name);
    const init = { method: 'POST', headers: { cookie }, body: form };
    return fetch(`${address}/api/v1/imports?router_id=home${query}`, init);
  }

  /** Milliseconds that it took to say it is well, asked again and again until `work` is done. */
  async function probeDuring(work: Promise<unknown>): Promise<number[]> {
    const answers: number[] = [];
    const done = new AbortController();
    void work.catch(() => undefined).finally(() => done.abort());
    while (!done.signal.aborted) {
      const asked = performance.now();
      const { status } = await fetch(`${address}/healthz`);
      expect(status).toBe(200);
      answers.push(performance.now() - asked);
      await delay(10);
    }
    return answers.toSorted((one, other) => one - other);
  }

  test.each(hostile.filter(({ file }) => file.commandLineOnly !== true))(
    'refuses $name, and goes on answering everybody else',
    ({ file }) =>
      withHostile(file, async (folder) => {
        const [name = ''] = readdirSync(folder);
        const watched = watchChildren(pid, READER);
        const answering = upload(name, await openAsBlob(join(folder, name)));
        const probes = await probeDuring(answering);
        const use = watched.stop();
        const { status } = await answering;
        const problem = Value.Parse(
          Type.Object({ type: Type.String(), detail: Type.String() }),
          await (await answering).json(),
        );
        expect({ status, ...problem }).toMatchObject({
          status: 400,
          type: '/problems/invalid-input',
          detail: expect.stringMatching(file.refusal),
        });
        expectLittle(use);
        expect(use.seconds).toBeGreaterThan(0);
        // As a rule at once. One that is blocked answers nobody for seconds.
        expect(probes[Math.floor(probes.length / 2)]).toBeLessThan(100);
        expect(probes.at(-1)).toBeLessThan(2_000);
      }),
  );

  test('has not grown by it, and has imported nothing', async () => {
    expect((useOf(pid).memory - before.memory) / MEGABYTE).toBeLessThan(200);
    const answer = await fetch(`${address}/api/v1/imports`, { headers: { cookie } });
    expect(await answer.json()).toMatchObject({ items: [] });
  });

  test('takes an export with the longest rows there are, and goes on answering everybody else', () =>
    withHostile(LONGEST_ROWS, async (folder) => {
      const content = await openAsBlob(join(folder, 'export.json'));
      const answering = upload('export.json', content, '&dry_run=true&skip_invalid=true');
      const probes = await probeDuring(answering);
      expect(await (await answering).json()).toMatchObject({ report: { totals: { rejected: 2 } } });
      expect(probes[Math.floor(probes.length / 2)]).toBeLessThan(100);
      expect(probes.at(-1)).toBeLessThan(2_000);
    }));
});

test.each(hostile)('a command refuses $name', ({ file }) =>
  withHostile(file, async (folder) => {
    const { child, ended } = start(['import', folder, '--router', 'home', '--user', 'a@b.example']);
    const watched = watchChildren(child.pid ?? 0, READER);
    const { code, stderr } = await ended;
    expectLittle(watched.stop());
    expect([2, 3]).toContain(code);
    expect(stderr).toMatch(file.refusal);
    expect(stderr).toMatch(/^netpilot: [^\n]*\n$/);
  }),
);

test.each(['/dev/zero', '/dev/stdin'])('a command refuses %s', async (path) => {
  const { code, stderr } = await netpilot([
    'import',
    path,
    '--router',
    'home',
    '--user',
    'a@b.example',
  ]);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(`${path} is a`) });
});
