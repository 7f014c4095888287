/** What the operator does to the directory. */
import { sql } from 'kysely';
import { NOT_SHOWN } from '../config/reader.ts';
import type { Database } from '../database/pool.ts';
import { maintenanceTransaction } from '../database/transaction.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../errors.ts';
import { CELL_COLUMNS, type Cell, type CellState, type Directory } from './directory.ts';

/** People are entered so many at a time. */
const AT_A_TIME = 1_000;

/** A cell, and how many people live there. */
export type CellSummary = Cell & { people: number; moving: number };

export function summarizeCells(directory: Directory): Promise<CellSummary[]> {
  return directory.run<CellSummary>(
    `select ${CELL_COLUMNS}, people, moving from directory.cells left join lateral (
       select count(p.user_id)::integer as people, count(*) filter (where p.state = 'moving')::integer as moving
       from directory.people p where p.cell = cells.cell
     ) living on true order by cell`,
  );
}

/**
 * Enters a cell, open, or changes how it is reached.
 * @param database by what its database is known (its-database.ts); undefined: that stays as it is
 */
export async function addCell(
  directory: Directory,
  { cell, api_url, routers_host, routers_port }: Omit<Cell, 'state'>,
  database?: string,
): Promise<Cell> {
  const [added] = await directory.run<Cell>(
    `insert into directory.cells (cell, api_url, routers_host, routers_port, database) values ($1, $2, $3, $4, $5)
     on conflict (cell) do update set api_url = excluded.api_url, routers_host = excluded.routers_host,
       routers_port = excluded.routers_port, database = coalesce(excluded.database, cells.database)
     returning ${CELL_COLUMNS}`,
    [cell, api_url, routers_host, routers_port, database ?? null],
  );
  return required(added, cell);
}

/** Throws NotFoundError. */
export async function setCellState(
  directory: Directory,
  cell: number,
  state: CellState,
): Promise<Cell> {
  const [changed] = await directory.run<Cell>(
    `update directory.cells set state = $2 where cell = $1 returning ${CELL_COLUMNS}`,
    [cell, state],
  );
  return required(changed, cell);
}

/** Takes a cell out that nobody lives in. Throws NotFoundError, and ConflictError if somebody does. */
export async function removeCell(directory: Directory, cell: number): Promise<void> {
  const summary = (await summarizeCells(directory)).find((one) => one.cell === cell);
  const { people } = required(summary, cell);
  if (people > 0)
    throw new ConflictError(
      `${people} ${people === 1 ? 'person lives' : 'people live'} in cell ${cell}: move them first, with \`netpilot cell move\`.`,
    );
  await directory.run('delete from directory.people where cell = $1 and user_id is null', [cell]);
  await directory.run('delete from directory.cells where cell = $1', [cell]);
}

function required<Row>(row: Row | undefined, cell: number): Row {
  if (row === undefined) throw new NotFoundError('cell', String(cell));
  return row;
}

/** How many people of a cell are in the directory now, and the addresses of those who are in it as another cell's. */
export type Enrolled = { people: number; elsewhere: string[] };

/**
 * Enters everybody in the directory who has an account in this cell, and takes those out who have none any more. Repeated, it
 * changes nothing.
 * @param database opened as the owner
 */
export async function enroll(
  database: Database,
  directory: Directory,
  cell: number,
): Promise<Enrolled> {
  const users = await maintenanceTransaction(database, (transaction) =>
    transaction
      .selectFrom('users')
      .select(['id', 'email', 'issuer', 'google_id'])
      // Those who were moved away, or are on the way, live where the move says.
      .where(
        sql<boolean>`not exists (select from event_counters c where c.user_id = users.id and c.moved_to is not null)`,
      )
      .execute(),
  );
  await directory.run(
    `delete from directory.people
     where cell = $1 and state = 'settled' and user_id is not null and user_id <> all ($2::uuid[])`,
    [cell, users.map(({ id }) => id)],
  );
  const entered = new Set<string>();
  for (let start = 0; start < users.length; start += AT_A_TIME) {
    const some = users.slice(start, start + AT_A_TIME);
    const columns = [
      some.map(({ id }) => id),
      some.map(({ email }) => email),
      some.map(({ issuer }) => issuer),
      some.map(({ google_id }) => google_id),
    ];
    // Their addresses may have changed.
    await directory.run(
      `delete from directory.people p using unnest($1::uuid[], $2::text[]) u (user_id, email)
       where p.cell = $3 and p.user_id = u.user_id and p.email <> u.email`,
      [...columns.slice(0, 2), cell],
    );
    const rows = await directory.run<{ email: string }>(
      `insert into directory.people (user_id, email, issuer, subject, cell)
       select u.*, $5 from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) u
       on conflict (email) do update set user_id = excluded.user_id, issuer = excluded.issuer, subject = excluded.subject
       where people.cell = excluded.cell
       returning email`,
      [...columns, cell],
    );
    for (const { email } of rows) entered.add(email);
  }
  const elsewhere = users.map(({ email }) => email).filter((email) => !entered.has(email));
  return { people: entered.size, elsewhere };
}

/** A host key of the service's, sealed. */
type ServerKey = {
  credential_hash: Buffer;
  purpose: string;
  public_key: string;
  sealed_key: Buffer;
};

/**
 * Gives this cell the host keys of all cells, or all cells this one's if it is the first: a router that is moved must find the
 * key that it knows. Throws InvalidInputError if this SECRET_KEY does not open them, and ConflictError if routers know another key.
 * @param database opened as the owner
 * @param credentials of the keys that this SECRET_KEY opens
 * @returns whether this cell has other keys now
 */
export async function shareServerKeys(
  database: Database,
  directory: Directory,
  credentials: readonly Buffer[],
): Promise<boolean> {
  return maintenanceTransaction(database, async (transaction) => {
    const { rows: own } = await sql<ServerKey>`
      select credential_hash, purpose, public_key, sealed_key from server_keys
      where credential_hash = any (${credentials})`.execute(transaction);
    const shared = await directory.run<ServerKey>('select * from directory.server_keys');
    if (shared.length === 0) {
      for (const { credential_hash, purpose, public_key, sealed_key } of own)
        await directory.run('insert into directory.server_keys values ($1, $2, $3, $4)', [
          credential_hash,
          purpose,
          public_key,
          sealed_key,
        ]);
      return false;
    }
    const ours = shared.filter((key) =>
      credentials.some((hash) => hash.equals(key.credential_hash)),
    );
    if (ours.length < shared.length)
      throw new InvalidInputError([
        { field: 'SECRET_KEY', value: NOT_SHOWN, expected: 'the key that the other cells have' },
      ]);
    const known = new Set(own.map(({ public_key }) => public_key));
    if (ours.every(({ public_key }) => known.has(public_key))) return false;
    const { rows: routers } = await sql`select from router_keys limit 1`.execute(transaction);
    if (routers.length > 0)
      throw new ConflictError(
        'Routers of this cell know another host key than those of the other cells: they could not be moved. Give every cell the same rows of `server_keys` before routers are linked.',
      );
    await sql`delete from server_keys where purpose = any (${ours.map(({ purpose }) => purpose)})
      or credential_hash = any (${credentials})`.execute(transaction);
    for (const { credential_hash, purpose, public_key, sealed_key } of ours)
      await transaction
        .insertInto('server_keys')
        .values({ credential_hash, purpose, public_key, sealed_key })
        .execute();
    return true;
  });
}
