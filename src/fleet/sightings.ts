import type { Neighbour } from './driver.ts';

/** What one router sees, on its way into the inventory. */
export interface SightingsQueue {
  /** A device came or went: stored soon. */
  event: (device: Neighbour) => void;
  /** Stores a whole scan. Rejects if that fails. */
  scan: (devices: readonly Neighbour[]) => Promise<void>;
}

/**
 * Stores in order, one batch after another: the events that come in while one is being stored are the next.
 * @param store complete: whether these are all devices there are
 */
export function createSightingsQueue(
  store: (devices: readonly Neighbour[], complete: boolean) => Promise<void>,
  onError: (error: unknown) => void,
): SightingsQueue {
  let last: Promise<void> = Promise.resolve();
  let events: Neighbour[] = [];

  function append(work: () => Promise<void>): Promise<void> {
    const done = last.then(work);
    last = done.catch(onError);
    return done;
  }

  async function storeEvents(): Promise<void> {
    // What counts of each address of each device is what was said last.
    const newest = new Map(events.map((event) => [`${event.mac} ${event.ip}`, event]));
    events = [];
    await store([...newest.values()], false);
  }

  return {
    event: (device) => {
      events.push(device);
      if (events.length === 1) void append(storeEvents).catch(() => undefined); // onError has it
    },
    scan: (devices) => append(() => store(devices, true)),
  };
}
