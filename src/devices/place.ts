/** Where devices are: stored as their router says it. */
import { sql } from 'kysely';
import type { OnConnection } from '../database/models.ts';
import type { Database } from '../database/pool.ts';

/** Where a device is. What its router does not know, or a cable does not have, is null. */
export type Place = {
  /** As the router's configuration names it. */
  network: string | null;
  /** The router's interface that its frames come in at. */
  port: string | null;
  /** In GHz. */
  band: string | null;
  ssid: string | null;
  /** dBm. */
  signal: number | null;
  /** Bit/s that the access point last sent with, and received. */
  down: number | null;
  up: number | null;
};

export type PlacedDevice = Place & { mac: string };

/**
 * Stores the places of a router's devices, in one round trip; those of devices that are not known are left out. Gives how many
 * have changed: only these are written. Stores nothing of a connection that counts no more.
 */
export async function recordPlaces(
  database: Database,
  { user_id, router_id, connection_id }: OnConnection,
  places: readonly PlacedDevice[],
): Promise<number> {
  const said = places.map(({ mac, network, port, band, ssid, signal, down, up }) => ({
    mac,
    place: { network, port, band, ssid, signal, down, up },
  }));
  const { rows } = await sql<{ changed: number }>`
    select record_places(${user_id}, ${router_id}, ${JSON.stringify(said)}, ${connection_id ?? null}) as changed`.execute(
    database,
  );
  return rows[0]?.changed ?? 0;
}
