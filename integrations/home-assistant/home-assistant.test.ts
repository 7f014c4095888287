/** The Python of the integration: tried by its own tests, against a real NetPilot, without Home Assistant. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

import { expect, test } from 'vitest';
import { createControlledHome } from '../../testing/controlled-home.ts';

const FOLDER = import.meta.dirname;

/** A Python that has aiohttp, as Home Assistant does: Debian's, else the first one there is. */
const python = ['/usr/bin/python3', 'python3'].find(
  (program) => spawnSync(program, ['-c', 'import aiohttp'], { stdio: 'ignore' }).status === 0,
);
if (python === undefined)
  process.stderr.write('skipping what needs python3-aiohttp (not installed)\n');

const home = python === undefined ? undefined : await createControlledHome();

/** Runs it in the folder of the integration; gives how it ended, and what it said. */
async function runPython(...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(python ?? '', args, {
    cwd: FOLDER,
    env: {
      ...process.env,
      PYTHONDONTWRITEBYTECODE: '1',
      NETPILOT_TEST_URL: home?.url,
      NETPILOT_TEST_CONTROL: home?.control,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(child, 'close');
  return { code: child.exitCode, said };
}

test.runIf(python !== undefined)('passes its own tests', async () => {
  const { code, said } = await runPython(
    '-W',
    'error',
    '-m',
    'unittest',
    'discover',
    '--start-directory',
    'tests',
  );
  expect(said).toMatch(/\nOK\n$/);
  expect(code).toBe(0);
});
