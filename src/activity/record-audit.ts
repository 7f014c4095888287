import { sql } from 'kysely';
import type { Actor } from '../api/actor.ts';
import type { JsonObject } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { CHANGES, QUOTAS } from '../database/quotas.ts';
import type { AuditAction } from './actions.ts';
import { QuotaExceededError } from '../errors.ts';
import { cutDetails } from './cut-details.ts';

/** What ends a theft works whatever the thief has done; there are not many of each. */
const UNLIMITED: ReadonlySet<AuditAction> = new Set([
  'session.started',
  'session.ended',
  'token.ended',
  'router.unlinked',
  'user.linked',
] as const);

/**
 * Writes an audit entry, in the transaction of the change itself: both are stored, or neither.
 * A trigger makes it an event of the same name, sent once the transaction has committed.
 * @param subject the row that something was done to; no `router_id` if no router is concerned, or it is deleted
 * @param details what a person needs to understand it later, such as before and after; never a secret. What is longer than
 *   4 KB is cut, and says so
 * Throws QuotaExceededError for a user who has changed too much within an hour.
 */
export async function recordAudit(
  transaction: TenantTransaction,
  actor: Actor,
  action: AuditAction,
  subject: { id?: string; router_id?: string | null },
  details: JsonObject = {},
): Promise<void> {
  const isLimited = actor.kind === 'user' && !UNLIMITED.has(action);
  const { numAffectedRows } = await sql`
    insert into audit_entries (user_id, actor, session_id, action, router_id, subject_id, details)
    select ${actor.userId}::uuid, ${actor.kind}, ${actor.sessionId ?? null}, ${action},
           ${subject.router_id ?? null}, ${subject.id ?? null}, ${JSON.stringify(cutDetails(details))}::jsonb
    where ${isLimited ? sql`${CHANGES} < ${QUOTAS.changes_in_an_hour}` : sql`true`}`.execute(
    transaction,
  );
  if (numAffectedRows === 0n)
    throw new QuotaExceededError(
      'changes_in_an_hour',
      QUOTAS.changes_in_an_hour,
      QUOTAS.changes_in_an_hour,
    );
}
