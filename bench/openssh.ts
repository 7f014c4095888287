/** What OpenSSH's server takes for each connection, for comparison: Debian's sshd on loopback. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../testing/free-port.ts';

const SSHD = '/usr/sbin/sshd';

/** Opens so many connections that stay, and prints what each takes. */
export async function measureOpenSsh(connections: number): Promise<void> {
  if (!existsSync(SSHD)) {
    console.log(
      'OpenSSH                             not measured: openssh-server is not installed',
    );
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'netpilot-sshd-'));
  // Where sshd as root keeps its unprivileged half.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true });
  const port = await freePort();
  for (const name of ['host', 'client'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
  writeFileSync(join(folder, 'config'), configuration(folder, port));
  const sshd = spawn(SSHD, ['-D', '-e', '-f', join(folder, 'config')], { stdio: 'ignore' });
  const clients: ChildProcess[] = [];
  try {
    await setTimeout(1_000);
    for (let made = 0; made < connections; made += 1) clients.push(connect(folder, port));
    const listener = sshd.pid ?? 0;
    let sessions: number[] = [];
    // Each connection has a process of its own, as the unprivileged half of root's sshd has one more.
    for (let waited = 0; waited < 60 && sessions.length < connections; waited += 1) {
      await setTimeout(500);
      sessions = descendantsOf(listener);
    }
    await setTimeout(3_000);
    sessions = descendantsOf(listener);
    const open = clients.filter(({ exitCode }) => exitCode === null).length;
    const total = sessions
      .map(memoryOf)
      .reduce((sum, { pss, rss }) => ({ pss: sum.pss + pss, rss: sum.rss + rss }), {
        pss: 0,
        rss: 0,
      });
    console.log(
      `OpenSSH, memory per connection      ${Math.round(total.pss / open)} KB (PSS; RSS ${Math.round(total.rss / open)} KB), ${(sessions.length / open).toFixed(1)} processes each, ${open} connections`,
    );
  } finally {
    for (const child of [...clients, sshd]) child.kill();
    await rm(folder, { recursive: true });
  }
}

function configuration(folder: string, port: number): string {
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host')}`,
    `AuthorizedKeysFile ${join(folder, 'client.pub')}`,
    `PidFile ${join(folder, 'pid')}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    'MaxStartups 200',
    'ForceCommand sleep 600',
    '',
  ].join('\n');
}

function connect(folder: string, port: number): ChildProcess {
  const options = [
    'StrictHostKeyChecking=no',
    `UserKnownHostsFile=${join(folder, 'known')}`,
    'BatchMode=yes',
    'LogLevel=ERROR',
  ];
  return spawn(
    'ssh',
    [
      '-F',
      'none',
      '-T',
      '-N',
      '-p',
      String(port),
      '-i',
      join(folder, 'client'),
      ...options.flatMap((option) => ['-o', option]),
      `${userInfo().username}@127.0.0.1`,
    ],
    { stdio: 'ignore' },
  );
}

function descendantsOf(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => parentOf(candidate) === pid);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return undefined; // gone by now
  }
}

/** In kilobytes. */
function memoryOf(pid: number): { pss: number; rss: number } {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const read = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
    return { pss: read('Pss'), rss: read('Rss') };
  } catch {
    return { pss: 0, rss: 0 }; // gone by now
  }
}
