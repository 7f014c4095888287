import type { Database } from '../database/pool.ts';
import { tenantTransaction } from '../database/transaction.ts';
import type { SignedIn } from '../api/signed-in.ts';
import type { Subscription } from './feed.ts';
import {
  type EventBatch,
  type EventMessage,
  type Reader,
  readEvents,
  readUsageToday,
} from './queries.ts';

/** The most events read and sent at once. */
const BATCH = 100;

/** The pause between two attempts to read while the database is down, and how many there are. */
const PAUSE_MS = 1_000;
const MOST_FAILURES = 30;

export type StreamOptions = {
  database: Database;
  subscription: Subscription;
  session: Reader & Pick<SignedIn, 'onlyRouterId' | 'userId'>;
  /** Number of the last event that the client has; undefined if it starts. */
  after: number | undefined;
  /** The session is checked, and a line sent, at least this often. */
  heartbeatMs?: number;
  /** How often what the chosen home used today is read, at most; undefined: never. */
  usageEveryMs?: number | undefined;
  /** Called when the database cannot be read; it retries. */
  onError: (error: unknown) => void;
};

/**
 * The events of a user's own homes, or of one home, as text/event-stream, after a position, until the session or the subscription
 * ends. A batch is read when the previous one has been sent, so that a slow client costs no memory.
 */
export async function* streamEvents({
  database,
  subscription,
  session,
  after,
  heartbeatMs = 20_000,
  usageEveryMs,
  onError,
}: StreamOptions): AsyncGenerator<string> {
  const { onlyRouterId } = session;
  let position = after;
  let isGreeted = false;
  let failures = 0;
  const usage = createUsage({ database, session, usageEveryMs, onError });
  while (!subscription.isOver()) {
    let batch: EventBatch | undefined;
    try {
      batch = await tenantTransaction(database, session.actorId, (transaction) =>
        readEvents(transaction, session, position, BATCH),
      );
      failures = 0;
    } catch (error) {
      onError(error);
      failures += 1;
      if (failures > MOST_FAILURES) return;
      await subscription.wait(PAUSE_MS);
      continue;
    }
    if (batch === undefined) return;
    const { events, numbers, last_number, expires_in } = batch;
    if (position === undefined || !isContinuation(position, batch)) {
      yield greeting(last_number, false);
      position = last_number;
      isGreeted = true;
      continue;
    }
    const text = events
      .filter(({ router_id }) => onlyRouterId === undefined || router_id === onlyRouterId)
      .map(message)
      .join('');
    yield (isGreeted ? '' : greeting(position, true)) + (text === '' ? ':\n\n' : text);
    isGreeted = true;
    position += numbers.length;
    yield* await usage();
    if (numbers.length < BATCH) await subscription.wait(Math.min(heartbeatMs, expires_in));
  }
}

/**
 * Whether these are all events after the position. Some are missing if they were deleted after a
 * day, or with their router; a position after the last number is from before a backup was restored.
 */
function isContinuation(position: number, { last_number, numbers }: EventBatch): boolean {
  if (numbers.length === 0) return last_number === position;
  return numbers.every((number, index) => number === position + 1 + index);
}

type UsageOptions = Pick<StreamOptions, 'database' | 'session' | 'usageEveryMs' | 'onError'>;

/** Gives a message with what the chosen home used today, if it is time to and that has changed. */
function createUsage({ database, session, usageEveryMs, onError }: UsageOptions) {
  const { userId, actorId, homeId } = session;
  let dueAt = 0;
  let last: string | undefined;
  return async (): Promise<string[]> => {
    if (usageEveryMs === undefined || homeId === undefined || performance.now() < dueAt) return [];
    dueAt = performance.now() + usageEveryMs;
    const tenant = { userId, actorId, homeId, isReadOnly: true };
    try {
      const used = await tenantTransaction(database, tenant, (transaction) =>
        readUsageToday(transaction, { userId, homeId }),
      );
      if (used === last) return [];
      last = used;
      return [`event: usage\ndata: ${used}\n\n`];
    } catch (error) {
      // It is read again when it is due.
      onError(error);
      return [];
    }
  };
}

function greeting(position: number, resumed: boolean): string {
  return `retry: 1000\nevent: ready\nid: ${position}\ndata: ${JSON.stringify({ resumed })}\n\n`;
}

/** The type is only in the data: with an `event` line, clients would have to listen to every type by name. */
function message(event: EventMessage): string {
  return `id: ${event.number}\ndata: ${JSON.stringify(event)}\n\n`;
}
