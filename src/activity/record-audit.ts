import type { Actor } from '../api/actor.ts';
import type { JsonObject } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import type { AuditAction } from './actions.ts';

export type AuditRecord = {
  action: AuditAction;
  /** Absent where no router is concerned, or it is gone with this. */
  routerId?: string;
  /** Id of the thing it was done to. */
  subjectId?: string;
  /** What a person needs to understand it later: before and after, never a secret. */
  details?: JsonObject;
};

/**
 * Writes one line of the audit, in the transaction of the change itself: both are stored, or neither.
 * A trigger makes it an event of the same name, sent once the transaction has committed.
 */
export async function recordAudit(
  transaction: TenantTransaction,
  actor: Actor,
  record: AuditRecord,
): Promise<void> {
  await transaction
    .insertInto('audit_entries')
    .values({
      user_id: actor.userId,
      actor: actor.kind,
      session_id: actor.sessionId ?? null,
      action: record.action,
      router_id: record.routerId ?? null,
      subject_id: record.subjectId ?? null,
      details: JSON.stringify(record.details ?? {}),
    })
    .execute();
}
