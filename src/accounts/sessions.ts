import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { type Selectable, sql } from 'kysely';
import type { Actor } from '../api/actor.ts';
import { recordAudit } from '../activity/record-audit.ts';
import type { UserSessions } from '../database/schema.generated.ts';
import { QUOTAS } from '../database/quotas.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';
import type { Authenticated } from './freshness.ts';
import { describeUserAgent } from '../describe-user-agent.ts';
import { hashSecret } from '../sealing.ts';

/** A session as stored. Its token is not stored. */
export type Session = Selectable<UserSessions>;

/** The client that a new session is for. */
export type Client = { userAgent?: string | undefined; ipAddress?: string | undefined };

/** A new session: the cookie's token, which is stored nowhere, and its public name. */
export type NewSession = { id: string; token: string; sessionId: string };

/** Opens a session of 24 hours for the transaction's user, who has just signed in, and audits it. */
export async function startSession(
  transaction: TenantTransaction,
  userId: string,
  client: Client,
  authenticated: Authenticated,
): Promise<NewSession> {
  const session = await createSession(transaction, userId, client, authenticated);
  const actor = { userId, kind: 'user', sessionId: session.sessionId } as const;
  const device = describeUserAgent(client.userAgent ?? null);
  await recordAudit(transaction, actor, 'session.started', session, { device });
  return session;
}

/**
 * Makes room for one more session, or token: of those that have ended, the newest stay; of sessions that have not,
 * the one that was used longest ago ends. (Tokens do not: a program would stop without a word.)
 */
export async function makeRoomForSession(
  transaction: TenantTransaction,
  userId: string,
  kind: 'sessions' | 'tokens',
): Promise<void> {
  const ofKind = sql`user_id = ${userId} and (token_name is null) = ${kind === 'sessions'}`;
  const isOver = sql`not (is_active and expires_at > now())`;
  if (kind === 'sessions')
    await sql`
      update user_sessions set is_active = false where user_id = ${userId} and id in (
        select id from user_sessions where ${ofKind} and not (${isOver})
        order by last_used_at desc, id offset ${QUOTAS.sessions - 1})`.execute(transaction);
  await sql`
    delete from user_sessions where user_id = ${userId} and id in (
      select id from user_sessions where ${ofKind} and ${isOver} order by id desc offset ${QUOTAS[kind]})`.execute(
    transaction,
  );
}

/** Inserts the row of a new session of 24 hours. */
export async function createSession(
  transaction: TenantTransaction,
  userId: string,
  client: Client,
  authenticated: Authenticated,
): Promise<NewSession> {
  await makeRoomForSession(transaction, userId, 'sessions');
  const token = randomBytes(32).toString('base64url');
  const sessionId = randomBytes(16).toString('base64url');
  // A link-local address includes its interface; behind a proxy it may not be an address.
  const [address = ''] = (client.ipAddress ?? '').split('%');
  const { id } = await transaction
    .insertInto('user_sessions')
    .values({
      user_id: userId,
      session_id: sessionId,
      token_hash: hashSecret(token),
      expires_at: sql`now() + interval '24 hours'`,
      authenticated_at: momentOf(authenticated),
      user_agent: client.userAgent?.slice(0, 500) ?? null,
      ip_address: isIP(address) === 0 ? null : address,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, token, sessionId };
}

/** As the database stores it; by its own clock if it is now. */
function momentOf(authenticated: Authenticated) {
  if (authenticated === 'unknown') return null;
  return authenticated === 'now' ? sql<string>`now()` : authenticated.toISOString();
}

/** The user's valid sessions in browsers, the last used first. */
export function listSessions(transaction: TenantTransaction, userId: string): Promise<Session[]> {
  return transaction
    .selectFrom('user_sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('token_name', 'is', null)
    .where('is_active', '=', true)
    .where('expires_at', '>', sql<string>`now()`)
    .orderBy('last_used_at', 'desc')
    .orderBy('id')
    .execute();
}

/** Ends a session. Throws NotFoundError if the user does not have it (any more). */
export async function endSession(
  transaction: TenantTransaction,
  actor: Actor,
  id: string,
): Promise<Session> {
  const [ended] = await endSessions(transaction, actor, { only: id });
  if (ended === undefined) throw new NotFoundError('session', id);
  return ended;
}

/** Ends sessions of the user in browsers, at once and permanently, and returns those that had not ended yet. */
export async function endSessions(
  transaction: TenantTransaction,
  actor: Actor,
  which: { only: string } | { allBut: string },
): Promise<Session[]> {
  const ended = await transaction
    .updateTable('user_sessions')
    .set({ is_active: false })
    .where('user_id', '=', actor.userId)
    .where('token_name', 'is', null)
    .where((row) => ('only' in which ? row('id', '=', which.only) : row('id', '<>', which.allBut)))
    .where('is_active', '=', true)
    .where('expires_at', '>', sql<string>`now()`)
    .returningAll()
    .execute();
  for (const session of ended) {
    await recordAudit(transaction, actor, 'session.ended', session, {
      device: describeUserAgent(session.user_agent),
    });
  }
  return ended;
}
