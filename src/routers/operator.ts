import type { Selectable } from 'kysely';
import type { Database } from '../database/pool.ts';
import type { UserRouters } from '../database/schema.generated.ts';
import { type TenantTransaction, maintenanceTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';

/** A router as the operator sees it, with its user's e-mail. */
export type RouterSummary = { email: string } & Pick<
  Selectable<UserRouters>,
  'router_id' | 'router_name' | 'router_ip' | 'is_active' | 'created_at' | 'last_seen'
>;

/**
 * Every router, by its user's e-mail and its id. The database must be open as the owner.
 * @param email only this user's; throws NotFoundError if there is no such user
 */
export function listAllRouters(
  database: Database,
  { email }: { email?: string | undefined } = {},
): Promise<RouterSummary[]> {
  return maintenanceTransaction(database, async (transaction) => {
    if (email !== undefined) await requireUser(transaction, email);
    return transaction
      .selectFrom('user_routers as router')
      .innerJoin('users', 'users.id', 'router.user_id')
      .select(['users.email', 'router.router_id', 'router.router_name', 'router.router_ip'])
      .select(['router.is_active', 'router.created_at', 'router.last_seen'])
      .$if(email !== undefined, (query) => query.where('users.email', '=', email ?? ''))
      .orderBy('users.email')
      .orderBy('router.router_id')
      .execute();
  });
}

async function requireUser(transaction: TenantTransaction, email: string): Promise<void> {
  await transaction
    .selectFrom('users')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow(() => new NotFoundError('user', email));
}
