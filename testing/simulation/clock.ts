/** Time that passes only when it is told to: what happens, and in which order, follows from the seed alone. */
import { AsyncLocalStorage } from 'node:async_hooks';

/** Something that can be killed or frozen, with all that it has begun. */
export type Process = {
  isDead: boolean;
  frozenUntil: number;
  /** By so many milliseconds its machine's clock is ahead; what only goes on is not. */
  ahead: number;
};

type Planned = { at: number; number: number; process: Process | undefined; run: () => void };

export interface Clock {
  /** Milliseconds since the beginning. */
  now: () => number;
  /** Runs something later, as that process; without one as somebody who never fails. */
  plan: (milliseconds: number, run: () => void, process?: Process) => void;
  /** Runs something now, as that process: so does all that it begins. */
  runAs: (process: Process, run: () => void) => void;
  current: () => Process | undefined;
  /** Lets time pass until then, or until `isOver`. */
  pass: (until: number, isOver?: () => boolean) => Promise<void>;
  /** For the code under test, in the place of what is global. */
  globals: {
    setTimeout: (run: () => void, milliseconds?: number) => Timer;
    setInterval: (run: () => void, milliseconds: number) => Timer;
    clearTimeout: (timer: unknown) => void;
    clearInterval: (timer: unknown) => void;
    performance: { now: () => number };
  };
  /** What the machine of the process says that it is. */
  wallTime: () => number;
}

/** Nothing waits for it: time ends when it is told to. */
type Timer = { planned: Planned; unref: () => Timer };

/** Milliseconds between two looks whether it is over. */
const LOOK = 250;
/** When the clock begins: some day. */
const BEGINNING = Date.UTC(2026, 0, 1);

/** Whose work runs. */
const owner = new AsyncLocalStorage<Process | undefined>();

export function createClock(): Clock {
  const planned: Planned[] = [];
  const cancelled = new WeakSet<object>();
  /** What runs something as a process, or as nobody: made once, because that is what costs. */
  const runners = new WeakMap<Process, (run: () => void) => void>();
  const runAsNobody = runnerOf(undefined);
  let now = 0;
  let number = 0;

  function plan(milliseconds: number, run: () => void, process?: Process): Planned {
    const entry = { at: now + Math.max(milliseconds, 0), number: (number += 1), process, run };
    insert(planned, entry);
    return entry;
  }

  function runAs(process: Process | undefined, run: () => void): void {
    if (process === undefined) return runAsNobody(run);
    const runner = runners.get(process) ?? runnerOf(process);
    runners.set(process, runner);
    return runner(run);
  }

  function timerOf(entry: Planned): Timer {
    const timer: Timer = { planned: entry, unref: () => timer };
    return timer;
  }

  function setInterval(run: () => void, milliseconds: number): Timer {
    const process = owner.getStore();
    const again = () => {
      timer.planned = plan(milliseconds, again, process);
      run();
    };
    const timer = timerOf(plan(milliseconds, again, process));
    return timer;
  }

  const clear = (timer: unknown) => {
    if (isTimer(timer)) cancelled.add(timer.planned);
  };

  return {
    now: () => now,
    wallTime: () => BEGINNING + now + (owner.getStore()?.ahead ?? 0),
    plan: (milliseconds, run, process) => void plan(milliseconds, run, process),
    runAs,
    current: () => owner.getStore(),
    pass: async (until, isOver = () => false) => {
      let looked = now;
      for (;;) {
        const next = planned[0];
        if (next === undefined || next.at > until) break;
        if (now - looked >= LOOK) {
          looked = now;
          if (isOver()) return;
        }
        planned.shift();
        if (next.process?.isDead === true || cancelled.has(next)) continue;
        const thaws = next.process?.frozenUntil ?? 0;
        if (thaws > next.at) {
          next.at = thaws;
          insert(planned, next);
          continue;
        }
        now = next.at;
        runAs(next.process, next.run);
        await followUp();
      }
      now = Math.max(now, until);
    },
    globals: {
      setTimeout: (run, milliseconds = 0) => timerOf(plan(milliseconds, run, owner.getStore())),
      setInterval,
      clearTimeout: clear,
      clearInterval: clear,
      performance: { now: () => now },
    },
  };
}

function runnerOf(process: Process | undefined): (run: () => void) => void {
  return owner.run(process, () => AsyncLocalStorage.snapshot());
}

/** Waits for all that follows at once from what has just run: a tick comes when no promise has anything left to do. */
const followUp = () => new Promise<void>((resolve) => process.nextTick(resolve));

function isTimer(timer: unknown): timer is Timer {
  return typeof timer === 'object' && timer !== null && 'planned' in timer;
}

/** By time, and of the same time in the order of planning. */
function insert(planned: Planned[], entry: Planned): void {
  let low = 0;
  let high = planned.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = planned[middle];
    if (other === undefined) break;
    if (other.at < entry.at || (other.at === entry.at && other.number < entry.number))
      low = middle + 1;
    else high = middle;
  }
  planned.splice(low, 0, entry);
}
