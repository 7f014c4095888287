/** The Commands-Servers' leases, as the database has them: docs/decisions/0052. A lease is over 5 seconds after its last renewal. */
import { sql } from 'kysely';
import type { Database } from '../database/pool.ts';

/** A Commands-Server whose lease holds. */
export type LivingNode = {
  /** host:port, where routers dial in. */
  node: string;
  /** Of this process alone. */
  instance: string;
  state: 'ready' | 'draining';
  connections: number;
  /** Where other processes can ask it; null: they cannot. */
  address: string | null;
};

/** What a node says of itself with each renewal. */
export type LeaseReport = Pick<LivingNode, 'state' | 'connections' | 'address'>;

type Holder = Pick<LivingNode, 'node' | 'instance'>;

/** The node has started: what a former process of its name held has ended. */
export async function beginLease(database: Database, { node, instance }: Holder): Promise<void> {
  await sql`select begin_lease(${node}, ${instance})`.execute(database);
}

/** False if another process has the node's name. */
export async function renewLease(
  database: Database,
  { node, instance }: Holder,
  { state, connections, address }: LeaseReport,
): Promise<boolean> {
  const { rows } = await sql<{ is_renewed: boolean }>`
    select renew_lease(${node}, ${instance}, ${state === 'draining'}, ${connections}::integer, ${address}) as is_renewed`.execute(
    database,
  );
  return rows[0]?.is_renewed === true;
}

/** The node has stopped. */
export async function endLease(database: Database, { node, instance }: Holder): Promise<void> {
  await sql`select end_lease(${node}, ${instance})`.execute(database);
}

/**
 * Ends the connections of nodes whose lease is over.
 * @param node this one, which lives; undefined: a process without routers asks
 */
export async function endLostConnections(database: Database, node?: string): Promise<void> {
  for (let isMore = true; isMore;) {
    const { rows } = await sql<{ ended: number }>`
      select end_lost_connections(${node ?? null}) as ended`.execute(database);
    isMore = (rows[0]?.ended ?? 0) > 0;
  }
}

/** Looks for what no end of a connection has said: see the SQL function `note_missed_routers`. */
export async function noteMissedRouters(database: Database): Promise<void> {
  await sql`select note_missed_routers()`.execute(database);
}

export async function findLivingNodes(database: Database): Promise<LivingNode[]> {
  const { rows } = await sql<LivingNode>`select * from living_commands_servers()`.execute(database);
  return rows;
}
