/** Programs whose output nobody can read: the reader has gone, or the disk of its file is full. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { createDataFolders } from '../../testing/embedded.ts';
import { startProgram } from '../../testing/command-line.ts';
import { freePort } from '../../testing/free-port.ts';
import { PROJECT_FOLDER } from '../config/config.ts';
import { layOut } from '../database/embedded/cluster.ts';
import { findPostmaster } from '../database/embedded/postmaster.ts';

const folders = await createDataFolders();
const NETPILOT = `${PROJECT_FOLDER}/bin/netpilot`;

const isDatabaseRunning = (folder: string) => findPostmaster(layOut(folder)) !== undefined;

test.each([
  ['`user list`', ['user', 'list']],
  ['`migrate status`', ['migrate', 'status']],
])('%s without a reader ends well, and stops the database', async (_what, args) => {
  const data = folders.filled(args.join('-'));
  const { child, ended } = startProgram(NETPILOT, args, { NETPILOT_DATA: data });
  child.stdout.destroy();
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
  expect(isDatabaseRunning(data)).toBe(false);
});

test('a command whose result cannot be written says so', async () => {
  const data = folders.filled('full');
  const { stderr, child } = startOn(openSync('/dev/full', 'w'), ['user', 'list'], data, 'pipe');
  let said = '';
  stderr?.on('data', (text) => (said += String(text)));
  expect(await once(child, 'close')).toEqual([5, null]);
  expect(said).toMatch(/^netpilot: A file cannot be used: the disk is full \(ENOSPC\)/);
  expect(isDatabaseRunning(data)).toBe(false);
});

test('`serve` goes on without a reader and with its log on a full disk, and stops in order', async () => {
  const data = folders.filled('serve');
  const port = String(await freePort());
  const args = ['serve', '--role', 'api', '--no-demo', '--port', port];
  const { child } = startOn('pipe', args, data, openSync('/dev/full', 'w'));
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdout?.destroy();
  const answers = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status;
  await expect.poll(() => answers().catch(() => child.exitCode)).toBe(200);
  child.kill('SIGTERM');
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(isDatabaseRunning(data)).toBe(false);
});

function startOn(
  stdout: number | 'pipe',
  args: readonly string[],
  data: string,
  stderr: number | 'pipe',
) {
  const env = { ...process.env, NETPILOT_DATA: data, LOG_LEVEL: 'trace', ROUTERS_PORT: '0' };
  const child = spawn(NETPILOT, args, { stdio: ['ignore', stdout, stderr], env });
  return { child, stderr: child.stderr };
}
