import type { FastifyRequest } from 'fastify';
import { tenantTransaction } from '../database/transaction.ts';
import type { Services } from '../api/app.ts';
import { findCookieSession, sessionCookieName } from './authentication.ts';
import { endSessions } from './sessions.ts';

/** Ends the session whose cookie a new sign-in replaces: after that, nothing has its token and could end it. */
export async function endReplacedSession(
  { config, database, onSessions }: Services,
  request: FastifyRequest,
): Promise<void> {
  const token = request.cookies[sessionCookieName(config)];
  const session = token === undefined ? undefined : await findCookieSession(database, token);
  if (session === undefined) return;
  const { userId, sessionId, sessionRowId } = session;
  await tenantTransaction(database, userId, (transaction) =>
    endSessions(transaction, { userId, kind: 'user', sessionId }, { only: sessionRowId }),
  );
  onSessions('ended', [sessionId]);
}
