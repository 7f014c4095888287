/** How well addresses on the internet answer a router: the latest of each, stored as it comes. */
import { sql } from 'kysely';
import type { OnConnection, OfRouter } from '../database/models.ts';
import { InvalidInputError } from '../errors.ts';
import type { Database } from '../database/pool.ts';
import { inOrder } from '../database/places.ts';
import { PREPARED } from '../database/prepared.ts';
import type { TenantTransaction } from '../database/transaction.ts';

/** What routers ask whose owner has chosen nothing: two resolvers that are everywhere (anycast). */
export const HEALTH_TARGETS: readonly string[] = ['1.1.1.1', '9.9.9.9'];

/** This network, loopback, groups and above (RFC 6890, RFC 4291): no single machine has these. */
const NOBODY = /^(?:0|127|22[4-9]|2[3-5]\d)\.|^[0:]*[01]?$|^ff[\da-f]{2}:/i;

/** Throws InvalidInputError for what is no address of one machine. */
export function requireTargets(targets: readonly string[]): void {
  const wrong = targets.filter((target) => NOBODY.test(target));
  if (wrong.length > 0)
    throw new InvalidInputError(
      wrong.map((value) => ({
        field: 'health_targets',
        value,
        expected: 'the address of one machine',
      })),
    );
}

export type Health = {
  target: string;
  /** Percent of what was asked. */
  loss: number;
  /** Milliseconds until the answer came, on average; null if none came. */
  round_trip: number | null;
};

export type StoredHealth = Health & { measured_at: string };

/** What one router has measured: one or more targets. */
export type Measured = OnConnection & { samples: readonly Health[] };

/**
 * Stores what many routers have measured, in one commit. Nothing of a connection that counts no more.
 * @param longestWait for a row that somebody else holds, as PostgreSQL writes it: then it throws
 * @returns of each, how often the internet went or came with it
 */
export async function recordHealth(
  database: Database,
  all: readonly Measured[],
  longestWait: string | null,
): Promise<number[]> {
  const measured = all.map(({ user_id, router_id, connection_id, samples }) => {
    return { user_id, router_id, connection_id, samples };
  });
  const { rows } = await sql<{ place: number; changed: number }>`${PREPARED}
    select place, changed from record_healths(${JSON.stringify(measured)}::jsonb, ${HEALTH_TARGETS}, ${longestWait})`.execute(
    database,
  );
  return inOrder(all.length, rows).map((row) => row?.changed ?? 0);
}

/** Other targets are asked from now on: whether the internet is down is not known until they have been. */
export async function forgetTargets(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
): Promise<void> {
  await sql`
    with forgotten as (
      delete from router_health where user_id = ${user_id} and router_id = ${router_id} returning measured_at)
    update router_outages set until_at = greatest(from_at, (select max(measured_at) from forgotten))
    where user_id = ${user_id} and router_id = ${router_id} and until_at is null and kind = 'internet_down'`.execute(
    transaction,
  );
}

/** From now on nobody can say how the router is. */
export async function endOutage(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
): Promise<void> {
  await sql`
    update router_outages set until_at = greatest(from_at, now())
    where user_id = ${user_id} and router_id = ${router_id} and until_at is null`.execute(
    transaction,
  );
}

/** What was measured of each target in the last hour. */
export async function listHealth(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
): Promise<StoredHealth[]> {
  const { rows } = await sql<StoredHealth>`
    select host(target) as target, measured_at, loss, round_trip from router_health
    where user_id = ${user_id} and router_id = ${router_id} and measured_at > now() - interval '1 hour'
    order by target`.execute(transaction);
  return rows;
}
