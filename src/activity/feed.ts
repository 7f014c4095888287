import type { DatabaseAddress } from '../config/database-address.ts';
import { listen } from '../database/listen.ts';
import { TooManyRequestsError } from '../errors.ts';
import { type WakeUp, createWakeUp } from '../wake-up.ts';

/** Notified with the id of a user of whom an event, or the end of a session, has been committed. */
const CHANNEL = 'netpilot_events';

/** Streams that one user may have open at one process: a browser's tabs, with room to spare. */
const MOST_STREAMS = 20;

/** One who waits for one user's events. */
export type Subscription = {
  /** Resolves when there may be something to look for, or after that time; at once if there was already. */
  wait: (milliseconds: number) => Promise<unknown>;
  /** Nobody is there any more, or the process stops. */
  isOver: () => boolean;
  end: () => void;
};

/** Wakes those who wait, whichever process it was that wrote. */
export type Feed = {
  /** Throws TooManyRequestsError where the user has too many already. */
  subscribe: (userId: string) => Subscription;
  /** Ends every subscription, and the connection. */
  close: () => Promise<void>;
};

/** @param onError told when the database cannot be listened to; that is tried again by itself */
export function createFeed(address: DatabaseAddress, onError: (error: unknown) => void): Feed {
  const waiting = new Map<string, Set<WakeUp>>();
  let stopListening: (() => Promise<void>) | undefined;
  const wakeAll = () => {
    for (const waits of waiting.values()) for (const wakeUp of waits) wakeUp.wake();
  };
  const startListening = () =>
    listen(address, CHANNEL, {
      onNotification: (userId) => waiting.get(userId)?.forEach((wakeUp) => wakeUp.wake()),
      // What was committed while nobody listened is in the table.
      onListening: wakeAll,
      onLost: onError,
    });

  const subscribe = (userId: string): Subscription => {
    const waits = waiting.get(userId) ?? new Set();
    if (waits.size >= MOST_STREAMS)
      throw new TooManyRequestsError(`There are ${MOST_STREAMS} streams open already.`, 30);
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
    for (const waits of waiting.values()) {
      const last = [...waits];
      waits.clear();
      for (const wakeUp of last) wakeUp.wake();
    }
    waiting.clear();
    await stopListening?.();
  };
  return { subscribe, close };
}
