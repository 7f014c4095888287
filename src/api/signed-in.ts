import type { FastifyRequest } from 'fastify';
import type { Actor } from './actor.ts';
import type { Database } from '../database/pool.ts';
import {
  type TenantTransaction,
  nobodysTransaction,
  tenantTransaction,
} from '../database/transaction.ts';
import { UnauthenticatedError } from '../errors.ts';

/** Who sent a request, as its session tells. */
export type SignedIn = {
  userId: string;
  email: string;
  /** Id of the session's row. */
  sessionRowId: string;
  /** Public name of the session. */
  sessionId: string;
  /** Whether a program sent it, with an API token. */
  isToken: boolean;
};

declare module 'fastify' {
  interface FastifyRequest {
    /** Null outside the routes that ask for a session. Read it with `signedIn`. */
    signedIn: SignedIn | null;
    /** Where the route leaves it to its transaction to find out who asks: makes that the person's, or throws UnauthenticatedError. */
    authenticate: ((transaction: TenantTransaction) => Promise<SignedIn>) | null;
  }
  interface FastifyContextConfig {
    authenticatesInTransaction?: boolean;
  }
}

/**
 * The `config` of a route that is asked for often, and does all its work in one `inTenant`: that finds out who
 * asks, too, and saves what a query of its own would cost. Until then `signedIn` knows nobody; a request
 * that is wrong in itself is told so before it is asked for a session.
 */
export const ONE_TRANSACTION = { authenticatesInTransaction: true };

/** The person behind the request. Throws UnauthenticatedError where there is none. */
export function signedIn(request: FastifyRequest): SignedIn {
  if (request.signedIn === null) throw new UnauthenticatedError('Sign in first.');
  return request.signedIn;
}

/** Runs `work` in one transaction of the request's user. */
export function inTenant<Result>(
  database: Database,
  request: FastifyRequest,
  work: (transaction: TenantTransaction, actor: Actor) => Promise<Result>,
): Promise<Result> {
  const { authenticate } = request;
  if (authenticate !== null) {
    return nobodysTransaction(database, async (transaction) => {
      const { userId, sessionId } = await authenticate(transaction);
      return work(transaction, { userId, kind: 'user', sessionId });
    });
  }
  const { userId, sessionId } = signedIn(request);
  return tenantTransaction(database, userId, (transaction) =>
    work(transaction, { userId, kind: 'user', sessionId }),
  );
}
