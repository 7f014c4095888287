import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Config } from '../config/config.ts';
import type { Cells } from '../cells/cells.ts';
import { findMoved } from '../cells/moved.ts';
import type { Database } from '../database/pool.ts';
import { inLaneOf } from '../database/lane.ts';
import { PREPARED } from '../database/prepared.ts';
import {
  FRESH_MINUTES,
  type Role,
  SCOPES,
  type Scope,
  mayEachMemberWrite,
  requireRights,
} from '../api/access.ts';
import { type ChosenHome, chosenHome, forgetHome } from '../api/chosen-home.ts';
import { passOn } from '../api/pass-on.ts';
import { LONGEST_READ_MS, type SignedIn, statementTimeout } from '../api/signed-in.ts';
import {
  ForbiddenError,
  NotFoundError,
  UnauthenticatedError,
  UnavailableError,
} from '../errors.ts';
import { hashSecret } from '../sealing.ts';
import { cellOf } from '../secret-cell.ts';
import { isMistyped } from './token-secret.ts';

/** Name of the session's cookie; the prefix binds it to this host (RFC 6265bis, 4.1.3). */
export function sessionCookieName({ publicUrl }: Pick<Config, 'publicUrl'>): string {
  return publicUrl.startsWith('https:') ? '__Host-netpilot_session' : 'netpilot_session';
}

/** Where the issuer is told to ask a person again who they are; undefined if people sign in by the local link. */
export function freshSignInUrl({ issuer }: Pick<Config, 'issuer'>): string | undefined {
  return issuer && '/auth/sign-in?fresh=true';
}

type Services = { database: Database; config: Config; cells?: Cells | undefined };

/** How a secret came: a browser sends a session's in its cookie, a program a token's as `Authorization: Bearer`. */
type Carrier = 'cookie' | 'bearer';

/**
 * A hook that allows only signed-in people, and only what their session may do. Asks the database each time: a session
 * that was ended, or whose user was deactivated, is refused at once, everywhere.
 */
