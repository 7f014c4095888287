import type { Neighbour } from './openwrt/messages.ts';

/** What a router has seen, on its way into the inventory. */
export type Sightings = {
  userId: string;
  routerId: string;
  devices: Neighbour[];
  /** Whether these are all devices there are. */
  complete: boolean;
};

export type SightingsQueue = ReturnType<typeof createSightingsQueue>;

/**
 * Stores what one router sees, in order, one batch after another: the events that come in while one is
 * being stored are the next.
 */
export function createSightingsQueue(
  store: (devices: Neighbour[], complete: boolean) => Promise<void>,
  onError: (error: unknown) => void,
) {
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
    event: (device: Neighbour): void => {
      if (!isOneDevice(device.mac)) return;
      events.push(device);
      if (events.length === 1) void append(storeEvents).catch(() => undefined); // onError has it
    },

    /** Stores a whole scan; rejects where that fails. */
    scan: (devices: readonly Neighbour[]): Promise<void> =>
      append(() =>
        store(
          devices.filter(({ mac }) => isOneDevice(mac)),
          true,
        ),
      ),
  };
}

/** Whoever is on the network may claim any MAC: the lowest bit of the first byte marks a group. */
function isOneDevice(mac: string): boolean {
  return (Number.parseInt(mac.slice(0, 2), 16) & 1) === 0 && mac !== '00:00:00:00:00:00';
}
