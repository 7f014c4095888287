import { sql } from 'kysely';
import type { JsonObject } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import type { EventType } from './actions.ts';

/**
 * Sends an event to the clients of the transaction's user, once the transaction has committed. Audit entries
 * (`recordAudit`) and `policy.pending` become events by triggers: this is for the rest.
 * @param subject what it happened to; no `router_id` if no router is concerned
 * @param data what clients need to show it; never a secret
 */
export async function recordEvent(
  transaction: TenantTransaction,
  type: EventType,
  subject: { id?: string; router_id?: string },
  data: JsonObject = {},
): Promise<void> {
  await transaction
    .insertInto('events')
    .values({
      user_id: sql<string>`current_user_id()`,
      type,
      router_id: subject.router_id ?? null,
      subject_id: subject.id ?? null,
      data: JSON.stringify(data),
    })
    .execute();
}
