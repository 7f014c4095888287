/** Updates of agents that people ask for: wanted here, done by the Commands-Server that holds the router's connection. */
import { recordAudit } from '../activity/record-audit.ts';
import type { Actor } from '../api/actor.ts';
import type { Router } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError } from '../errors.ts';
import { type ConnectionOf, isCounting } from './presence.ts';
import { lockRouter, updateRouter } from './queries.ts';

/** Why an agent did not take a newer program, as it says it (docs/protocol.md). */
export const UPDATE_REFUSALS = [
  'incomplete',
  'not-allowed',
  'signature',
  'version',
  'broken',
  'storage',
] as const;
export type UpdateRefusal = (typeof UPDATE_REFUSALS)[number];

/**
 * How far an update has come: `wanted`, `sending`, `trying`; anything else says why the router has not got it: what the agent
 * says, `interrupted` (the connection ended), `put-back` (the new program did not show that it works).
 */
export const UPDATE_STATES = [
  'wanted',
  'sending',
  'trying',
  'interrupted',
  'put-back',
  ...UPDATE_REFUSALS,
  'not-here',
] as const;
export type UpdateState = (typeof UPDATE_STATES)[number];

/**
 * Asks for an update of a router's agent to that version; a trigger notifies the Commands-Servers. Asked for again while it is on its way, it
 * changes nothing. Throws NotFoundError, or ConflictError if the router is not connected, or its owner has not allowed updates there.
 */
export async function requestUpdate(
  transaction: TenantTransaction,
  actor: Actor,
  routerId: string,
  version: string,
): Promise<Router> {
  const router = await lockRouter(transaction, { user_id: actor.userId, router_id: routerId });
  if (!router.is_active || !router.is_connected)
    throw new ConflictError('The router is not connected: its agent can be updated when it is.');
  if (router.agent_features?.includes('update') !== true)
    throw new ConflictError(
      'Its agent takes no update. Allow it on the router: netpilot-agent updates on. If that is not known there, paste a new install line, with --updates at its end.',
    );
  const isUnderWay = ['wanted', 'sending', 'trying'].includes(router.update_state ?? '');
  if (isUnderWay && router.update_version === version) return router;
  await recordAudit(transaction, actor, 'router.update_requested', router, { version });
  return updateRouter(transaction, router, { update_version: version, update_state: 'wanted' });
}

/** How far the update that was asked for has come. Does nothing if another version is wanted by now, or the connection counts no more. */
export async function storeUpdate(
  transaction: TenantTransaction,
  connection: ConnectionOf,
  version: string,
  state: UpdateState,
): Promise<void> {
  const { user_id, router_id } = connection;
  await transaction
    .updateTable('user_routers')
    .set({ update_state: state })
    .where((row) => row.and({ user_id, router_id, update_version: version }))
    .where(isCounting(connection))
    .execute();
}
