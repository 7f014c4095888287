import type { Selectable } from 'kysely';
import type { SignUp } from '../config/sign-up.ts';
import type { Database } from '../database/pool.ts';
import type { Invitations } from '../database/schema.generated.ts';
import { maintenanceTransaction, type TenantTransaction } from '../database/transaction.ts';
import { NotFoundError, NotInvitedError } from '../errors.ts';

/** Somebody who may get an account. */
export type Invitation = Selectable<Invitations>;

/**
 * Uses up the invitation of a verified address that has no account yet. Throws NotInvitedError unless it was invited, or
 * a person who signs up needs no invitation.
 * @param transaction a signInTransaction of the same e-mail
 */
export async function takeInvitation(
  transaction: TenantTransaction,
  email: string,
  { mode, domains, ownerEmail }: SignUp,
): Promise<void> {
  const { numDeletedRows } = await transaction
    .deleteFrom('invitations')
    .where('email', '=', email)
    .executeTakeFirstOrThrow();
  const domain = email.slice(email.lastIndexOf('@') + 1);
  const isWelcome = mode === 'open' || email === ownerEmail || domains.includes(domain);
  if (numDeletedRows === 0n && !isWelcome) throw new NotInvitedError(email);
}

/** What came of inviting somebody: each is as good as invited. */
export type Outcome = 'invited' | 'invited-before' | 'has-account';

/** Invites an address; the database must be opened as the owner. */
export function invite(database: Database, email: string): Promise<Outcome> {
  return maintenanceTransaction(database, async (transaction) => {
    const user = await transaction
      .selectFrom('users')
      .select('id')
      .where('email', '=', email)
      .executeTakeFirst();
    if (user !== undefined) return 'has-account';
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('invitations')
      .values({ email })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n ? 'invited' : 'invited-before';
  });
}

/** Every invitation that was not used yet, by e-mail; the database must be opened as the owner. */
export function listInvitations(database: Database): Promise<Invitation[]> {
  return maintenanceTransaction(database, (transaction) =>
    transaction.selectFrom('invitations').selectAll().orderBy('email').execute(),
  );
}

/** Withdraws an invitation; the database must be opened as the owner. Throws NotFoundError. */
export function withdrawInvitation(database: Database, email: string): Promise<void> {
  return maintenanceTransaction(database, async (transaction) => {
    const { numDeletedRows } = await transaction
      .deleteFrom('invitations')
      .where('email', '=', email)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) throw new NotFoundError('invitation', email);
  });
}
