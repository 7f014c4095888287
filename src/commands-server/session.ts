import { endSessions } from '../accounts/sessions.ts';
import type { Database } from '../database/pool.ts';
import { becomeTenant, sessionTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';

/** Who commands: a session that is active, has not expired, and whose user is active. */
export type Commander = { userId: string; kind: 'user'; sessionId: string };

/** Asks the database, each time: nothing is taken on trust. Throws NotFoundError where there is no such session. */
export function findCommander(database: Database, sessionId: string): Promise<Commander> {
  return sessionTransaction(database, sessionId, async (transaction) => {
    const session = await transaction
      .selectFrom('user_sessions')
      .select(({ eb, fn }) => [
        'user_id',
        eb
          .and([eb('is_active', '=', true), eb('expires_at', '>', fn<string>('now'))])
          .as('is_valid'),
      ])
      .where('session_id', '=', sessionId)
      .executeTakeFirst();
    if (session?.is_valid !== true) throw new NotFoundError('session', sessionId);
    await becomeTenant(transaction, session.user_id);
    const user = await transaction
      .selectFrom('users')
      .select('is_active')
      .where('id', '=', session.user_id)
      .executeTakeFirst();
    if (user?.is_active !== true) throw new NotFoundError('session', sessionId);
    return { userId: session.user_id, kind: 'user', sessionId };
  });
}

/** Ends a session, where it is not over already. Throws NotFoundError where there never was one of that name. */
export function endNamedSession(database: Database, sessionId: string): Promise<void> {
  return sessionTransaction(database, sessionId, async (transaction) => {
    const session = await transaction
      .selectFrom('user_sessions')
      .select(['user_id', 'id'])
      .where('session_id', '=', sessionId)
      .executeTakeFirst();
    if (session === undefined) throw new NotFoundError('session', sessionId);
    await becomeTenant(transaction, session.user_id);
    const actor = { userId: session.user_id, kind: 'user', sessionId } as const;
    await endSessions(transaction, actor, { only: session.id });
  });
}
