import type { Updateable } from 'kysely';
import { type OfRouter, type Router, routerOf, routersOf } from '../database/models.ts';
import type { UserRouters } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';

/** The user's routers, by name and id. */
export function listRouters(transaction: TenantTransaction, user_id: string): Promise<Router[]> {
  return routersOf(transaction, { user_id }).orderBy('router_name').orderBy('router_id').execute();
}

/** One router. Throws NotFoundError if the user does not have it. */
export function findRouter(transaction: TenantTransaction, key: OfRouter): Promise<Router> {
  return routerOf(transaction, key).executeTakeFirstOrThrow(notFound(key));
}

/** The same, locked until the transaction ends, so that what was read is what is changed. */
export function lockRouter(transaction: TenantTransaction, key: OfRouter): Promise<Router> {
  return routerOf(transaction, key).forUpdate().executeTakeFirstOrThrow(notFound(key));
}

export function updateRouter(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  change: Updateable<UserRouters>,
): Promise<Router> {
  return transaction
    .updateTable('user_routers')
    .set(change)
    .where((row) => row.and({ user_id, router_id }))
    .returningAll()
    .executeTakeFirstOrThrow(notFound({ router_id }));
}

/** Deletes a router and, through the foreign keys, everything that belongs to it. */
export async function deleteRouter(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
): Promise<void> {
  await transaction
    .deleteFrom('user_routers')
    .where((row) => row.and({ user_id, router_id }))
    .execute();
}

function notFound({ router_id }: Pick<OfRouter, 'router_id'>) {
  return () => new NotFoundError('router', router_id);
}
