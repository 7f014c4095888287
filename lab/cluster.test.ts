/** Three nodes on machines of their own behind HAProxy: whatever happens to one of them, nothing is lost, and all routers are back. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { whyNoLab } from './lab.ts';

const BENCH = join(import.meta.dirname, '../bench/cluster.ts');

function hasHaproxy(): boolean {
  try {
    accessSync('/usr/sbin/haproxy', constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A busy machine starts processes slowly, and this starts many. */
const LONGEST = 900_000;

test.skipIf(whyNoLab() !== undefined || !hasHaproxy())(
  'a node is killed, its machine vanishes, and all are restarted in turns: nothing is lost',
  { timeout: LONGEST },
  async () => {
    const options =
      '--machines --hurry --routers 20 --devices 3 --scenarios kill,cut,roll,nats,database';
    const bench = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        BENCH,
        ...options.split(' '),
        '--database-kills',
        '1',
      ],
      // With all that it starts, to be ended together.
      { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
    );
    onTestFinished(() => {
      if (bench.exitCode === null && bench.pid !== undefined) process.kill(-bench.pid, 'SIGKILL');
    });
    let said = '';
    for (const stream of [bench.stdout, bench.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    const [code] = await once(bench, 'close');
    expect(said).not.toContain('WRONG');
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('PostgreSQL killed') });
  },
);
