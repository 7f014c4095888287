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
  /**
   * Waits for what concerns either: the user whose events are read, and the one who reads them, who may be another.
   * Throws TooManyRequestsError if the reader already has too many.
   */
  subscribe: (reader: { userId: string; actorId: string }) => Subscription;
  /** How many subscriptions there are. */
  count: () => number;
  /** Ends every subscription, and the connection. */
  close: () => Promise<void>;
};

/** @param onError called when it cannot listen to the database; it retries by itself */
export function createFeed(address: DatabaseAddress, onError: (error: unknown) => void): Feed {
  const waiting = new Map<string, Set<WakeUp>>();
  /** How many a reader has. */
  const open = new Map<string, number>();
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

  const subscribe: Feed['subscribe'] = ({ userId, actorId }) => {
    const count = open.get(actorId) ?? 0;
    if (count >= QUOTAS.event_streams)
      throw new TooManyRequestsError(
        `You already have ${QUOTAS.event_streams} event streams open: close one.`,
        30,
        'event streams',
      );
    stopListening ??= startListening();
    const wakeUp = createWakeUp();
    open.set(actorId, count + 1);
    for (const id of [userId, actorId]) waiting.set(id, (waiting.get(id) ?? new Set()).add(wakeUp));
    const isOver = () => waiting.get(actorId)?.has(wakeUp) !== true;
    return {
      wait: wakeUp.wait,
      isOver,
      end: () => {
        if (isOver()) return;
        leave(open, actorId);
        for (const id of [userId, actorId]) {
          const waits = waiting.get(id);
          waits?.delete(wakeUp);
          if (waits?.size === 0) waiting.delete(id);
        }
        wakeUp.wake();
      },
    };
  };
  const close = async () => {
    // A subscription that is woken runs on after this, and finds that it is over.
    wakeAll();
    waiting.clear();
    open.clear();
    await stopListening?.();
  };
  const count = () => [...open.values()].reduce((sum, of) => sum + of, 0);
  return { subscribe, count, close };
}

/** One fewer. */
function leave(open: Map<string, number>, actorId: string): void {
  const left = (open.get(actorId) ?? 1) - 1;
  if (left === 0) open.delete(actorId);
  else open.set(actorId, left);
}
