/** Makes messages of what has happened, and delivers them: in any number of processes at once. docs/decisions/0040. */
import { randomUUID } from 'node:crypto';
import { patiently } from '../database/lane.ts';
import type { Database } from '../database/pool.ts';
import { createWakeUp } from '../wake-up.ts';
import type { Wakes } from '../wakes/wakes.ts';
import {
  type Claim,
  DELIVERY_RULES,
  type DeliveryRules,
  claimChannels,
  deliverDue,
} from './delivery.ts';
import { findDueListeners, postponeAll, spreadAlerts } from './outbox.ts';
import type { SendingServices } from './sending.ts';

export type WorkerOptions = {
  database: Database;
  wakes: Wakes;
  services: SendingServices;
  onError: (error: unknown) => void;
  rules?: DeliveryRules;
  /** The most that may wait for a channel, and that it gets in a day. */
  mostWaiting?: number;
  mostInADay?: number;
  /** Milliseconds between two looks, if nobody says that there is something. */
  lookEvery?: number;
};

const LOOK_EVERY = 5_000;
/**
 * Channels that are delivered to at once; those that failed last time have places of their own. One whose target has not
 * answered for a moment takes no place any more, as it only waits; `most` with those.
 */
const PLACES = [
  { hasFailed: false, places: 64, most: 512 },
  { hasFailed: true, places: 16, most: 128 },
] as const;
const A_MOMENT = 250;
const LISTENERS_AT_ONCE = 50;
const PAUSE_AFTER_ERROR = 60;

/** @returns a function that stops it, once what is being sent has been */
export function startAlerts(options: WorkerOptions): () => Promise<void> {
  const { wakes, onError, lookEvery = LOOK_EVERY } = options;
  const wakeUp = createWakeUp();
  const stopped = new AbortController();
  const isStopped = () => stopped.signal.aborted;
  const stopHearing = wakes.hear('alerts', wakeUp.wake);
  const deliveries = createDeliveries(options, wakeUp.wake, isStopped);
  const run = async () => {
    while (!isStopped()) {
      try {
        await spreadAll(options, isStopped);
        await deliveries.look();
      } catch (error) {
        onError(error);
      }
      await wakeUp.wait(lookEvery);
    }
    await deliveries.idle();
  };
  // Nothing of it may be refused because the person's own requests are many.
  const running = patiently(run);
  return async () => {
    stopped.abort();
    stopHearing();
    wakeUp.wake();
    await running;
  };
}

/** Makes messages of everything that is due, for one person after the other. */
async function spreadAll(options: WorkerOptions, isStopped: () => boolean): Promise<void> {
  const { database, services, onError, mostWaiting = 200, mostInADay = 500 } = options;
  const rules = { secretKey: services.secretKey, mostWaiting, mostInADay };
  for (const listener of await findDueListeners(database, LISTENERS_AT_ONCE)) {
    try {
      for (let more = true; more && !isStopped();)
        more = await spreadAlerts(database, listener, rules);
    } catch (error) {
      onError(error);
      await postponeAll(database, listener, PAUSE_AFTER_ERROR);
    }
  }
}

/** The deliveries under way in this process. */
function createDeliveries(
  { database, services, onError, rules = DELIVERY_RULES }: WorkerOptions,
  onPlace: () => void,
  isStopped: () => boolean,
) {
  const worker = randomUUID();
  const underWay = new Map<Promise<void>, { hasFailed: boolean; isSlow: boolean }>();
  const begin = (claim: Claim, hasFailed: boolean) => {
    const state = { hasFailed, isSlow: false };
    let timer: NodeJS.Timeout | undefined;
    const onSending = (isSending: boolean) => {
      clearTimeout(timer);
      state.isSlow = false;
      if (!isSending) return;
      timer = setTimeout(() => {
        state.isSlow = true;
        onPlace();
      }, A_MOMENT);
    };
    const delivery = deliverDue(database, claim, { ...services, onSending }, rules, isStopped)
      // Its claim ends by itself.
      .catch(onError)
      .finally(() => {
        clearTimeout(timer);
        underWay.delete(delivery);
        onPlace();
      });
    underWay.set(delivery, state);
  };
  return {
    /** Takes channels that are due, for the places that are free. */
    look: async () => {
      for (const { hasFailed, places, most } of PLACES) {
        const same = [...underWay.values()].filter((each) => each.hasFailed === hasFailed);
        const taken = same.filter(({ isSlow }) => !isSlow).length;
        const free = Math.min(places - taken, most - same.length);
        if (free <= 0) continue;
        const by = { worker, seconds: rules.claimSeconds };
        const claims = await claimChannels(database, { ...by, most: free, hasFailed });
        for (const claim of claims) begin(claim, hasFailed);
      }
    },
    idle: () => Promise.all(underWay.keys()),
  };
}
