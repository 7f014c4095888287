import type { Selectable, Updateable } from 'kysely';
import type { UserRouters } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';

/** A router as stored. */
export type Router = Selectable<UserRouters>;

/** The user's routers, by name and id. */
export function listRouters(transaction: TenantTransaction, userId: string): Promise<Router[]> {
  return transaction
    .selectFrom('user_routers')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('router_name')
    .orderBy('router_id')
    .execute();
}

/** One router. Throws NotFoundError where the user has none of that id. */
export async function findRouter(
  transaction: TenantTransaction,
  userId: string,
  routerId: string,
): Promise<Router> {
  return required(await selectRouter(transaction, userId, routerId).executeTakeFirst(), routerId);
}

/** One router, locked until the transaction ends, so that what was read is what gets written. */
export async function lockRouter(
  transaction: TenantTransaction,
  userId: string,
  routerId: string,
): Promise<Router> {
  return required(
    await selectRouter(transaction, userId, routerId).forUpdate().executeTakeFirst(),
    routerId,
  );
}

export async function updateRouter(
  transaction: TenantTransaction,
  userId: string,
  routerId: string,
  change: Updateable<UserRouters>,
): Promise<Router> {
  const row = await transaction
    .updateTable('user_routers')
    .set(change)
    .where('user_id', '=', userId)
    .where('router_id', '=', routerId)
    .returningAll()
    .executeTakeFirst();
  return required(row, routerId);
}

/** Deletes a router and, by the foreign keys, all that hangs on it. */
export async function deleteRouter(
  transaction: TenantTransaction,
  userId: string,
  routerId: string,
): Promise<void> {
  await transaction
    .deleteFrom('user_routers')
    .where('user_id', '=', userId)
    .where('router_id', '=', routerId)
    .execute();
}

function selectRouter(transaction: TenantTransaction, userId: string, routerId: string) {
  return transaction
    .selectFrom('user_routers')
    .selectAll()
    .where('user_id', '=', userId)
    .where('router_id', '=', routerId);
}

function required(router: Router | undefined, routerId: string): Router {
  if (router === undefined) throw new NotFoundError('router', routerId);
  return router;
}
