/** Stores in the inventory which devices a router reports on its network. */
import { sql } from 'kysely';
import type { Database } from '../database/pool.ts';
import { PREPARED } from '../database/prepared.ts';
import { NotFoundError } from '../errors.ts';
import { manufacturers } from './manufacturer.ts';
import type { Neighbour } from './neighbour.ts';

export type Scan = {
  userId: string;
  routerId: string;
  /** Normalised (neighbour.ts). */
  neighbours: readonly Neighbour[];
  /** Whether these are all: other devices are offline. False for an event, which only changes the devices it has. */
  complete: boolean;
  /** When it was taken; default: now. */
  at?: Date;
  /** The connection that it was said on: nothing is stored of one that counts no more. */
  connectionId?: string;
};

/** What a scan changed. */
export type ScanOutcome = {
  discovered: number;
  came_online: number;
  went_offline: number;
  moved: number;
  /** The policy's new revision, if the scan changed which devices an entry applies to; else null. */
  raised_revision: number | null;
};

/**
 * Stores a scan, all of it or nothing, in one round trip: the SQL function record_scan() makes the transaction the
 * user's, takes the router's lock, and writes rows, history, audit and events, of what has changed. If nothing has, a
 * complete scan writes the router's row only: what is online was last seen then. Who asked for a scan sees that it is done. A device is its MAC; of two that
 * claim one address the online one has it, else the one named last. Throws NotFoundError if the user has no such
 * router, or another connection of it counts.
 */
export async function recordScan(
  database: Database,
  { userId, routerId, neighbours, complete, at, connectionId }: Scan,
): Promise<ScanOutcome> {
  const manufacturerOf = await manufacturers();
  const { rows } =
    await sql<ScanOutcome>`${PREPARED} select discovered, came_online, went_offline, moved, raised_revision from record_scan(
    ${userId}, ${routerId}, ${at?.toISOString() ?? null}, ${complete},
    ${neighbours.map(({ mac }) => mac)}, ${neighbours.map(({ ip }) => ip)},
    ${neighbours.map(({ online }) => online)}, ${neighbours.map(({ hostname }) => hostname)},
    ${neighbours.map(({ mac }) => manufacturerOf(mac))}, ${connectionId ?? null})`.execute(
      database,
    );
  const [outcome] = rows;
  if (outcome === undefined) throw new NotFoundError('router', routerId);
  return outcome;
}
