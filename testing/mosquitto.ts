/** Debian's mosquitto, on a port of this machine, which keeps nothing on disk. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { isListening } from './is-listening.ts';

export type Mosquitto = {
  port: number;
  start: () => Promise<void>;
  /** It forgets what it has retained. */
  stop: () => Promise<void>;
  /** Stops it, and removes its files. */
  remove: () => Promise<void>;
};

export const hasMosquitto = spawnSync('mosquitto', ['-h'], { stdio: 'ignore' }).error === undefined;
if (!hasMosquitto) process.stderr.write('skipping what needs mosquitto (not installed)\n');

/** @param options who may come in, and files for TLS; default: everybody, without */
export async function startMosquitto({
  user,
  password,
  certificate,
}: {
  user?: string;
  password?: string;
  certificate?: { certFile: string; keyFile: string };
} = {}): Promise<Mosquitto> {
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-mosquitto-'));
  const port = await freePort();
  const file = join(folder, 'mosquitto.conf');
  const passwords = join(folder, 'passwords');
  if (user !== undefined)
    spawnSync('mosquitto_passwd', ['-b', '-c', passwords, user, password ?? '']);
  const lines = [
    `listener ${port} 127.0.0.1`,
    'persistence false',
    // Nothing is dropped for who keeps all of it, and reads slowly.
    'max_queued_messages 0',
    ...(process.getuid?.() === 0 ? ['user root'] : []),
    ...(user === undefined
      ? ['allow_anonymous true']
      : ['allow_anonymous false', `password_file ${passwords}`]),
    ...(certificate === undefined
      ? []
      : [`certfile ${certificate.certFile}`, `keyfile ${certificate.keyFile}`]),
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  let running: ChildProcess | undefined;
  const stop = async () => {
    const broker = running;
    running = undefined;
    if (broker === undefined || broker.exitCode !== null) return;
    broker.kill();
    await once(broker, 'exit');
  };
  const start = async () => {
    running = spawn('mosquitto', ['-c', file], { stdio: 'ignore' });
    while (!(await isListening(port))) {
      if (running.exitCode !== null)
        throw new Error(`mosquitto ended with ${running.exitCode}: ${lines.join('; ')}`);
      await delay(20);
    }
  };
  await start();
  return {
    port,
    start,
    stop,
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true });
    },
  };
}
