import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Config } from '../config/config.ts';
import type { Database } from '../database/pool.ts';
import { inLaneOf } from '../database/lane.ts';
import { PREPARED } from '../database/prepared.ts';
import { type TenantTransaction, tenantTransaction } from '../database/transaction.ts';
import { FRESH_MINUTES, SCOPES, type Scope, requireRights } from '../api/access.ts';
import { LONGEST_READ_MS, type SignedIn, statementTimeout } from '../api/signed-in.ts';
import { ForbiddenError, UnauthenticatedError } from '../errors.ts';
import { isMistyped } from './token-secret.ts';

/** A session in use is prolonged at most this often, so that not every read is also a write. */
const PROLONG_AFTER_MINUTES = 5;

/** Name of the session's cookie; the prefix binds it to this host (RFC 6265bis, 4.1.3). */
export function sessionCookieName({ publicUrl }: Pick<Config, 'publicUrl'>): string {
  return publicUrl.startsWith('https:') ? '__Host-netpilot_session' : 'netpilot_session';
}

/** SHA-256 of a secret that a client presents: all that the database stores of it. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Where the issuer is told to ask a person again who they are; undefined if people sign in by the local link. */
export function freshSignInUrl({ issuer }: Pick<Config, 'issuer'>): string | undefined {
  return issuer && '/auth/sign-in?fresh=true';
}

type Services = { database: Database; config: Config };

/** How a secret came: a browser sends a session's in its cookie, a program a token's as `Authorization: Bearer`. */
type Carrier = 'cookie' | 'bearer';

/**
 * A hook that allows only signed-in people, and only what their session may do. Asks the database each time: a session
 * that was ended, or whose user was deactivated, is refused at once, everywhere.
 */
export function requireSession({ database, config }: Services) {
  const cookieName = sessionCookieName(config);
  const signInUrl = freshSignInUrl(config);
  return async (request: FastifyRequest): Promise<void> => {
    const bearer = bearerToken(request);
    const carrier = bearer === undefined ? 'cookie' : 'bearer';
    const secret = bearer ?? request.cookies[cookieName];
    if (secret === undefined) throw noSession();
    const { callers } = request.server;
    const { lane, isKnown } = callers.admit(hashSecret(secret), request.ip);
    request.lane = lane;
    const authenticate = async (asker: Database) => {
      const session = await requireSecret(asker, { secret, carrier }, statementTimeout(request));
      callers.remember(hashSecret(secret), session.userId);
      requireRights(request, session, signInUrl);
      request.signedIn = session;
      return session;
    };
    // A stranger's transaction would not count for the user that it turns out to be.
    if (isKnown && request.routeOptions.config.authenticatesInTransaction === true) {
      request.authenticate = async (transaction) => {
        const session = await authenticate(transaction);
        if (session.isIdle) await prolong(transaction, session);
        return session;
      };
      return;
    }
    const session = await inLaneOf(lane, () => authenticate(database));
    if (session.isIdle)
      await tenantTransaction(database, session.userId, (transaction) =>
        prolong(transaction, session),
      );
  };
}

/** The session of a secret. Throws UnauthenticatedError if there is none, or if it came the wrong way. */
async function requireSecret(
  database: Database,
  { secret, carrier }: { secret: string; carrier: Carrier },
  timeoutMs: number,
): Promise<FoundSession> {
  if (isMistyped(secret))
    throw new UnauthenticatedError(
      'This is not the whole token: copy it again, from np_ to its last character.',
    );
  const session = await readSession(database, secret, timeoutMs);
  if (session === undefined) throw noSession();
  if (session.isToken && carrier === 'cookie')
    throw new UnauthenticatedError(
      'This is an API token, not the cookie of a session: send it as `Authorization: Bearer …`.',
    );
  if (!session.isToken && carrier === 'bearer')
    throw new UnauthenticatedError(
      "This is the cookie of a browser's session, not an API token: create a token in the settings.",
    );
  return session;
}

function noSession(): UnauthenticatedError {
  return new UnauthenticatedError('There is no valid session: sign in.');
}

/** The API token that a program sends (RFC 6750, 2.1). */
function bearerToken({ headers }: FastifyRequest): string | undefined {
  return /^bearer ([\w.~+/-]+=*)$/i.exec(headers.authorization ?? '')?.[1];
}

/** Refuses a write that a page of another site sends with this site's cookie. */
export function requireSameOrigin({ config }: { config: Config }) {
  const own = new URL(config.publicUrl).origin;
  return async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return;
    const { origin, 'sec-fetch-site': site } = request.headers;
    if (site === 'cross-site' || site === 'same-site')
      throw new ForbiddenError('A page of another site may not change anything here.');
    // Browsers send Origin with every such request (Fetch standard, 3.2); other programs have no ambient cookie.
    if (
      origin === undefined ||
      origin === own ||
      origin === `${request.protocol}://${request.host}`
    )
      return;
    throw new ForbiddenError(`A page of ${origin} may not change anything here.`);
  };
}

type FoundSession = SignedIn & { isIdle: boolean };

/** The session whose cookie has this secret, or undefined if it is not valid (any more). */
export async function findCookieSession(
  database: Database,
  secret: string,
): Promise<SignedIn | undefined> {
  const session = await readSession(database, secret, LONGEST_READ_MS);
  return session?.isToken === true ? undefined : session;
}

/** @param timeoutMs longest for the other statements of the transaction that this begins */
async function readSession(
  database: Database,
  secret: string,
  timeoutMs: number,
): Promise<FoundSession | undefined> {
  const { rows } = await sql<{
    user_id: string;
    email: string;
    session_row_id: string;
    session_id: string;
    token_name: string | null;
    scopes: Scope[] | null;
    router_id: string | null;
    is_fresh: boolean;
    is_idle: boolean;
  }>`${PREPARED}
    select user_id, email, session_row_id, session_id, token_name, scopes, router_id,
           coalesce(authenticated_at > now() - make_interval(mins => ${FRESH_MINUTES}), false) as is_fresh,
           last_used_at < now() - make_interval(mins => ${PROLONG_AFTER_MINUTES}) as is_idle,
           set_config('statement_timeout', ${String(timeoutMs)}, true)
    from authenticate(${hashSecret(secret)})`.execute(database);
  const [row] = rows;
  return (
    row && {
      userId: row.user_id,
      actorId: row.user_id,
      homeId: undefined,
      role: 'owner',
      email: row.email,
      sessionRowId: row.session_row_id,
      sessionId: row.session_id,
      isToken: row.token_name !== null,
      scopes: row.scopes ?? SCOPES,
      onlyRouterId: row.router_id ?? undefined,
      isFresh: row.is_fresh,
      isIdle: row.is_idle,
    }
  );
}

/** 24 hours from now, but at most 7 days from the sign-in. The end of an API token does not change. */
async function prolong(
  transaction: TenantTransaction,
  { userId, sessionRowId }: SignedIn,
): Promise<void> {
  await transaction
    .updateTable('user_sessions')
    .set({
      last_used_at: sql`now()`,
      expires_at: sql`case when token_name is not null then expires_at
        else least(now() + interval '24 hours', created_at + interval '7 days') end`,
    })
    .where((row) => row.and({ user_id: userId, id: sessionRowId, is_active: true }))
    .execute();
}
