import { type Neighbour, normalise } from '../devices/neighbour.ts';

/** What one router reports, on its way into the inventory. */
export interface ScanQueue {
  /** A device came or went: stored soon. */
  event: (neighbour: Neighbour) => void;
  /** Stores a whole scan. Rejects if that fails. */
  scan: (neighbours: readonly Neighbour[]) => Promise<void>;
  /** Resolves once nothing is left to store. */
  settled: () => Promise<void>;
}

/**
 * Stores in order, one batch after another: the events that come in while one is being stored are the next.
 * @param store complete: whether these are all devices there are
 */
export function createScanQueue(
  store: (neighbours: readonly Neighbour[], complete: boolean) => Promise<void>,
  onError: (error: unknown) => void,
): ScanQueue {
  let last: Promise<void> = Promise.resolve();
  let events: Neighbour[] = [];

  function append(work: () => Promise<void>): Promise<void> {
    const done = last.then(work);
    last = done.catch(onError);
    return done;
  }

  async function storeEvents(): Promise<void> {
    // Of each address of each device the last event counts, at its place among the others.
    const newest = new Map<string, Neighbour>();
    for (const event of events) {
      const key = `${event.mac} ${event.ip}`;
      newest.delete(key);
      newest.set(key, event);
    }
    events = [];
    await store([...newest.values()], false);
  }

  return {
    event: (neighbour) => {
      const [event] = normalise([neighbour]);
      if (event === undefined) return;
      events.push(event);
      if (events.length === 1) void append(storeEvents).catch(() => undefined); // onError has it
    },
    scan: (neighbours) => append(() => store(normalise(neighbours), true)),
    settled: () => last,
  };
}
