import { randomBytes } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { Actor } from '../api/actor.ts';
import { recordAudit } from '../activity/record-audit.ts';
import type { UserSessions } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';
import { hashSecret } from './authentication.ts';

/** A session that is an API token, as stored. */
export type Token = Selectable<UserSessions> & { token_name: string };

/** The user's API tokens that open something, newest first. */
export async function listTokens(transaction: TenantTransaction, userId: string): Promise<Token[]> {
  const rows = await transaction
    .selectFrom('user_sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('token_name', 'is not', null)
    .where('is_active', '=', true)
    .where('expires_at', '>', sql<string>`now()`)
    .orderBy('id', 'desc')
    .$narrowType<{ token_name: string }>()
    .execute();
  return rows;
}

/** Makes an API token that works for so many days, audited. The token itself is kept nowhere. */
export async function createToken(
  transaction: TenantTransaction,
  actor: Actor,
  { token_name, days = 90 }: { token_name: string; days?: number | undefined },
): Promise<{ token: string; row: Token }> {
  const token = randomBytes(32).toString('base64url');
  const row = await transaction
    .insertInto('user_sessions')
    .values({
      user_id: actor.userId,
      session_id: randomBytes(16).toString('base64url'),
      token_hash: hashSecret(token),
      token_name,
      expires_at: sql`now() + make_interval(days => ${days})`,
    })
    .returningAll()
    .$narrowType<{ token_name: string }>()
    .executeTakeFirstOrThrow();
  await recordAudit(transaction, actor, {
    action: 'token.created',
    subjectId: row.id,
    details: { token_name, expires_at: row.expires_at },
  });
  return { token, row };
}

/** Ends an API token, audited. Throws NotFoundError where the user has no such one any more. */
export async function endToken(
  transaction: TenantTransaction,
  actor: Actor,
  id: string,
): Promise<Token> {
  const row = await transaction
    .updateTable('user_sessions')
    .set({ is_active: false })
    .where('user_id', '=', actor.userId)
    .where('id', '=', id)
    .where('token_name', 'is not', null)
    .where('is_active', '=', true)
    .where('expires_at', '>', sql<string>`now()`)
    .returningAll()
    .$narrowType<{ token_name: string }>()
    .executeTakeFirstOrThrow(() => new NotFoundError('token', id));
  await recordAudit(transaction, actor, {
    action: 'token.ended',
    subjectId: row.id,
    details: { token_name: row.token_name },
  });
  return row;
}
