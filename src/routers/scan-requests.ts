/** Scans that people ask for: wanted here, done by the Commands-Server that holds the router's connection. */
import { sql } from 'kysely';
import { recordAudit } from '../activity/record-audit.ts';
import type { Actor } from '../api/actor.ts';
import type { OnConnection, Router } from '../database/models.ts';
import type { Database } from '../database/pool.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError } from '../errors.ts';
import { lockRouter, updateRouter } from './queries.ts';

/**
 * Asks for a scan; a trigger notifies the Commands-Servers. While one is wanted, asking again changes nothing.
 * Throws NotFoundError, or ConflictError if the router is not connected.
 */
export async function requestScan(
  transaction: TenantTransaction,
  actor: Actor,
  routerId: string,
): Promise<Router> {
  const router = await lockRouter(transaction, { user_id: actor.userId, router_id: routerId });
  if (!router.is_active)
    throw new ConflictError('The router is not linked. It is scanned when it is linked again.');
  if (!router.is_connected)
    throw new ConflictError('The router is not connected. It is scanned when it connects.');
  if (router.scan_wanted_at !== null) return router;
  await recordAudit(transaction, actor, 'router.scan_requested', router);
  return updateRouter(transaction, router, { scan_wanted_at: new Date().toISOString() });
}

/** All devices of a router have been read, but are not stored. One round trip: finish_scan() makes the transaction the user's. */
export async function finishScan(
  database: Database,
  { user_id, router_id, connection_id }: OnConnection,
): Promise<void> {
  await sql`select finish_scan(${user_id}, ${router_id}, ${connection_id ?? null})`.execute(
    database,
  );
}
