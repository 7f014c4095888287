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

/** The user's valid API tokens, newest first. */
export function listTokens(transaction: TenantTransaction, userId: string): Promise<Token[]> {
  return transaction
    .selectFrom('user_sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('token_name', 'is not', null)
    .where('is_active', '=', true)
    .where('expires_at', '>', sql<string>`now()`)
    .orderBy('id', 'desc')
    .$narrowType<{ token_name: string }>()
    .execute();
}

/** Creates an API token that works for some days, and audits it. The token itself is stored nowhere. */
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
  await recordAudit(transaction, actor, 'token.created', row, {
    token_name,
    expires_at: row.expires_at,
  });
  return { token, row };
}

/** Ends an API token, and audits it. Throws NotFoundError if the user does not have it (any more). */
export async function endToken(
  transaction: TenantTransaction,
  actor: Actor,
  id: string,
): Promise<Token> {
  const row = await transaction
    .updateTable('user_sessions')
    .set({ is_active: false })
    .where((token) => token.and({ user_id: actor.userId, id, is_active: true }))
    .where('token_name', 'is not', null)
    .where('expires_at', '>', sql<string>`now()`)
    .returningAll()
    .$narrowType<{ token_name: string }>()
    .executeTakeFirstOrThrow(() => new NotFoundError('token', id));
  await recordAudit(transaction, actor, 'token.ended', row, { token_name: row.token_name });
  return row;
}
