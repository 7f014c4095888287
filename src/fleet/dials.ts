/** The routers that are dialled, as the database has them. */
import { sql } from 'kysely';
import type { OfRouter, RouterDial } from '../database/models.ts';
import type { Database } from '../database/pool.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import type { RouterAddress } from '../routers/dialling.ts';

/** What it takes to dial a router. */
export type Dial = RouterDial & RouterAddress & { is_active: boolean };

/** The routers of all users that are this node's to dial: see claim_dials() in the database. */
export async function claimDials(
  database: Database,
  node: string,
  seconds: number,
): Promise<OfRouter[]> {
  const claim = sql<OfRouter>`select * from claim_dials(${node}, ${seconds}::integer)`;
  return (await claim.execute(database)).rows;
}

/** Undefined if the router is not this node's to dial any more. */
export function findClaimedDial(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  node: string,
): Promise<Dial | undefined> {
  return transaction
    .selectFrom('router_dials as dial')
    .innerJoin('user_routers as router', (join) =>
      join
        .onRef('router.user_id', '=', 'dial.user_id')
        .onRef('router.router_id', '=', 'dial.router_id'),
    )
    .innerJoin('users', 'users.id', 'dial.user_id')
    .selectAll('dial')
    .select(['router.router_ip', 'router.tunnel_port', 'router.is_active'])
    .where('dial.user_id', '=', user_id)
    .where('dial.router_id', '=', router_id)
    .where('users.is_active', '=', true)
    .where('dial.claimed_by', '=', node)
    .where('dial.claimed_until', '>', sql<string>`now()`)
    .executeTakeFirst();
}

/** The router is not dialled any more, unless it was linked again since: then it has another key. */
export async function forgetToldDial(
  transaction: TenantTransaction,
  { user_id, router_id, client_key }: RouterDial,
): Promise<void> {
  await transaction
    .deleteFrom('router_dials')
    .where((row) => row.and({ user_id, router_id, client_key }))
    .execute();
}

export async function storeDialProblem(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  problem: string | null,
): Promise<void> {
  await transaction
    .updateTable('router_dials')
    .set({ problem })
    .where((row) => row.and({ user_id, router_id }))
    .execute();
}
