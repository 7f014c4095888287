import { randomBytes } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { UserSessions } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { hashSecret } from './authentication.ts';

/** A session as stored. Its token is not among what is stored. */
export type Session = Selectable<UserSessions>;

/** What a new session was opened from. */
export type Client = { userAgent?: string | undefined; ipAddress?: string | undefined };

/**
 * Opens a session of 24 hours for the transaction's user.
 * @returns the token for the cookie, which is kept nowhere else, and the session's public name
 */
export async function createSession(
  transaction: TenantTransaction,
  userId: string,
  client: Client,
): Promise<{ token: string; sessionId: string }> {
  const token = randomBytes(32).toString('base64url');
  const sessionId = randomBytes(16).toString('base64url');
  await transaction
    .insertInto('user_sessions')
    .values({
      user_id: userId,
      session_id: sessionId,
      token_hash: hashSecret(token),
      expires_at: sql`now() + interval '24 hours'`,
      user_agent: client.userAgent?.slice(0, 500) ?? null,
      ip_address: client.ipAddress ?? null,
    })
    .execute();
  return { token, sessionId };
}
