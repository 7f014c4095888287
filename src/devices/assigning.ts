/**
 * Whose a device is, and that somebody has reviewed it. Both are said once for a home: of every router that knows one of its MACs,
 * the device follows, with all its parts.
 */
import { type RawBuilder, sql } from 'kysely';
import type { TenantTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';
import type { DeviceKey } from './queries.ts';

/** What may concern the rules of the home. */
export type DeviceChanges = {
  /** Whose it was, and whose it is. */
  people: string[];
  /** Whether it was new until now. */
  was_new: boolean;
};

/** Throws NotFoundError if the home of the router does not have the person. */
export async function requirePerson(
  transaction: TenantTransaction,
  { user_id, router_id }: Pick<DeviceKey, 'user_id' | 'router_id'>,
  personId: string,
): Promise<void> {
  const { rows } = await sql`
    select from people p join user_routers r on r.user_id = p.user_id and r.home_id = p.home_id
    where p.user_id = ${user_id} and p.id = ${personId} and r.router_id = ${router_id}`.execute(
    transaction,
  );
  if (rows.length === 0) throw new NotFoundError('person', personId);
}

/** Gives a device to a person, who makes it known, or takes it from one (null). The policies of the home are locked. */
export function assignDevice(
  transaction: TenantTransaction,
  key: DeviceKey,
  personId: string | null,
): Promise<DeviceChanges> {
  return change(
    transaction,
    key,
    sql`
    person_id = ${personId},
    reviewed_at = ${personId === null ? sql`reviewed_at` : sql`coalesce(reviewed_at, now())`}`,
    personId,
  );
}

/** Notes that somebody has said that a device is welcome, or not. The policies of the home are locked. */
export function markReviewed(
  transaction: TenantTransaction,
  key: DeviceKey,
): Promise<DeviceChanges> {
  return change(transaction, key, sql`reviewed_at = coalesce(reviewed_at, now())`, null);
}

async function change(
  transaction: TenantTransaction,
  { user_id, id }: DeviceKey,
  columns: RawBuilder<unknown>,
  personId: string | null,
): Promise<DeviceChanges> {
  const { rows } = await sql<DeviceChanges>`
    with same as materialized (
      select row.* from user_devices row
      where row.user_id = ${user_id} and coalesce(row.shown_as, row.id) in (${wholesInHome(user_id, id)})
    ), changed as (
      update user_devices set ${columns} where user_id = ${user_id} and id in (select id from same)
    )
    select array_remove(array_agg(distinct person_id) || ${personId}::uuid, null) as people, bool_or(reviewed_at is null) as was_new
    from same`.execute(transaction);
  const [row] = rows;
  if (row === undefined) throw new NotFoundError('device', id);
  return row;
}

/** The ids of the devices, as they are shown, that have one of a device's MACs at a router of its home; its own among them. */
export function wholesInHome(userId: string, deviceId: string): RawBuilder<unknown> {
  return sql`
    with part as (
      select p.id, p.shown_as, p.mac, mine.home_id
      from user_devices d
      join user_devices p on p.user_id = d.user_id and coalesce(d.shown_as, d.id) in (p.id, p.shown_as)
      join user_routers mine on mine.user_id = p.user_id and mine.router_id = p.router_id
      where d.user_id = ${userId} and d.id = ${deviceId}
    )
    select coalesce(shown_as, id) from part
    union
    select coalesce(other.shown_as, other.id)
    from part
    join user_routers r on r.user_id = ${userId} and r.home_id = part.home_id
    join user_devices other on other.user_id = r.user_id and other.router_id = r.router_id and other.mac = part.mac`;
}
