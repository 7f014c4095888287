/** What Linux knows of processes that a test or a measurement started. */
import { readFileSync } from 'node:fs';

/**
 * What a process has used so far: the most memory it had resident, in bytes, and processor time, in seconds; and what
 * of its memory is its own now, and no file that processes share.
 */
export type Use = { memory: number; own: number; seconds: number };

/** The kernel counts processor time in these (USER_HZ). */
const TICKS_A_SECOND = 100;

/** The processes that a process has started, that still run and have that in their command line. */
export function childrenOf(pid: number, command: string): number[] {
  return readOrNothing(`/proc/${pid}/task/${pid}/children`)
    .split(' ')
    .filter((child) => child !== '' && readOrNothing(`/proc/${child}/cmdline`).includes(command))
    .map(Number);
}

/** Nothing if it has gone. */
export function useOf(pid: number): Use {
  const status = readOrNothing(`/proc/${pid}/status`);
  const bytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) * 1_024;
  // After the command's name, which is in brackets, the twelfth and thirteenth (proc_pid_stat(5)).
  const fields = readOrNothing(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  return { memory: bytes('VmHWM'), own: bytes('RssAnon'), seconds: ticks / TICKS_A_SECOND };
}

/** Looks at such children of a process again and again; `stop` gives the most that any of them used. */
export function watchChildren(pid: number, command: string): { stop: () => Use } {
  let most: Use = { memory: 0, own: 0, seconds: 0 };
  const timer = setInterval(() => {
    for (const child of childrenOf(pid, command)) {
      const { memory, own, seconds } = useOf(child);
      most = {
        memory: Math.max(most.memory, memory),
        own: Math.max(most.own, own),
        seconds: Math.max(most.seconds, seconds),
      };
    }
  }, 10);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
