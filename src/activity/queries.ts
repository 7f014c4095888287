import { sql } from 'kysely';
import type { Event } from '../database/models.ts';
import { type TenantTransaction, enterHome } from '../database/transaction.ts';
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
  /** The numbers of the user's next events after the position, in order, at most `count`. */
  numbers: readonly number[];
  /** Those of them that the home has: all, if none was chosen. */
  events: EventMessage[];
};

/** Whose events are read, and in which session. */
export type Reader = Pick<SignedIn, 'actorId' | 'homeId' | 'sessionRowId'>;

/**
 * Reads the events after a position (none if there is no position yet), of the reader's own homes or of the one chosen, in a
 * transaction of the reader. Undefined if the session has ended, or if the reader may not read in the home any more.
 */
export async function readEvents(
  transaction: TenantTransaction,
  reader: Reader,
  after: number | undefined,
  count: number,
): Promise<EventBatch | undefined> {
  const state = await stateOf(transaction, reader);
  if (state === undefined) return undefined;
  const { actorId, homeId } = reader;
  if (homeId === undefined) {
    const events = after === undefined ? [] : await eventsAfter(transaction, actorId, after, count);
    return { ...state, numbers: events.map(({ number }) => number), events };
  }
  const entry = await enterHome(transaction, { actorId, homeId });
  if (entry === undefined || entry.role === 'child') return undefined;
  return { ...state, ...(await eventsOfHome(transaction, entry.ownerId, after, count)) };
}

/** What a home used since midnight in its time zone, by device and person, as JSON. */
export async function readUsageToday(
  transaction: TenantTransaction,
  { userId, homeId }: { userId: string; homeId: string },
): Promise<string> {
  const { rows } = await sql<{ used: string }>`
    select jsonb_build_object('devices', today -> 'devices', 'people', today -> 'people')::text as used
    from load_usage(${userId}, ${homeId}, null, null, null, 'today') today`.execute(transaction);
  return rows[0]?.used ?? '{"devices": [], "people": []}';
}

/** How long the reader's session lasts, and the number of their own last event. */
async function stateOf(
  transaction: TenantTransaction,
  { actorId, sessionRowId }: Reader,
): Promise<{ expires_in: number; last_number: number } | undefined> {
  const { rows } = await sql<{ expires_in: number; last_number: number }>`
    select extract(epoch from s.expires_at - clock_timestamp())::float8 * 1000 as expires_in,
           coalesce(c.last_number, 0) as last_number
    from user_sessions s
    join users u on u.id = s.user_id and u.is_active
    left join event_counters c on c.user_id = s.user_id
    where s.user_id = ${actorId} and s.id = ${sessionRowId} and s.is_active
      and s.expires_at > clock_timestamp()`.execute(transaction);
  return rows[0];
}

/** The events of a home have gaps in their numbers: whether one is missing shows in the numbers of all the owner's. */
async function eventsOfHome(
  transaction: TenantTransaction,
  ownerId: string,
  after: number | undefined,
  count: number,
): Promise<Omit<EventBatch, 'expires_in'>> {
  const { rows } = await sql<{ last_number: number; numbers: string[] | null }>`
    select coalesce((select last_number from event_counters where user_id = ${ownerId}), 0) as last_number,
           next_event_numbers(${after ?? null}, ${count}) as numbers`.execute(transaction);
  const { last_number = 0, numbers } = rows[0] ?? {};
  const passed = (numbers ?? []).map(Number);
  const events =
    after === undefined || passed.length === 0
      ? []
      : await eventsAfter(transaction, ownerId, after, count);
  // Others may have come in the meantime.
  const last = passed.at(-1) ?? 0;
  return { last_number, numbers: passed, events: events.filter(({ number }) => number <= last) };
}

function eventsAfter(
  transaction: TenantTransaction,
  userId: string,
  after: number,
  count: number,
): Promise<EventMessage[]> {
  return transaction
    .selectFrom('events')
    .select(['number', 'at', 'type', 'router_id', 'subject_id', 'data'])
    .where('user_id', '=', userId)
    .where('number', '>', after)
    .orderBy('number')
    .limit(count)
    .$narrowType<{ number: number }>()
    .execute();
}
