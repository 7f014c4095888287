/** By what the directory knows the database of each cell: people who are moved must not arrive in another one. */
import type { ClientBase } from 'pg';
import { ConflictError } from '../errors.ts';
import type { Directory } from './directory.ts';

/** A server, with all its standbys, and one of its databases. One that is restored, or upgraded by pg_upgrade, is another. */
const IDENTITY = `
  select system_identifier || ' ' || d.oid as identity
  from pg_control_system(), pg_database d where d.datname = current_database()`;

/** By what the directory is to know this database. Throws ConflictError if it knows it as that of another cell. */
export async function identifyOwn(
  directory: Directory,
  client: ClientBase,
  cell: number,
): Promise<string> {
  const identity = await identify(client);
  const found = await findCell(directory, identity);
  if (found === undefined || found === cell) return identity;
  throw new ConflictError(
    `DATABASE_URL is the database of cell ${found}, not of cell ${cell}: correct it, or CELL.`,
  );
}

/** Throws ConflictError if TARGET_DATABASE_URL is not known as the database of that cell. */
export async function requireItsDatabase(
  directory: Directory,
  target: ClientBase,
  cell: number,
): Promise<void> {
  const found = await findCell(directory, await identify(target));
  if (found === cell) return;
  throw new ConflictError(
    found === undefined
      ? `The directory does not know the database in TARGET_DATABASE_URL: correct it, or, if it is that of cell ${cell}, run \`netpilot cell add ${cell}\` there first.`
      : `TARGET_DATABASE_URL is not the database of cell ${cell}, but of cell ${found}.`,
  );
}

async function identify(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ identity: string }>(IDENTITY);
  return rows[0]?.identity ?? '';
}

/** Which cell's database it is, as far as the directory knows. */
async function findCell(directory: Directory, identity: string): Promise<number | undefined> {
  const [found] = await directory.run<{ cell: number }>(
    'select cell from directory.cells where database = $1',
    [identity],
  );
  return found?.cell;
}
