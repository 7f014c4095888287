import { sql } from 'kysely';
import type { JsonObject } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import type { EventType } from './actions.ts';

export type EventRecord = {
  type: EventType;
  /** Absent if no router is concerned, or it is deleted with this. */
  routerId?: string;
  /** Id of what it happened to. */
  subjectId?: string;
  /** What clients need to show it; never a secret. */
  data?: JsonObject;
};

/**
 * Sends an event to the clients of the transaction's user, once the transaction has committed. Audit entries
 * (`recordAudit`) and `policy.pending` become events by triggers: this is for the rest.
 */
export async function recordEvent(
  transaction: TenantTransaction,
  { type, routerId, subjectId, data = {} }: EventRecord,
): Promise<void> {
  await transaction
    .insertInto('events')
    .values({
      user_id: sql<string>`current_user_id()`,
      type,
      router_id: routerId ?? null,
      subject_id: subjectId ?? null,
      data: JSON.stringify(data),
    })
    .execute();
}
