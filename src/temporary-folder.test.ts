import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeTemporaryFolder, sweepTemporaryFolders } from './temporary-folder.ts';

/** A process that makes a temporary folder and waits; gives the folder, and ends the process as it is told. */
async function startMaker(): Promise<{
  folder: string;
  end: (signal: NodeJS.Signals) => Promise<void>;
}> {
  const child = spawn(process.execPath, ['--input-type=module'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(`
    import { makeTemporaryFolder } from ${JSON.stringify(join(import.meta.dirname, 'temporary-folder.ts'))};
    process.on('SIGTERM', () => process.exit());
    process.stdout.write(await makeTemporaryFolder('upload'));
    setInterval(() => undefined, 1000);`);
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const [chunk] = await once(child.stdout, 'data');
  return {
    folder: String(chunk),
    end: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}

test('what a killed process leaves is removed, and nothing of one that lives', async () => {
  const killed = await startMaker();
  const alive = await startMaker();
  await writeFile(join(killed.folder, 'devices.json'), 'x');
  await killed.end('SIGKILL');
  expect(existsSync(killed.folder)).toBe(true);
  expect(await sweepTemporaryFolders()).toContain(dirname(killed.folder));
  expect(existsSync(dirname(killed.folder))).toBe(false);
  expect(existsSync(alive.folder)).toBe(true);
  await alive.end('SIGTERM');
  expect(existsSync(dirname(alive.folder))).toBe(false);
});

test('a folder that is just being made stays, and so does what is not ours', async () => {
  const young = await mkdtemp(join(tmpdir(), 'netpilot-files-'));
  const old = await mkdtemp(join(tmpdir(), 'netpilot-files-'));
  const foreign = await mkdtemp(join(tmpdir(), 'netpilot-something-'));
  onTestFinished(async () => {
    for (const path of [young, old, foreign]) await rm(path, { recursive: true, force: true });
  });
  for (const path of [old, foreign]) await utimes(path, 0, 0);
  await sweepTemporaryFolders();
  expect([young, old, foreign].map(existsSync)).toEqual([true, false, true]);
});

test('a process has one folder for all, which others cannot read', async () => {
  const [one, other] = await Promise.all([
    makeTemporaryFolder('upload'),
    makeTemporaryFolder('export'),
  ]);
  expect(dirname(one)).toBe(dirname(other));
  expect(await sweepTemporaryFolders()).not.toContain(dirname(one));
});
