/** What a process of a cell knows of the others. */
import type { CellConfig } from '../config/cell.ts';
import { UnavailableError } from '../errors.ts';
import { type Cell, type Directory, type Identity, openDirectory } from './directory.ts';

/** Milliseconds between two readings of the list of cells. */
const READ_EVERY = 10_000;

export type Cells = {
  /** The cell of this process. */
  own: number;
  directory: Directory;
  /** The address of another cell's api; undefined if no cell is known that has this number. Asks nobody. */
  apiUrl: (cell: number) => string | undefined;
  /** Where the routers of another cell dial; undefined if no such cell is known. Asks nobody. */
  routersAt: (cell: number) => { host: string; port: number } | undefined;
  /**
   * The cell of somebody who signs in: their own one, or an open one for who is new. Throws UnavailableError if the directory does
   * not answer, or no cell is open.
   * @param wanted where who is new would rather be: in the cell of the home that they are invited to
   */
  placeOf: (identity: Identity, wanted?: number) => Promise<number>;
  close: () => Promise<void>;
};

/** Reads the list now, and again and again: while the directory is down, what was read last holds. Never throws. */
export async function openCells(
  { number, directory: address }: CellConfig,
  onError: (error: unknown) => void,
): Promise<Cells> {
  const directory = openDirectory(address);
  let known: ReadonlyMap<number, Cell> = new Map();
  const read = async () => {
    try {
      known = new Map((await directory.listCells()).map((cell) => [cell.cell, cell]));
    } catch (error) {
      onError(error);
    }
  };
  await read();
  const timer = setInterval(() => void read(), READ_EVERY).unref();
  return {
    own: number,
    directory,
    apiUrl: (cell) => known.get(cell)?.api_url,
    routersAt: (wanted) => {
      const cell = known.get(wanted);
      return cell && { host: cell.routers_host, port: cell.routers_port };
    },
    placeOf: async (identity, wanted) => {
      const resident = await directory.find(identity);
      if (resident !== undefined) return resident.cell;
      return chooseCell(await directory.listCells(), number, wanted);
    },
    close: async () => {
      clearInterval(timer);
      await directory.close();
    },
  };
}

/** The cell of somebody new. A full one takes who joins a home there. Throws UnavailableError if none is open. */
export function chooseCell(cells: readonly Cell[], own: number, wanted?: number): number {
  const open = cells.filter(({ state }) => state === 'open').map(({ cell }) => cell);
  if (cells.some(({ cell, state }) => cell === wanted && state !== 'draining'))
    return wanted ?? own;
  // The balancer has spread people over the cells before.
  if (open.includes(own)) return own;
  const [first] = open;
  if (first === undefined)
    throw new UnavailableError(
      'No cell takes new people at the moment: the operator opens one with `netpilot cell open`.',
    );
  return open[Math.floor(Math.random() * open.length)] ?? first;
}
