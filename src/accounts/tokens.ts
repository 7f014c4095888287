import { randomBytes } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { SCOPES, type Scope } from '../api/access.ts';
import type { Actor } from '../api/actor.ts';
import { recordAudit } from '../activity/record-audit.ts';
import type { UserSessions } from '../database/schema.generated.ts';
import { requireRoomFor } from '../database/quotas.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { InvalidInputError, NotFoundError, UnauthenticatedError } from '../errors.ts';
import { findRouter } from '../routers/queries.ts';
import { makeRoomForSession } from './sessions.ts';
import { makeTokenSecret } from './token-secret.ts';
import { describeUserAgent } from '../describe-user-agent.ts';
import { hashSecret } from '../sealing.ts';

/** A session that is an API token, as stored. */
export type Token = Selectable<UserSessions> & { token_name: string; scopes: Scope[] };

/** What a person chooses for a new token. */
export type TokenWish = {
  token_name: string;
  days?: number | undefined;
  /** Instead of days. */
  minutes?: number | undefined;
  scopes?: readonly Scope[] | undefined;
  /** The one router that it may reach; absent: all of them. */
  router_id?: string | undefined;
};

/** Which tokens: one, all but that of this row (also if it is a session's), or those that some sessions made. */
export type WhichTokens = { only: string } | { allBut: string } | { createdBy: readonly string[] };

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
    .$narrowType<{ token_name: string; scopes: Scope[] }>()
    .execute();
}

/** What people call the devices of sessions, by the sessions' public names; without sessions that are no longer stored. */
export async function devicesOfSessions(
  transaction: TenantTransaction,
  sessionIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await transaction
    .selectFrom('user_sessions')
    .select(['session_id', 'user_agent'])
    .where('session_id', '=', sql<string>`any (${sessionIds})`)
    .execute();
  return new Map(rows.map((row) => [row.session_id, describeUserAgent(row.user_agent)]));
}

/**
 * Creates an API token that works for some days, and audits it. The token itself is stored nowhere. Throws
 * InvalidInputError for `account` with a router, NotFoundError for a router that the user does not have, and
 * UnauthenticatedError if the session that creates it ends at this moment.
 */
export async function createToken(
  transaction: TenantTransaction,
  actor: Actor,
  { token_name, days = 90, minutes = days * 24 * 60, scopes = ['read'], router_id }: TokenWish,
): Promise<{ token: string; row: Token }> {
  if (router_id !== undefined) {
    if (scopes.includes('account'))
      throw new InvalidInputError([
        {
          field: 'router_id',
          value: router_id,
          expected: 'none, as `account` is about all routers',
        },
      ]);
    await findRouter(transaction, { user_id: actor.userId, router_id });
  }
  await holdSession(transaction, actor);
  await requireRoomFor(transaction, 'tokens');
  await makeRoomForSession(transaction, actor.userId, 'tokens');
  const token = makeTokenSecret();
  const row = await transaction
    .insertInto('user_sessions')
    .values({
      user_id: actor.userId,
      session_id: randomBytes(16).toString('base64url'),
      token_hash: hashSecret(token),
      token_name,
      scopes: SCOPES.filter((scope) => scope === 'read' || scopes.includes(scope)),
      router_id: router_id ?? null,
      created_by: actor.sessionId ?? null,
      expires_at: sql`now() + make_interval(mins => ${minutes})`,
    })
    .returningAll()
    .$narrowType<{ token_name: string; scopes: Scope[] }>()
    .executeTakeFirstOrThrow();
  const { id, scopes: granted, expires_at } = row;
  const details = { token_name, scopes: granted, router_id: row.router_id, expires_at };
  await recordAudit(transaction, actor, 'token.created', { id }, details);
  return { token, row };
}

/** Somebody who ends the session at the same time waits for this transaction, and then finds the token that it made. */
async function holdSession(
  transaction: TenantTransaction,
  { userId, sessionId }: Actor,
): Promise<void> {
  if (sessionId === undefined) return;
  await transaction
    .selectFrom('user_sessions')
    .select('id')
    .where((row) => row.and({ user_id: userId, session_id: sessionId, is_active: true }))
    .forShare()
    .executeTakeFirstOrThrow(() => new UnauthenticatedError('Your session has ended: sign in.'));
}

/** Ends an API token, and audits it. Throws NotFoundError if the user does not have it (any more). */
export async function endToken(
  transaction: TenantTransaction,
  actor: Actor,
  id: string,
): Promise<Token> {
  const [ended] = await endTokens(transaction, actor, { only: id });
  if (ended === undefined) throw new NotFoundError('token', id);
  return ended;
}

/** Ends API tokens of the user, at once and permanently, and returns those that had not ended yet. Audited. */
export async function endTokens(
  transaction: TenantTransaction,
  actor: Actor,
  which: WhichTokens,
): Promise<Token[]> {
  const ended = await transaction
    .updateTable('user_sessions')
    .set({ is_active: false })
    .where('user_id', '=', actor.userId)
    .where('token_name', 'is not', null)
    .where((token) => {
      if ('only' in which) return token('id', '=', which.only);
      if ('allBut' in which) return token('id', '<>', which.allBut);
      return token('created_by', '=', sql<string>`any (${which.createdBy})`);
    })
    .where('is_active', '=', true)
    .where('expires_at', '>', sql<string>`now()`)
    .returningAll()
    .$narrowType<{ token_name: string; scopes: Scope[] }>()
    .execute();
  for (const { id, token_name } of ended)
    await recordAudit(transaction, actor, 'token.ended', { id }, { token_name });
  return ended;
}
