/** What a router's devices used in its latest sample. */
import { sql } from 'kysely';
import type { OfRouter } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import { lockRouter } from '../routers/queries.ts';
import type { Counting } from './sample.ts';

/** How long a router measures each 2 s after somebody asked for it. */
const WATCHED_SECONDS = 60;

export type LiveUsage = {
  measured_at: string;
  milliseconds: number;
  counting: Counting;
  is_access_point: boolean;
  devices: { device_id: string; down: number; up: number }[];
};

/** The latest sample, of the devices that are in the inventory. Throws NotFoundError if there is none. */
export async function findLiveUsage(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
): Promise<LiveUsage> {
  const { rows } = await sql<LiveUsage>`
    select r.measured_at, r.milliseconds, r.counting, exists (
      select from router_facts f where f.user_id = r.user_id and f.router_id = r.router_id and f.internet = 'none') as is_access_point, (
      select coalesce(jsonb_agg(jsonb_build_object('device_id', device_id, 'down', down, 'up', up)), '[]')
      from (
        select coalesce(d.shown_as, d.id) as device_id, least(sum(u.down), 9007199254740991) as down, least(sum(u.up), 9007199254740991) as up
        from jsonb_to_recordset(r.devices) u (mac macaddr, down bigint, up bigint)
        join user_devices d on d.user_id = r.user_id and d.router_id = r.router_id and d.mac = u.mac
        group by 1
      ) used) as devices
    from router_usage r where r.user_id = ${user_id} and r.router_id = ${router_id}`.execute(
    transaction,
  );
  const [usage] = rows;
  if (usage === undefined)
    throw new NotFoundError('router that counts what its devices use', router_id);
  return usage;
}

/**
 * Has a router measure each 2 s for a minute; a trigger notifies the Commands-Servers. Throws NotFoundError, or
 * ConflictError if it is not connected or cannot.
 */
export async function watchUsage(
  transaction: TenantTransaction,
  key: OfRouter,
): Promise<{ usage_wanted_until: string }> {
  const router = await lockRouter(transaction, key);
  if (!router.is_connected) throw new ConflictError('The router is not connected.');
  if (router.agent_features?.includes('usage') !== true)
    throw new ConflictError(
      'The agent on this router does not count what devices use: install a newer one.',
    );
  const { rows } = await sql<{ usage_wanted_until: string }>`
    update user_routers set usage_wanted_until = now() + make_interval(secs => ${WATCHED_SECONDS})
    where user_id = ${key.user_id} and router_id = ${key.router_id}
    returning usage_wanted_until`.execute(transaction);
  const [watched] = rows;
  if (watched === undefined) throw new NotFoundError('router', key.router_id);
  return watched;
}
