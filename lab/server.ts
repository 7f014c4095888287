/** A server in the lab's internet, with a systemd of its own, for the commands of docs/deploy.md. */
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Lab, Result } from './lab.ts';
import { whyNoLab } from './lab.ts';
import { eventually } from './probe.ts';

const PROGRAMS = [
  '/lib/systemd/systemd',
  '/usr/bin/caddy',
  '/usr/bin/curl',
  '/usr/bin/pg_createcluster',
  '/usr/bin/sudo',
  '/usr/bin/wget',
];

/** All of its namespaces but that of users, which is this machine's. */
const INSIDE = '-m -u -i -p -C -r -w'.split(' ');
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export type Server = AsyncDisposable & {
  /** Runs a command as root there, to its end. */
  run: (...command: string[]) => Promise<Result>;
  /** Its root folder, seen from here. */
  root: string;
};

/** Why such a server cannot run on this machine; `undefined` if it can. */
export function whyNoServer(): string | undefined {
  const missing = PROGRAMS.filter((program) => !isThere(program));
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  if (!readFileSync('/proc/filesystems', 'utf8').includes('\tcgroup2\n')) return 'no cgroup2';
  return whyNoLab();
}

/** Boots one; it ends with the lab at the latest. Throws if systemd does not come up. */
export async function bootServer(lab: Lab): Promise<Server> {
  const root = mkdtempSync(join(tmpdir(), 'netpilot-server-'));
  const cgroup = basename(root);
  const machine = lab.internet.start('sh', join(import.meta.dirname, 'server.sh'), root, cgroup);
  let complaint = '';
  machine.process.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  let hasEnded = false;
  machine.process.once('exit', () => (hasEnded = true));
  let first = '';
  const environment = ['env', '-i', 'HOME=/root', `PATH=${PATH}`];
  const run: Server['run'] = (...command) =>
    lab.internet.run('nsenter', '-t', first, ...INSIDE, ...environment, ...command);
  await eventually(async () => {
    if (hasEnded) throw new Error(`the server did not boot: ${complaint}`);
    // The machine's first process, by its number in the lab.
    first = (await lab.internet.run('pgrep', '-x', 'systemd')).stdout.trim();
    return first !== '' && (await run('systemctl', 'is-system-running')).stdout === 'running\n';
  });
  return {
    run,
    root,
    [Symbol.asyncDispose]: async () => {
      if (!hasEnded) {
        const ended = once(machine.process, 'exit');
        await machine.kill();
        await ended;
      }
      const remove = `mount -t cgroup2 cgroup2 /mnt/cgroup && find /mnt/cgroup/${cgroup} -depth -type d -exec rmdir {} +`;
      await eventually(async () => (await lab.internet.run('sh', '-c', remove)).code === 0);
      rmSync(root, { recursive: true });
    },
  };
}

function isThere(program: string): boolean {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
