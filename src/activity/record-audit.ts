import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../api/actor.ts';
import type { JsonObject } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { QUOTAS, countChanges } from '../database/quotas.ts';
import type { AuditAction } from './actions.ts';
import { describeUserAgent } from '../describe-user-agent.ts';
import { QuotaExceededError } from '../errors.ts';
import { cutDetails } from './cut-details.ts';

/** What ends a theft works whatever the thief has done; there are not many of each. */
const UNLIMITED: ReadonlySet<AuditAction> = new Set([
  'member.removed',
  'session.started',
  'session.ended',
  'token.ended',
  'router.unlinked',
  'user.linked',
] as const);

/**
 * What something was done to; no `router_id` if no router is concerned, or it is deleted. Members of the home `home_id` see it
 * then: by default of the one that was chosen, if there is one.
 */
type Subject = { id?: string | RawBuilder<unknown>; router_id?: string | null; home_id?: string };

/**
 * Writes an audit entry, in the transaction of the change itself: both are stored, or neither.
 * A trigger makes it an event of the same name, sent once the transaction has committed.
 * @param details what a person needs to understand it later, such as before and after; never a secret. What is longer than
 *   4 KB is cut, and says so
 * Throws QuotaExceededError for a user who has changed too much within an hour.
 */
export async function recordAudit(
  transaction: TenantTransaction,
  actor: Actor,
  action: AuditAction,
  subject: Subject,
  details: JsonObject = {},
): Promise<void> {
  const { numAffectedRows } = await insertAudit(actor, action, subject, details).execute(
    transaction,
  );
  requireAudited(Number(numAffectedRows ?? 0n));
}

/**
 * The statement of `recordAudit`, to be part of a larger one (`with audit as (…)`); its caller tells `requireAudited` how many
 * rows it has written.
 * @param subject its id can be an expression, such as the id of a row that the same statement inserts
 */
export function insertAudit(
  actor: Actor,
  action: AuditAction,
  subject: Subject,
  details: JsonObject = {},
): RawBuilder<unknown> {
  const isLimited = actor.kind === 'user' && !UNLIMITED.has(action);
  return sql`
    insert into audit_entries (user_id, actor, session_id, token_name, client, action, router_id, subject_id, details, home_id)
    select ${actor.userId}::uuid, ${actor.kind}, ${actor.sessionId ?? null}, ${actor.tokenName ?? null}, ${clientOf(actor)}, ${action},
           ${subject.router_id ?? null}, ${subject.id ?? null}, ${JSON.stringify(cutDetails(details))}::jsonb,
           coalesce(${subject.home_id ?? null}, current_home_id())
    where ${isLimited ? sql`${countChanges()} < ${QUOTAS.changes_in_an_hour}` : sql`true`}`;
}

/** The browser and system of a session; null for a token, whatever program uses it. */
function clientOf({ sessionId, tokenName, userAgent }: Actor): string | null {
  if (sessionId === undefined || tokenName !== undefined) return null;
  return userAgent === undefined ? null : describeUserAgent(userAgent);
}

/** Throws QuotaExceededError if no entry was written: the user has changed too much within an hour. */
export function requireAudited(written: number): void {
  if (written === 0)
    throw new QuotaExceededError(
      'changes_in_an_hour',
      QUOTAS.changes_in_an_hour,
      QUOTAS.changes_in_an_hour,
    );
}
