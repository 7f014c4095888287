/** How well addresses on the internet answer a router: the latest of each. */
import { sql } from 'kysely';
import type { OfRouter } from '../database/models.ts';
import { InvalidInputError } from '../errors.ts';
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

/** Replaces what was stored of that target, and forgets targets of which nothing was heard for an hour. */
export async function recordHealth(
  transaction: TenantTransaction,
  key: OfRouter,
  { target, loss, round_trip }: Health,
): Promise<void> {
  const { user_id, router_id } = key;
  await sql`
    with old as (
      delete from router_health
      where user_id = ${user_id} and router_id = ${router_id} and target <> ${target}
        and measured_at < now() - interval '1 hour')
    insert into router_health (user_id, router_id, target, loss, round_trip)
    values (${user_id}, ${router_id}, ${target}, ${loss}, ${round_trip})
    on conflict (user_id, router_id, target)
    do update set measured_at = now(), loss = excluded.loss, round_trip = excluded.round_trip`.execute(
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
