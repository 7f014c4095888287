/** Lets so many pieces of work run at once; the others wait for their turn, in order. */
export type Gate = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Thousands of routers may want the database at the same moment (a power cut ends, the service restarts):
 * they take turns, instead of running out of connections.
 */
export function createGate(most: number): Gate {
  let running = 0;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => void queue.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
