/** What Linux knows of processes that a test or a measurement started. */
import { readFileSync } from 'node:fs';

/** What a process has used so far: the most memory it had resident, in bytes, and processor time, in seconds. */
export type Use = { memory: number; seconds: number };

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
  const [, kilobytes = '0'] =
    /^VmHWM:\s+(\d+) kB$/m.exec(readOrNothing(`/proc/${pid}/status`)) ?? [];
  // After the command's name, which is in brackets, the twelfth and thirteenth (proc_pid_stat(5)).
  const fields = readOrNothing(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  return { memory: Number(kilobytes) * 1_024, seconds: ticks / TICKS_A_SECOND };
}

/** Looks at such children of a process again and again; `stop` gives the most that any of them used. */
export function watchChildren(pid: number, command: string): { stop: () => Use } {
  const most = { memory: 0, seconds: 0 };
  const timer = setInterval(() => {
    for (const child of childrenOf(pid, command)) {
      const { memory, seconds } = useOf(child);
      most.memory = Math.max(most.memory, memory);
      most.seconds = Math.max(most.seconds, seconds);
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
