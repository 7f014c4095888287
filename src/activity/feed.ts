import { QUOTAS } from '../database/quotas.ts';
import { TooManyRequestsError } from '../errors.ts';
import { createWakeUp } from '../wake-up.ts';
import type { Wakes } from '../wakes/wakes.ts';

/** The longest wait while nobody tells this process what others have written. */
const UNHEARD_MS = 2_000;

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
  /**
   * Waits for what concerns either: the user whose events are read, and the one who reads them, who may be another.
   * Throws TooManyRequestsError if the reader already has too many.
   */
  subscribe: (reader: { userId: string; actorId: string }) => Subscription;
  /** How many subscriptions there are. */
  count: () => number;
  /** Ends every subscription. */
  close: () => void;
};

export function createFeed(wakes: Wakes): Feed {
  /** What ends the subscriptions that are open. */
  const ends = new Set<() => void>();
  /** How many a reader has. */
  const open = new Map<string, number>();

  const subscribe: Feed['subscribe'] = ({ userId, actorId }) => {
    const count = open.get(actorId) ?? 0;
    if (count >= QUOTAS.event_streams)
      throw new TooManyRequestsError(
        `You already have ${QUOTAS.event_streams} event streams open: close one.`,
        30,
        'event streams',
      );
    open.set(actorId, count + 1);
    const wakeUp = createWakeUp();
    const stops = [...new Set([userId, actorId])].map((key) =>
      wakes.hear('user', wakeUp.wake, { key }),
    );
    const end = () => {
      if (!ends.delete(end)) return;
      leave(open, actorId);
      for (const stop of stops) stop();
      // It finds that it is over.
      wakeUp.wake();
    };
    ends.add(end);
    const wait = (milliseconds: number) =>
      wakeUp.wait(wakes.isConnected() ? milliseconds : Math.min(milliseconds, UNHEARD_MS));
    return { wait, isOver: () => !ends.has(end), end };
  };
  return {
    subscribe,
    count: () => ends.size,
    close: () => {
      for (const end of ends) end();
    },
  };
}

/** One fewer. */
function leave(open: Map<string, number>, actorId: string): void {
  const left = (open.get(actorId) ?? 1) - 1;
  if (left === 0) open.delete(actorId);
  else open.set(actorId, left);
}
