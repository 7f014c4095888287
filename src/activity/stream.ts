import type { Database } from '../database/pool.ts';
import { tenantTransaction } from '../database/transaction.ts';
import type { SignedIn } from '../api/signed-in.ts';
import type { Subscription } from './feed.ts';
import { type Look, type Shown, look } from './queries.ts';

/** Read and sent at once, at most. */
const BATCH = 100;

/** Between two attempts to read while the database is away, and how many there are. */
const PAUSE_MS = 1_000;
const MOST_FAILURES = 30;

export type StreamOptions = {
  database: Database;
  subscription: Subscription;
  session: Pick<SignedIn, 'userId' | 'sessionRowId'>;
  /** Number of the last event that the reader has; absent where it begins. */
  after: number | undefined;
  /** The session is looked at, and a line sent, at least this often. */
  heartbeatMs?: number;
  /** Told when the database does not answer; it is asked again. */
  onError: (error: unknown) => void;
};

/**
 * A user's events as text/event-stream, from a position on, until the session or the subscription is
 * over. The next batch is read once the one before has been taken, so that a slow reader costs no memory.
 */
export async function* streamEvents({
  database,
  subscription,
  session,
  after,
  heartbeatMs = 20_000,
  onError,
}: StreamOptions): AsyncGenerator<string> {
  let position = after;
  let isGreeted = false;
  let failures = 0;
  while (!subscription.isOver()) {
    let seen: Look | undefined;
    try {
      seen = await tenantTransaction(database, session.userId, (transaction) =>
        look(transaction, session, position, BATCH),
      );
      failures = 0;
    } catch (error) {
      onError(error);
      failures += 1;
      if (failures > MOST_FAILURES) return;
      await subscription.wait(PAUSE_MS);
      continue;
    }
    if (seen === undefined) return;
    const { events, last_number, expires_in } = seen;
    if (position === undefined || !isContinuation(position, seen)) {
      yield greeting(last_number, false);
      position = last_number;
      isGreeted = true;
      continue;
    }
    const text = events.map(message).join('');
    yield (isGreeted ? '' : greeting(position, true)) + (text === '' ? ':\n\n' : text);
    isGreeted = true;
    position += events.length;
    if (events.length < BATCH) await subscription.wait(Math.min(heartbeatMs, expires_in));
  }
}

/**
 * Whether these are all that came after the position. Some are missing where they were deleted after a
 * day, or with their router; a position ahead of the last number was given before a backup was restored.
 */
function isContinuation(position: number, { last_number, events }: Look): boolean {
  if (events.length === 0) return last_number === position;
  return events.every(({ number }, index) => number === position + 1 + index);
}

function greeting(position: number, resumed: boolean): string {
  return `retry: 1000\nevent: ready\nid: ${position}\ndata: ${JSON.stringify({ resumed })}\n\n`;
}

/** The type stands in the data alone: with an `event` line, readers would have to name every type to hear of it. */
function message(event: Shown): string {
  return `id: ${event.number}\ndata: ${JSON.stringify(event)}\n\n`;
}
