/** The one-time links of an alert's buttons. A secret is made of SECRET_KEY and the delivery, so that a message that is sent again has the same. */
import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import type { TenantTransaction } from '../database/transaction.ts';
import { deriveKey, hashSecret } from '../sealing.ts';
import type { Alert, AlertAction } from './alerts-of.ts';
import { type Listener, keyOf } from './listener.ts';

/** As long as somebody may come back to an alert. */
const LASTS_HOURS = 24;

/** The secret of a button of a delivery: 43 characters of base64url. */
export function linkSecret(secretKey: string, deliveryId: string, index: number): string {
  return createHmac('sha256', deriveKey(secretKey, 'alert links'))
    .update(`${deliveryId} ${index}`)
    .digest('base64url');
}

/** Alerts without the buttons for what has been deleted since they happened. */
export async function keepPossible(
  transaction: TenantTransaction,
  { userId }: Listener,
  alerts: readonly Alert[],
): Promise<Alert[]> {
  const ids = alerts.flatMap(({ actions }) => actions.flatMap(subjectsOf));
  if (ids.length === 0) return [...alerts];
  const { rows } = await sql<{ id: string }>`
    select id from user_devices where user_id = ${userId} and id = any (${ids}::uuid[])
    union all select id from people where user_id = ${userId} and id = any (${ids}::uuid[])
    union all select id from access_asks where user_id = ${userId} and id = any (${ids}::uuid[])`.execute(
    transaction,
  );
  const known = new Set(rows.map(({ id }) => id));
  return alerts.map((alert) => ({
    ...alert,
    actions: alert.actions.filter((action) => subjectsOf(action).every((id) => known.has(id))),
  }));
}

function subjectsOf(action: AlertAction): string[] {
  if ('deviceId' in action) return [action.deviceId];
  return action.askId === undefined ? [action.personId] : [action.personId, action.askId];
}

export async function insertLinks(
  transaction: TenantTransaction,
  listener: Listener,
  { id, actions }: { id: string; actions: readonly AlertAction[] },
  secretKey: string,
): Promise<void> {
  if (actions.length === 0) return;
  await transaction
    .insertInto('alert_links')
    .values(
      actions.map((action, index) => ({
        ...keyOf(listener),
        token_hash: hashSecret(linkSecret(secretKey, id, index)),
        action: action.action,
        name: action.name,
        router_id: 'routerId' in action ? action.routerId : null,
        device_id: 'deviceId' in action ? action.deviceId : null,
        person_id: 'personId' in action ? action.personId : null,
        ask_id: ('askId' in action && action.askId) || null,
        minutes: 'minutes' in action ? action.minutes : null,
        expires_at: sql<string>`now() + make_interval(hours => ${LASTS_HOURS})`,
      })),
    )
    .execute();
}

/** The buttons of a channel's messages do nothing any more: that others have them may be why it is deleted. */
export async function deleteLinks(
  transaction: TenantTransaction,
  { user_id, id }: { user_id: string; id: string },
  secretKey: string,
): Promise<void> {
  const { rows } = await sql<{ id: string; buttons: number }>`
    select id, jsonb_array_length(message -> 'buttons') as buttons from alert_deliveries
    where user_id = ${user_id} and channel_id = ${id} and message -> 'buttons' <> '[]'
      and created_at > now() - make_interval(hours => ${LASTS_HOURS})`.execute(transaction);
  const hashes = rows.flatMap((row) =>
    Array.from({ length: row.buttons }, (_, index) =>
      hashSecret(linkSecret(secretKey, row.id, index)),
    ),
  );
  if (hashes.length === 0) return;
  await transaction
    .deleteFrom('alert_links')
    .where('user_id', '=', user_id)
    .where('token_hash', 'in', hashes)
    .execute();
}
