import type { Selectable } from 'kysely';
import { recordAudit } from '../activity/record-audit.ts';
import type { Database } from '../database/pool.ts';
import type { Users } from '../database/schema.generated.ts';
import { maintenanceTransaction, type TenantTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';

/** What the operator does to accounts, of all tenants: the database must be opened as the owner. */

/** A user as the operator sees it. */
export type UserSummary = Pick<
  Selectable<Users>,
  'id' | 'email' | 'full_name' | 'is_active' | 'created_at' | 'last_login'
> & {
  /** How many routers the user has. */
  routers: number;
};

/** Every user, by e-mail. */
export function listUsers(database: Database): Promise<UserSummary[]> {
  return maintenanceTransaction(database, (transaction) =>
    transaction
      .selectFrom('users')
      .select(['id', 'email', 'full_name', 'is_active', 'created_at', 'last_login'])
      .select((users) =>
        users
          .selectFrom('user_routers')
          .whereRef('user_routers.user_id', '=', 'users.id')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .$asScalar()
          .$notNull()
          .as('routers'),
      )
      .orderBy('email')
      .execute(),
  );
}

/**
 * Activates a user, or deactivates one and ends every session. Audited.
 * @returns whether anything changed. Throws NotFoundError if there is no such user.
 */
export function setUserActive(
  database: Database,
  email: string,
  isActive: boolean,
): Promise<boolean> {
  return maintenanceTransaction(database, async (transaction) => {
    const user = await lockUser(transaction, email);
    if (user.is_active === isActive) return false;
    await transaction
      .updateTable('users')
      .set({ is_active: isActive })
      .where('id', '=', user.id)
      .execute();
    const actor = { userId: user.id, kind: 'operator' } as const;
    const action = isActive ? 'user.activated' : 'user.deactivated';
    await recordAudit(transaction, actor, action, user);
    return true;
  });
}

/**
 * Deletes a user and, through the foreign keys, all their data, including the audit, as it is about
 * them. Throws NotFoundError if there is no such user.
 */
export function deleteUser(database: Database, email: string): Promise<void> {
  return maintenanceTransaction(database, async (transaction) => {
    const { id } = await lockUser(transaction, email);
    await transaction.deleteFrom('users').where('id', '=', id).execute();
  });
}

function lockUser(transaction: TenantTransaction, email: string) {
  return transaction
    .selectFrom('users')
    .select(['id', 'is_active'])
    .where('email', '=', email)
    .forUpdate()
    .executeTakeFirstOrThrow(() => new NotFoundError('user', email));
}
