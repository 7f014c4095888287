import type { DatabaseAddress } from '../config/database-address.ts';
import { listen } from '../database/listen.ts';
import { TooManyRequestsError } from '../errors.ts';

/** Notified with the id of a user of whom an event, or the end of a session, has been committed. */
const CHANNEL = 'netpilot_events';

/** Streams that one user may have open at one process: a browser's tabs, with room to spare. */
const MOST_STREAMS = 20;

/** One who waits for one user's events. */
export type Subscription = {
  /** Resolves when there may be something to look for, or after that time; at once if there was already. */
  wait: (milliseconds: number) => Promise<void>;
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
  const waiting = new Map<string, Set<Bell>>();
  let stopListening: (() => Promise<void>) | undefined;
  const ringAll = () => {
    for (const bells of waiting.values()) for (const bell of bells) bell.ring();
  };
  const startListening = () =>
    listen(address, CHANNEL, {
      onNotification: (userId) => waiting.get(userId)?.forEach((bell) => bell.ring()),
      // What was committed while nobody listened is in the table.
      onListening: ringAll,
      onLost: onError,
    });

  const subscribe = (userId: string): Subscription => {
    const bells = waiting.get(userId) ?? new Set();
    if (bells.size >= MOST_STREAMS)
      throw new TooManyRequestsError(`There are ${MOST_STREAMS} streams open already.`, 30);
    stopListening ??= startListening();
    const bell = createBell();
    waiting.set(userId, bells.add(bell));
    return {
      wait: bell.wait,
      isOver: () => !bells.has(bell),
      end: () => {
        bells.delete(bell);
        if (bells.size === 0 && waiting.get(userId) === bells) waiting.delete(userId);
        bell.ring();
      },
    };
  };
  const close = async () => {
    for (const bells of waiting.values()) {
      const last = [...bells];
      bells.clear();
      for (const bell of last) bell.ring();
    }
    waiting.clear();
    await stopListening?.();
  };
  return { subscribe, close };
}

type Bell = { ring: () => void; wait: (milliseconds: number) => Promise<void> };

/** One waits at a time. A ring that nobody waits for is kept for the next one who does. */
function createBell(): Bell {
  let isRinging = false;
  let wake = () => {};
  return {
    ring: () => {
      isRinging = true;
      wake();
    },
    wait: async (milliseconds) => {
      if (!isRinging) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      isRinging = false;
    },
  };
}
