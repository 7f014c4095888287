import type { FastifyRequest } from 'fastify';
import { type Rights, isReadOnly } from './access.ts';
import type { Sender } from './actor.ts';
import { inLaneOf } from '../database/lane.ts';
import type { Database } from '../database/pool.ts';
import {
  type TenantTransaction,
  nobodysTransaction,
  tenantTransaction,
} from '../database/transaction.ts';
import { UnauthenticatedError } from '../errors.ts';

/** Who sent a request, according to its session. */
export type SignedIn = Rights & {
  /** The tenant: whose homes it is about. */
  userId: string;
  /** The person. */
  actorId: string;
  /** What the person is called in the home, if it is another user's. */
  actorName: string | undefined;
  /** The home that was chosen; undefined: all of the tenant's. */
  homeId: string | undefined;
  /** Who the person is in that home, if anybody said so. */
  personId: string | undefined;
  /** Whose home it is, if it is another user's. */
  ownerName: string | undefined;
  email: string;
  /** Id of the session's row. */
  sessionRowId: string;
  /** Public name of the session. */
  sessionId: string;
  /** What the API token is called, if the session is one. */
  tokenName: string | undefined;
};

declare module 'fastify' {
  interface FastifyRequest {
    /** Null outside the routes that require a session. Read it with `signedIn`. */
    signedIn: SignedIn | null;
    /** Whose share of the database it counts for; null outside the routes that require a session. */
    lane: string | null;
    /** Set if the route authenticates in its transaction: makes it the person's, or throws UnauthenticatedError. */
    authenticate: ((transaction: TenantTransaction) => Promise<SignedIn>) | null;
  }
  interface FastifyContextConfig {
    authenticatesInTransaction?: boolean;
    /** A request from this machine needs no token. */
    isForThisMachine?: boolean;
    /** On the port for services it needs no token: a balancer asks, and learns no more than that. */
    needsNoToken?: boolean;
  }
}

/**
 * The `config` of a frequently used route that does all its work in one `inTenant`, which then also authenticates
 * the request and so saves a round trip. Before that `signedIn` throws; an invalid request is refused as invalid
 * before its session is checked.
 */
export const ONE_TRANSACTION = { authenticatesInTransaction: true };

/** The person who sent the request. Throws UnauthenticatedError if there is none. */
export function signedIn(request: FastifyRequest): SignedIn {
  if (request.signedIn === null) throw new UnauthenticatedError('Sign in first.');
  return request.signedIn;
}

/** Longest that a statement of a request may run, in milliseconds. A list that takes longer can be asked for in parts. */
export const LONGEST_READ_MS = 5_000;
const LONGEST_WRITE_MS = 30_000;

/** For the statements of this request. */
export function statementTimeout({ method }: FastifyRequest): number {
  return method === 'GET' || method === 'HEAD' ? LONGEST_READ_MS : LONGEST_WRITE_MS;
}

/** Runs `work` in one transaction of the request's user, or of the owner of the home that was chosen. */
export function inTenant<Result>(
  database: Database,
  request: FastifyRequest,
  work: (transaction: TenantTransaction, actor: Sender) => Promise<Result>,
): Promise<Result> {
  const { authenticate, lane } = request;
  if (authenticate !== null && lane !== null) {
    return inLaneOf(lane, () =>
      nobodysTransaction(database, async (transaction) => {
        const session = await authenticate(transaction);
        return work(transaction, actorOf(session, request));
      }),
    );
  }
  const session = signedIn(request);
  return tenantTransaction(
    database,
    { ...session, isReadOnly: isReadOnly(request, session.role) },
    (transaction) => work(transaction, actorOf(session, request)),
    statementTimeout(request),
  );
}

/** The person as one who acts. */
export function actorOf(session: SignedIn, { headers }: Pick<FastifyRequest, 'headers'>): Sender {
  const { userId, actorId, homeId, role, personId, ownerName, sessionId, tokenName, onlyRouterId } =
    session;
  return {
    userId,
    kind: 'user',
    actorId,
    homeId,
    role,
    personId,
    ownerName,
    sessionId,
    tokenName,
    userAgent: headers['user-agent'],
    onlyRouterId,
  };
}
