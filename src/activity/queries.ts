import { sql } from 'kysely';
import type { Event } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import type { SignedIn } from '../api/signed-in.ts';

/** Events as they are shown. */
export type Shown = Pick<Event, 'at' | 'type' | 'router_id' | 'subject_id' | 'data'> & {
  number: number;
};

/** What there is for a stream. */
export type Look = {
  /** How long its session is valid without being used again, in milliseconds. */
  expires_in: number;
  /** Number of the user's last event; 0 before the first. Later ones may be among `events`. */
  last_number: number;
  /** The next ones after the position, in order, `count` at most. */
  events: Shown[];
};

/**
 * Looks for what comes after a position (nothing, where there is no position yet). Gives undefined
 * when the session is over.
 */
export async function look(
  transaction: TenantTransaction,
  { userId, sessionRowId }: Pick<SignedIn, 'userId' | 'sessionRowId'>,
  after: number | undefined,
  count: number,
): Promise<Look | undefined> {
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
