import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

const FOLDER = import.meta.dirname;
const TOOLS = [
  'busybox',
  'dbclient',
  'dnsmasq',
  'dropbear',
  'ip',
  'iperf3',
  'nft',
  'nsenter',
  'ping',
  'signify-openbsd',
  'tc',
  'unshare',
];

const NAMESPACES =
  '--mount --pid --net --uts --fork --kill-child --mount-proc --propagation private'.split(' ');
/** Enters the router's image (image.sh); its /sys is to show the router's own interfaces. */
const IMAGE = [
  'sh',
  '-c',
  'mount -t sysfs sysfs /mnt/router/sys && exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot /mnt/router "$@"',
  'sh',
];

/** What a command inside the lab gave. */
export type Result = { code: number; stdout: string; stderr: string };

/** One machine of the lab. */
export type Host = {
  /** Runs a command there, to its end. */
  run: (...command: string[]) => Promise<Result>;
  /** Starts a command there; it ends with the lab at the latest. */
  start: (...command: string[]) => Started;
};

/** A command under way, in a process group of its own. */
export type Started = {
  process: ChildProcessWithoutNullStreams;
  /** Ends all of it as a crash would, or its first process alone. */
  kill: (who?: 'all' | 'first') => Promise<void>;
};

/** A home network with its router, and an internet. */
export type Lab = AsyncDisposable & {
  /** The router's network, with the commands of this machine. */
  router: Host;
  /** The router as one finds it after logging in: a stock image's commands, and its files. */
  image: Host;
  internet: Host;
  clients: Client[];
  /** The image's root folder, seen from here. */
  root: string;
  /** Every file of the image but the leases and what the stand-ins keep. */
  files: () => Promise<string>;
};

export type Client = Host & { mac: string; ip6: string; ip4: () => Promise<string> };

export const INTERNET4 = '203.0.113.1';
export const INTERNET6 = '2001:db8:1::1';

/** Why the lab cannot run on this machine; `undefined` if it can. */
export function whyNoLab(): string | undefined {
  if (process.getuid?.() !== 0) return 'not root';
  const missing = TOOLS.filter((tool) => !isInPath(tool));
  return missing.length > 0 ? `not installed: ${missing.join(', ')}` : undefined;
}

/**
 * Builds a lab (see `network.sh`) in namespaces without names: the kernel takes all of it down when it is disposed, and
 * also when this process is killed.
 */
export async function createLab(clients = 2): Promise<Lab> {
  const build = ['sh', join(FOLDER, 'network.sh'), String(clients), FOLDER];
  const holder = spawn('unshare', [...NAMESPACES, ...build], { stdio: 'pipe' });
  const ended = new Promise<void>((resolve) => holder.once('exit', () => resolve()));
  await isReady(holder);
  const first = readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, 'utf8').trim();
  let started = 0;
  const host = (name: string): Host => {
    const enter = ['-t', first, '-m', '-p', '-n', 'ip', 'netns', 'exec', name];
    const run: Host['run'] = (...command) => finish([...enter, ...command]);
    const start: Host['start'] = (...command) => {
      const group = `/mnt/group${++started}`;
      const leader = ['setsid', 'sh', '-c', `echo $$ >${group}; exec "$@"`, 'sh', ...command];
      const process = spawn('nsenter', [...enter, ...leader], { stdio: 'pipe' });
      return {
        process,
        kill: async (who = 'all') => {
          const sign = who === 'all' ? '-' : '';
          const { code, stderr } = await run('sh', '-c', `kill -9 "${sign}$(cat ${group})"`);
          if (code !== 0) throw new Error(stderr);
        },
      };
    };
    return { run, start };
  };
  const router = host('router');
  const image: Host = {
    run: (...command) => router.run(...IMAGE, ...command),
    start: (...command) => router.start(...IMAGE, ...command),
  };
  return {
    router,
    image,
    internet: host('internet'),
    clients: Array.from({ length: clients }, (_, index) =>
      asClient(host(`client${index + 1}`), index + 1),
    ),
    root: `/proc/${first}/root/mnt/router`,
    files: async () => {
      const ours = '! -path /tmp/dhcp.leases ! -path /usr/libexec/lab/* -print'.split(' ');
      return (await image.run('find', '/', '-xdev', '!', '-type', 'd', ...ours)).stdout;
    },
    [Symbol.asyncDispose]: async () => {
      holder.stdin.end();
      await ended;
    },
  };
}

/** Adds a program of this machine to the router's image, as a package would. */
export async function install(lab: Lab, program: string): Promise<void> {
  const copy = `cp "$(command -v ${program})" /mnt/router/usr/sbin/`;
  const { code, stderr } = await lab.router.run('sh', '-c', copy);
  if (code !== 0) throw new Error(stderr);
}

function asClient(host: Host, number: number): Client {
  return {
    ...host,
    mac: `02:00:00:00:00:0${number}`,
    ip6: `2001:db8:2::1${number}`,
    ip4: async () => {
      const { stdout } = await host.run('ip', '-4', '-o', 'address', 'show', 'dev', 'eth0');
      return /inet ([\d.]+)/.exec(stdout)?.[1] ?? '';
    },
  };
}

function isInPath(tool: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, tool), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

async function isReady(holder: ChildProcessWithoutNullStreams): Promise<void> {
  let complaint = '';
  holder.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  for await (const line of createInterface({ input: holder.stdout })) {
    if (line === 'ready') return;
  }
  throw new Error(`the lab was not built: ${complaint}`);
}

function finish(command: string[]): Promise<Result> {
  return new Promise((resolve) => {
    execFile('nsenter', command, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      resolve({
        code: typeof error?.code === 'number' ? error.code : error ? -1 : 0,
        stdout,
        stderr,
      });
    });
  });
}
