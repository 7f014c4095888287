/** What the agent in a lab costs: which processes it is, their CPU and their memory, as the kernel of this machine counts. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import type { Lab } from '../lab/lab.ts';

/** CPU seconds of some processes and of all that they start from then on; NaN if this machine has no cgroups. */
export type Meter = Disposable & { cpuSeconds: () => number };

/** The processes of the agent in a lab, with all that it has started, as this machine numbers them. */
export function pidsOf(lab: Lab): string[] {
  const first = /\/proc\/(\d+)\//.exec(lab.root)?.[1] ?? '';
  const home = namespaceOf(first);
  const pids = readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && namespaceOf(name) === home,
  );
  const ours = new Set(
    pids.filter((pid) => /netpilot-agent\0talk/.test(read(`/proc/${pid}/cmdline`))),
  );
  for (let grew = true; grew;) {
    const more = pids.filter((pid) => !ours.has(pid) && ours.has(parentOf(pid)));
    for (const pid of more) ours.add(pid);
    grew = more.length > 0;
  }
  return [...ours];
}

/** Kilobytes of memory that a process has, shared pages by their share. */
export function proportionalShare(pid: string): number {
  return Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

/** Puts processes into a cgroup of their own, of version 2 or 1. */
export function openMeter(pids: readonly string[]): Meter {
  const name = `netpilot-bench-${process.pid}-${pids[0]}`;
  const [root, usage, unit] = existsSync('/sys/fs/cgroup/cgroup.controllers')
    ? (['/sys/fs/cgroup', 'cpu.stat', 1e6] as const)
    : (['/sys/fs/cgroup/cpuacct', 'cpuacct.usage', 1e9] as const);
  const folder = `${root}/${name}`;
  if (!existsSync(root)) return { cpuSeconds: () => NaN, [Symbol.dispose]: () => undefined };
  mkdirSync(folder);
  for (const pid of pids) writeFileSync(`${folder}/cgroup.procs`, pid);
  return {
    cpuSeconds: () => Number(/\d+/.exec(read(`${folder}/${usage}`))?.[0]) / unit,
    [Symbol.dispose]: () => {
      for (const pid of read(`${folder}/cgroup.procs`).split('\n').filter(Boolean))
        writeFileSync(`${root}/cgroup.procs`, pid);
      rmdirSync(folder);
    },
  };
}

function namespaceOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return ''; // it has ended
  }
}

function parentOf(pid: string): string {
  return /\) \S+ (\d+)/.exec(read(`/proc/${pid}/stat`))?.[1] ?? '';
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
