import type { DatabaseAddress } from '../config/database-address.ts';
import { listen } from '../database/listen.ts';
import { QUOTAS } from '../database/quotas.ts';
import { TooManyRequestsError } from '../errors.ts';
import { type WakeUp, createWakeUp } from '../wake-up.ts';

/** Notified with a user's id when an event of theirs, or the end of a session, has been committed. */
const CHANNEL = 'netpilot_events';

/** What waits for one user's events. */
export type Subscription = {
  /** Resolves when there may be new events, or after this time; at once if there were some already. */
  wait: (milliseconds: number) => Promise<unknown>;
  /** The subscriber has left, or the process stops. */
  isOver: () => boolean;
  end: () => void;
};

/** Wakes the subscriptions of a user when there are new events, written by any process. */
export type Feed = {
  /** Throws TooManyRequestsError if the user already has too many. */
  subscribe: (userId: string) => Subscription;
  /** Ends every subscription, and the connection. */
  close: () => Promise<void>;
};

/** @param onError called when it cannot listen to the database; it retries by itself */
export function createFeed(address: DatabaseAddress, onError: (error: unknown) => void): Feed {
  const waiting = new Map<string, Set<WakeUp>>();
  let stopListening: (() => Promise<void>) | undefined;
  const wakeAll = () => {
    for (const waits of waiting.values()) for (const wakeUp of waits) wakeUp.wake();
  };
  const startListening = () =>
    listen(address, CHANNEL, {
      onNotification: (userId) => waiting.get(userId)?.forEach((wakeUp) => wakeUp.wake()),
      // What was committed before that is in the table.
      onListening: wakeAll,
      onLost: onError,
    });

  const subscribe = (userId: string): Subscription => {
    const waits = waiting.get(userId) ?? new Set();
    if (waits.size >= QUOTAS.event_streams)
      throw new TooManyRequestsError(
        `You already have ${QUOTAS.event_streams} event streams open: close one.`,
        30,
        'event streams',
      );
    stopListening ??= startListening();
    const wakeUp = createWakeUp();
    waiting.set(userId, waits.add(wakeUp));
    return {
      wait: wakeUp.wait,
      isOver: () => !waits.has(wakeUp),
      end: () => {
        waits.delete(wakeUp);
        if (waits.size === 0 && waiting.get(userId) === waits) waiting.delete(userId);
        wakeUp.wake();
      },
    };
  };
  const close = async () => {
    // A subscription that is woken runs on after this, and finds that it is over.
    wakeAll();
    for (const waits of waiting.values()) waits.clear();
    waiting.clear();
    await stopListening?.();
  };
  return { subscribe, close };
}
