/** Debian's nats-server, on a port of this machine, which keeps nothing on disk. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { isListening } from './is-listening.ts';

export type NatsServer = {
  url: string;
  port: number;
  start: () => Promise<void>;
  /** @param signal SIGSTOP freezes it, SIGCONT wakes it */
  signal: (signal: 'SIGSTOP' | 'SIGCONT') => void;
  stop: () => Promise<void>;
  /** Stops it, and removes its files. */
  remove: () => Promise<void>;
};

// Debian has it where not everybody looks.
const PATH = `${process.env['PATH']}:/usr/sbin`;

export const hasNatsServer =
  spawnSync('nats-server', ['--version'], { stdio: 'ignore', env: { PATH } }).error === undefined;
if (!hasNatsServer) process.stderr.write('skipping what needs nats-server (not installed)\n');

/**
 * @param configuration its file, besides where it listens; default: everybody may do everything
 * @param variables that the file names
 */
export async function startNatsServer(
  configuration = '',
  variables: Record<string, string> = {},
): Promise<NatsServer> {
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-nats-'));
  const port = await freePort();
  const file = join(folder, 'nats.conf');
  writeFileSync(file, `listen: 127.0.0.1:${port}\n${configuration}\n`);
  let running: ChildProcess | undefined;
  const stop = async () => {
    const server = running;
    running = undefined;
    if (server === undefined || server.exitCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
  };
  const start = async () => {
    running = spawn('nats-server', ['-c', file], { stdio: 'ignore', env: { PATH, ...variables } });
    while (!(await isListening(port))) {
      if (running.exitCode !== null)
        throw new Error(`nats-server ended with ${running.exitCode}: ${configuration}`);
      await delay(20);
    }
  };
  await start();
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    start,
    signal: (signal) => void running?.kill(signal),
    stop,
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true });
    },
  };
}
