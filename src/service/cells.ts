import type { pino } from 'pino';
import { type Cells, openCells } from '../cells/cells.ts';
import { findMoved } from '../cells/moved.ts';
import type { Config } from '../config/config.ts';
import type { Database } from '../database/pool.ts';
import { UnavailableError } from '../errors.ts';
import type { Destination } from '../fleet/driver.ts';

/** What is known of the other cells; undefined if there are none. */
export function openCellsOf({ cell }: Config, log: pino.Logger): Promise<Cells | undefined> {
  if (cell === undefined) return Promise.resolve(undefined);
  return openCells(cell, (error) =>
    log.warn({ err: error }, 'the list of cells cannot be read: what was read last holds'),
  );
}

/** Where a router dials now whose user was moved. Throws UnavailableError while the list of cells is not known. */
export async function destinationOf(
  database: Database,
  cells: Cells,
  fingerprint: Buffer,
): Promise<Destination | undefined> {
  const cell = await findMoved(database, fingerprint);
  if (cell === undefined) return undefined;
  const destination = cell === cells.own ? undefined : cells.routersAt(cell);
  if (destination === undefined)
    throw new UnavailableError(`Where routers of cell ${cell} dial is not known now.`);
  return destination;
}
