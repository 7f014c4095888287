/** When a router needs another document although nobody has changed anything. */

/** A timer cannot wait for longer than some weeks. */
const LONGEST_WAIT = 86_400_000;

export interface Renewal {
  /** From now on at this instant, in seconds of the epoch; null: never. */
  plan: (at: number | null) => void;
  /** The same, if nothing has been planned yet. */
  expect: (at: number | null | undefined) => void;
  isDue: () => boolean;
  close: () => void;
}

/** @param onDue it is time, or may be */
export function createRenewal(onDue: () => void): Renewal {
  let planned: number | null | undefined;
  let timer: NodeJS.Timeout | undefined;
  const left = (at: number) => at * 1_000 - Date.now();

  function plan(at: number | null): void {
    planned = at;
    clearTimeout(timer);
    if (at === null) return;
    const wait = Math.min(Math.max(left(at), 0), LONGEST_WAIT);
    timer = setTimeout(() => (left(at) > 0 ? plan(at) : onDue()), wait);
  }

  return {
    plan,
    expect: (at) => {
      if (planned === undefined && at !== undefined) plan(at);
    },
    isDue: () => typeof planned === 'number' && left(planned) <= 0,
    close: () => clearTimeout(timer),
  };
}