export function requireSession({ database, config, cells }: Services) {
  const cookieName = sessionCookieName(config);
  const signInUrl = freshSignInUrl(config);
  return async (
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> => {
    const bearer = bearerToken(request);
    const carrier: Carrier = bearer === undefined ? 'cookie' : 'bearer';
    const secret = bearer ?? request.cookies[cookieName];
    if (secret === undefined) throw noSession();
    const { callers } = request.server;
    const { lane, isKnown } = callers.admit(hashSecret(secret), request.ip);
    request.lane = lane;
    const home = chosenHome(request, carrier === 'cookie');
    const asked = {
      carrier,
      homeId: home?.id,
      mayWrite: mayEachMemberWrite(request),
      ownCell: config.cell?.number,
    };
    const authenticate = async (asker: Database) => {
      const session = await requireSecret(asker, secret, asked, statementTimeout(request));
      callers.remember(hashSecret(secret), session.actorId);
      if (home !== undefined) requireHome(home, session, reply);
      requireRights(request, session, signInUrl);
      request.signedIn = session;
      return session;
    };
    // A stranger's transaction would not count for the user that it turns out to be.
    const isInTransaction = request.routeOptions.config.authenticatesInTransaction === true;
    // With cells the answer may be another cell's, and only here can the request still be passed on.
    if (isKnown && isInTransaction && cells === undefined) {
      request.authenticate = authenticate;
      return undefined;
    }
    try {
      await inLaneOf(lane, () => authenticate(database));
      return undefined;
    } catch (error) {
      if (cells === undefined || !(error instanceof UnauthenticatedError)) throw error;
      return passOnMoved(cells, database, request, reply, hashSecret(secret), error);
    }
  };
}

/** Passes on the request of somebody who was moved to another cell. Throws `otherwise` for who was not. */
async function passOnMoved(
  cells: Cells,
  database: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  hash: Buffer,
  otherwise: Error,
): Promise<FastifyReply> {
  const cell = await findMoved(database, hash);
  if (cell === undefined) throw otherwise;
  if (cell === cells.own) throw new UnavailableError(ARRIVING);
  return passOn(cells, request, reply, cell, { isMoved: true });
}

const ARRIVING = 'This account is being moved to this part of the service: try again in a moment.';

/**
 * Throws NotFoundError for a home that the person neither owns nor is a member of (any more), and for another user's home if
 * the token is for one router of the person's own. A browser that kept such a home is shown the person's own instead.
 */
function requireHome(home: ChosenHome, session: SignedIn, reply: FastifyReply): void {
  const { homeId, userId, actorId, onlyRouterId } = session;
  const isLimitedElsewhere = onlyRouterId !== undefined && userId !== actorId;
  if (homeId !== undefined && !isLimitedElsewhere) return;
  if (home.by === 'cookie') return forgetHome(reply);
  // What is no id at all is refused as such by the route's schema.
  if (home.by === 'path' && home.id === undefined) return;
  throw new NotFoundError('home', home.text);
}

/** How a secret was presented, and for which home. */
type Asked = {
  carrier: Carrier;
  homeId: string | undefined;
  /** Whether the request writes what every member may write. */
  mayWrite: boolean;
  /** The cell that answers; undefined: there are none. */
  ownCell: number | undefined;
};

/** The session of a secret. Throws UnauthenticatedError if there is none, or if it came the wrong way. */
async function requireSecret(
  database: Database,
  secret: string,
  asked: Asked,
  timeoutMs: number,
): Promise<SignedIn> {
  const { carrier, ownCell } = asked;
  if (isMistyped(secret))
    throw new UnauthenticatedError(
      'This is not the whole token: copy it again, from np_ to its last character.',
    );
  const session = await readSession(database, secret, asked, timeoutMs);
  if (session === undefined) throw noSession(secret, ownCell);
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

function noSession(secret = '', ownCell?: number): UnauthenticatedError {
  const cell = cellOf(secret);
  return new UnauthenticatedError(
    cell === undefined || ownCell === undefined || cell === ownCell
      ? 'There is no valid session: sign in.'
      : `This names cell ${cell}, which is not one of the cells here, or has no such session: sign in.`,
  );
}

/** The API token that a program sends (RFC 6750, 2.1). */
function bearerToken({ headers }: FastifyRequest): string | undefined {
  return /^bearer ([\w.~+/-]+=*)$/i.exec(headers.authorization ?? '')?.[1];
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who has the address may do it, from any page: no cookie is read. */
    isBySecretInPath?: boolean;
  }
}

/** Refuses a write that a page of another site sends with this site's cookie. */
export function requireSameOrigin({ config }: { config: Config }) {
  const own = new URL(config.publicUrl).origin;
  return async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return;
    if (request.routeOptions.config.isBySecretInPath === true) return;
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

/**
 * The session whose cookie has this secret, or undefined if it is not valid (any more). It is not prolonged.
 * @param homeId the home that the browser shows; if that is not the person's, all of their own
 */
export async function findCookieSession(
  database: Database,
  secret: string,
  homeId?: string,
): Promise<SignedIn | undefined> {
  const asked = { carrier: null, homeId, mayWrite: false };
  const session = await readSession(database, secret, asked, LONGEST_READ_MS);
  return session?.isToken === true ? undefined : session;
}

/** @param timeoutMs longest for the other statements of the transaction that this begins */
async function readSession(
  database: Database,
  secret: string,
  { carrier, homeId, mayWrite }: Pick<Asked, 'homeId' | 'mayWrite'> & { carrier: Carrier | null },
  timeoutMs: number,
): Promise<SignedIn | undefined> {
  const { rows } = await sql<{
    user_id: string;
    actor_id: string;
    actor_name: string | null;
    home_id: string | null;
    role: Role;
    person_id: string | null;
    owner_name: string | null;
    email: string;
    session_row_id: string;
    session_id: string;
    token_name: string | null;
    scopes: Scope[] | null;
    router_id: string | null;
    is_fresh: boolean;
  }>`${PREPARED}
    select user_id, actor_id, actor_name, home_id, role, person_id, owner_name,
           email, session_row_id, session_id, token_name, scopes, router_id,
           coalesce(authenticated_at > now() - make_interval(mins => ${FRESH_MINUTES}), false) as is_fresh,
           set_config('statement_timeout', ${String(timeoutMs)}, true)
    from authenticate(${hashSecret(secret)}, ${carrier}, ${homeId ?? null}, ${mayWrite})`.execute(
    database,
  );
  const [row] = rows;
  return (
    row && {
      userId: row.user_id,
      actorId: row.actor_id,
      actorName: row.actor_name ?? undefined,
      homeId: row.home_id ?? undefined,
      role: row.role,
      personId: row.person_id ?? undefined,
      ownerName: row.owner_name ?? undefined,
      email: row.email,
      sessionRowId: row.session_row_id,
      sessionId: row.session_id,
      tokenName: row.token_name ?? undefined,
      isToken: row.token_name !== null,
      scopes: row.scopes ?? SCOPES,
      onlyRouterId: row.router_id ?? undefined,
      isFresh: row.is_fresh,
    }
  );
}
