import { sql } from 'kysely';
import type { Event } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import type { SignedIn } from '../api/signed-in.ts';

/** An event as the API shows it. */
export type EventMessage = Pick<Event, 'at' | 'type' | 'router_id' | 'subject_id' | 'data'> & {
  number: number;
};

/** What a stream reads at once. */
export type EventBatch = {
  /** Milliseconds until its session expires, unless it is used again. */
  expires_in: number;
  /** Number of the user's last event; 0 if there is none. `events` may have later ones. */
  last_number: number;
  /** The next events after the position, in order, at most `count`. */
  events: EventMessage[];
};

/**
 * Reads the events after a position (none if there is no position yet). Undefined if the session has ended.
 */
export async function readEvents(
  transaction: TenantTransaction,
  { userId, sessionRowId }: Pick<SignedIn, 'userId' | 'sessionRowId'>,
  after: number | undefined,
  count: number,
): Promise<EventBatch | undefined> {
  const { rows } = await sql<{ expires_in: number; last_number: number }>`
    select extract(epoch from s.expires_at - clock_timestamp())::float8 * 1000 as expires_in,
           coalesce(c.last_number, 0) as last_number
    from user_sessions s
    join users u on u.id = s.user_id and u.is_active
    left join event_counters c on c.user_id = s.user_id
    where s.user_id = ${userId} and s.id = ${sessionRowId} and s.is_active
      and s.expires_at > clock_timestamp()`.execute(transaction);
  const [state] = rows;
  if (state === undefined) return undefined;
  if (after === undefined) return { ...state, events: [] };
  const events = await transaction
    .selectFrom('events')
    .select(['number', 'at', 'type', 'router_id', 'subject_id', 'data'])
    .where('user_id', '=', userId)
    .where('number', '>', after)
    .orderBy('number')
    .limit(count)
    .$narrowType<{ number: number }>()
    .execute();
  return { ...state, events };
}
