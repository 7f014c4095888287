import type { Actor } from '../api/actor.ts';
import type { JsonObject } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import type { AuditAction } from './actions.ts';

/**
 * Writes an audit entry, in the transaction of the change itself: both are stored, or neither.
 * A trigger makes it an event of the same name, sent once the transaction has committed.
 * @param subject the row that something was done to; no `router_id` if no router is concerned, or it is deleted
 * @param details what a person needs to understand it later, such as before and after; never a secret
 */
export async function recordAudit(
  transaction: TenantTransaction,
  actor: Actor,
  action: AuditAction,
  subject: { id?: string; router_id?: string | null },
  details: JsonObject = {},
): Promise<void> {
  await transaction
    .insertInto('audit_entries')
    .values({
      user_id: actor.userId,
      actor: actor.kind,
      session_id: actor.sessionId ?? null,
      action,
      router_id: subject.router_id ?? null,
      subject_id: subject.id ?? null,
      details: JSON.stringify(details),
    })
    .execute();
}
