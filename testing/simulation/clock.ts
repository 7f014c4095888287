/** Time that passes only when it is told to: what happens, and in which order, follows from the seed alone. */
import { AsyncLocalStorage } from 'node:async_hooks';

/** Something that can be killed or frozen, with all that it has begun. */
export type Process = { isDead: boolean; frozenUntil: number };

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
  /** For the code under test, in the place of the global functions. */
  setTimeout: (run: () => void, milliseconds?: number) => object;
  clearTimeout: (timer: unknown) => void;
}

/** The real one, as a test may replace the global. */
const { setImmediate } = globalThis;

export function createClock(): Clock {
  const owner = new AsyncLocalStorage<Process | undefined>();
  const planned: Planned[] = [];
  const cancelled = new WeakSet<object>();
  let now = 0;
  let number = 0;

  function plan(milliseconds: number, run: () => void, process?: Process): Planned {
    const entry = { at: now + Math.max(milliseconds, 0), number: (number += 1), process, run };
    insert(planned, entry);
    return entry;
  }

  return {
    now: () => now,
    plan: (milliseconds, run, process) => void plan(milliseconds, run, process),
    runAs: (process, run) => owner.run(process, run),
    current: () => owner.getStore(),
    pass: async (until, isOver = () => false) => {
      for (;;) {
        const next = planned[0];
        if (next === undefined || next.at > until || isOver()) break;
        planned.shift();
        if (next.process?.isDead === true || cancelled.has(next)) continue;
        const thaws = next.process?.frozenUntil ?? 0;
        if (thaws > next.at) {
          next.at = thaws;
          insert(planned, next);
          continue;
        }
        now = next.at;
        owner.run(next.process, next.run);
        // All that follows at once from it.
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
      if (!isOver()) now = Math.max(now, until);
    },
    setTimeout: (run, milliseconds = 0) => plan(milliseconds, run, owner.getStore()),
    clearTimeout: (timer) => {
      if (typeof timer === 'object' && timer !== null) cancelled.add(timer);
    },
  };
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
