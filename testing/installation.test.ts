/** What ./run does before it starts: bin/install-packages, bin/build-web, one at a time. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { PROJECT_FOLDER } from '../src/config/config.ts';
import { startProgram } from './command-line.ts';

const run = promisify(execFile);
const root = mkdtempSync(join(tmpdir(), 'netpilot-installation-'));
chmodSync(root, 0o755);
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A clone that has nothing but the scripts. */
function createClone(name: string): string {
  const clone = join(root, name);
  cpSync(join(PROJECT_FOLDER, 'bin'), join(clone, 'bin'), { recursive: true });
  return clone;
}

describe('bin/one-at-a-time', () => {
  const clone = createClone('one-at-a-time');
  const script = join(clone, 'bin/one-at-a-time');
  const lock = join(clone, '.one-at-a-time');
  const isLocked = () => lstatSync(lock, { throwIfNoEntry: false }) !== undefined;

  /** Runs commands at once, each of which says when it begins and ends. */
  async function runSome(count: number): Promise<string[]> {
    const said = join(clone, 'said');
    writeFileSync(said, '');
    const turn = `echo begin >>said; sleep 0.1; echo end >>said`;
    const runs = Array.from({ length: count }, () =>
      run(script, ['sh', '-euc', turn], { cwd: clone }),
    );
    await Promise.all(runs);
    return readFileSync(said, 'utf8').trim().split('\n');
  }

  const turns = (count: number) => Array.from({ length: count }, () => ['begin', 'end']).flat();

  test('lets nobody in before the other one is through', async () => {
    expect(await runSome(4)).toEqual(turns(4));
    expect(isLocked()).toBe(false);
  });

  test.each([
    ['that was killed', 4_194_303],
    ['whose number another program has since', process.pid],
  ])('takes over from one %s', async (_which, pid) => {
    symlinkSync(`process-${pid}`, lock);
    expect(await runSome(3)).toEqual(turns(3));
    expect(isLocked()).toBe(false);
  });

  test('passes on how the command ended, and tells it that it is alone', async () => {
    await expect(run(script, ['sh', '-c', 'exit 7'])).rejects.toMatchObject({ code: 7 });
    const { stdout } = await run(script, ['sh', '-c', 'echo "$NETPILOT_ALONE"']);
    expect(stdout).toBe('yes\n');
  });

  test('leaves nothing behind when it is interrupted', async () => {
    const child = spawn(script, ['sh', '-c', 'echo begun; exec sleep 600'], { detached: true });
    await once(child.stdout, 'data');
    // As Ctrl-C does: to all of the terminal's processes.
    process.kill(-(child.pid ?? 0), 'SIGINT');
    expect(await once(child, 'close')).toEqual([130, null]);
    expect(isLocked()).toBe(false);
  });
});

test.runIf(process.getuid?.() === 0)(
  'A clone that this user may not write is refused in one line',
  async () => {
    const clone = createClone('unwritable');
    mkdirSync(join(clone, 'web'));
    mkdirSync(join(clone, 'node_modules'));
    for (const [command, what] of [
      ['install-packages', `the packages must be installed, but ${clone} is not writable`],
      ['build-web', `the web app must be built, but ${join(clone, 'web')} is not writable`],
    ] as const) {
      const child = spawn(join(clone, 'bin', command), { uid: 65_534, gid: 65_534 });
      let said = '';
      child.stderr.on('data', (text) => (said += String(text)));
      expect(await once(child, 'close')).toEqual([5, null]);
      expect(said).toMatch(new RegExp(`^netpilot: ${what}: .*bin/${command} there\\.\n$`));
    }
  },
);

/** A folder with the oldest Node.js that README.md promises; undefined if npm cannot get it. */
function fetchOldNode(): string | undefined {
  const folder = join(root, 'old-node');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"allowScripts":{"node":true}}');
  try {
    const options = ['--prefer-offline', '--no-audit', '--loglevel=error'];
    execFileSync('npm', ['install', ...options, 'node@18', 'npm@10'], { cwd: folder });
    return join(folder, 'node_modules/.bin');
  } catch {
    process.stderr.write('skipping what needs Node.js 18 (npm cannot get it)\n');
    return undefined;
  }
}

describe('bin/install-packages', () => {
  const wanted = JSON.parse(readFileSync(join(PROJECT_FOLDER, 'package.json'), 'utf8'));
  const locked = JSON.parse(readFileSync(join(PROJECT_FOLDER, 'package-lock.json'), 'utf8'));
  const clone = createClone('old');
  const install = (env: NodeJS.ProcessEnv) =>
    startProgram(join(clone, 'bin/install-packages'), [], env).ended;

  test('with Node.js 18 installs what npm would leave out for that one, once', async ({ skip }) => {
    const oldNode = fetchOldNode();
    skip(oldNode === undefined);
    // The two packages that it asks for; all of them would take half a minute.
    const own = {
      dependencies: { node: wanted.dependencies.node },
      devDependencies: { rolldown: locked.packages['node_modules/rolldown'].version },
      allowScripts: { node: true },
    };
    writeFileSync(join(clone, 'package.json'), JSON.stringify(own, null, 2));
    const lockOnly = ['install', '--package-lock-only', '--prefer-offline', '--no-audit'];
    execFileSync('npm', lockOnly, { cwd: clone, stdio: 'ignore' });
    const PATH = [oldNode, process.env['PATH']].join(delimiter);
    expect(execFileSync('node', ['--version'], { env: { PATH } }).toString()).toMatch(/^v18\./);
    // What an older installation left: it counts as nothing.
    mkdirSync(join(clone, 'node_modules/node/bin'), { recursive: true });
    writeFileSync(join(clone, 'node_modules/node/bin/node'), '#!/bin/sh\n', { mode: 0o755 });

    const first = await install({ PATH, NODE_ENV: 'production' });
    expect(first).toMatchObject({ code: 0, stderr: expect.stringContaining('Installing') });
    expect(existsSync(join(clone, 'node_modules/rolldown/package.json'))).toBe(true);
    expect(await install({ PATH })).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});
