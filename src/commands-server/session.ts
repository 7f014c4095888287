import { sql } from 'kysely';
import type { Database } from '../database/pool.ts';
import { becomeTenant, sessionTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';

/** The user of a session, who makes a call. */
export type Caller = { userId: string; kind: 'user'; sessionId: string; sessionRowId: string };

/**
 * Reads a session from the database, at each call: nothing is remembered. Throws NotFoundError.
 * @param mayBeOver whether one that has ended or expired, or whose user is not active, is found too
 */
export function findCaller(
  database: Database,
  sessionId: string,
  { mayBeOver }: { mayBeOver: boolean },
): Promise<Caller> {
  return sessionTransaction(database, sessionId, async (transaction) => {
    const session = await transaction
      .selectFrom('user_sessions')
      .select(['user_id', 'id'])
      .where('session_id', '=', sessionId)
      .$if(!mayBeOver, (query) =>
        query.where('is_active', '=', true).where('expires_at', '>', sql<string>`now()`),
      )
      .executeTakeFirst();
    if (session === undefined) throw new NotFoundError('session', sessionId);
    const { user_id: userId, id: sessionRowId } = session;
    await becomeTenant(transaction, userId);
    const users = transaction.selectFrom('users').select('is_active').where('id', '=', userId);
    const { is_active } = await users.executeTakeFirstOrThrow();
    if (!is_active && !mayBeOver) throw new NotFoundError('session', sessionId);
    return { userId, kind: 'user', sessionId, sessionRowId };
  });
}
