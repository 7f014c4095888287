/** What a router's devices used in its latest sample. */
import { sql } from 'kysely';
import type { OfRouter } from '../database/models.ts';
import type { Database } from '../database/pool.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import { lockRouter } from './queries.ts';

/** `partly`: packets pass by what counts them, because the router offloads flows. */
export const COUNTING = ['counted', 'partly'] as const;
export type Counting = (typeof COUNTING)[number];

/** Bytes that a device received and sent. */
export type Used = { mac: string; down: number; up: number };

export type UsageSample = { milliseconds: number; counting: Counting; devices: readonly Used[] };

/** How long a router measures each 2 s after somebody asked for it. */
const WATCHED_SECONDS = 60;

/** Stores a sample in place of the last one, in one round trip; what devices used that are not known is left out. */
export async function recordUsage(
  database: Database,
  { user_id, router_id }: OfRouter,
  { milliseconds, counting, devices }: UsageSample,
): Promise<void> {
  await sql`select record_usage(
    ${user_id}, ${router_id}, ${milliseconds}, ${counting}, ${JSON.stringify(devices)})`.execute(
    database,
  );
}

export type StoredUsage = {
  measured_at: string;
  milliseconds: number;
  counting: Counting;
  devices: { device_id: string; down: number; up: number }[];
};

/** The latest sample. Throws NotFoundError if there is none. */
export async function findUsage(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
): Promise<StoredUsage> {
  const { rows } = await sql<StoredUsage>`
    select measured_at, milliseconds, counting, devices
    from router_usage where user_id = ${user_id} and router_id = ${router_id}`.execute(transaction);
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
