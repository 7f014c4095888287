/** Copies all rows of some users from one database to another, each table by COPY. */
import { pipeline } from 'node:stream/promises';
import { type ClientBase, escapeIdentifier, escapeLiteral } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { ConflictError } from '../errors.ts';

/** A table that has rows of users, and the column that says whose they are. */
export type UserTable = { name: string; owner: 'id' | 'user_id'; columns: string[] };

/** What is not taken as it is: what a process of the old cell says of itself, and that nobody acts for them before they have arrived. */
const REPLACED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  users: { is_active: 'false' },
  user_routers: { is_connected: 'false', connection_id: 'null', connected_node: 'null' },
  router_dials: { claimed_by: 'null', claimed_until: 'null' },
  alert_channels: { claimed_by: 'null', claimed_until: 'null' },
};

/** Filled by triggers when others are: what they made is replaced last. */
const LAST = 'alert_outbox';

/** Tables with rows of users, each after those that it refers to. */
export async function readUserTables(client: ClientBase): Promise<UserTable[]> {
  const tables = await client.query<UserTable>(
    `select c.relname as name, case c.relname when 'users' then 'id' else 'user_id' end as owner,
       array_agg(a.attname::text order by a.attname) as columns
     from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     group by c.oid, c.relname
     having c.relname = 'users' or 'user_id' = any (array_agg(a.attname))`,
  );
  const references = await client.query<{ name: string; target: string }>(
    `select conrelid::regclass::name as name, confrelid::regclass::name as target
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0`,
  );
  const ordered: UserTable[] = [];
  let waiting = tables.rows.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  while (waiting.length > 0) {
    const names = new Set(waiting.map(({ name }) => name));
    const ready = waiting.filter(
      ({ name }) =>
        !references.rows.some(
          (reference) =>
            reference.name === name && reference.target !== name && names.has(reference.target),
        ),
    );
    if (ready.length === 0) throw new Error(`Tables refer to each other: ${[...names].join(', ')}`);
    ordered.push(...ready);
    waiting = waiting.filter((table) => !ready.includes(table));
  }
  const isLast = ({ name }: UserTable) => name === LAST;
  return [...ordered.filter((table) => !isLast(table)), ...ordered.filter(isLast)];
}

/** Throws ConflictError unless both have the same tables. */
export function requireSameTables(from: readonly UserTable[], to: readonly UserTable[]): void {
  const describe = (tables: readonly UserTable[]) =>
    tables.map(({ name, columns }) => `${name} ${columns.join(' ')}`).toSorted();
  if (JSON.stringify(describe(from)) !== JSON.stringify(describe(to)))
    throw new ConflictError(
      'The databases of the two cells have different tables: bring both to the same version first.',
    );
}

/**
 * Copies the users' rows, within a transaction of each client's. What a trigger has made of a row that was copied is replaced by
 * what there is. Throws ConflictError if a table has another number of rows in the end.
 * @param cell where the users arrive
 */
export async function copyUsers(
  from: ClientBase,
  to: ClientBase,
  ids: readonly string[],
  cell: number,
): Promise<number> {
  const tables = await readUserTables(from);
  requireSameTables(tables, await readUserTables(to));
  const expected = new Map<string, number>();
  for (const table of tables) expected.set(table.name, await copyTable(from, to, table, ids, cell));
  for (const { name, owner } of tables) {
    const { rows } = await to.query<{ count: string }>(
      `select count(*) from ${escapeIdentifier(name)} where ${owner} = any ($1::uuid[])`,
      [ids],
    );
    if (Number(rows[0]?.count) !== expected.get(name))
      throw new ConflictError(
        `${rows[0]?.count} rows of ${name} arrived, and ${expected.get(name)} were sent: nothing was moved.`,
      );
  }
  return [...expected.values()].reduce((sum, rows) => sum + rows, 0);
}

async function copyTable(
  from: ClientBase,
  to: ClientBase,
  { name, owner, columns }: UserTable,
  ids: readonly string[],
  cell: number,
): Promise<number> {
  const table = escapeIdentifier(name);
  const list = columns.map((column) => escapeIdentifier(column)).join(', ');
  const whose = `${owner} = any (${escapeLiteral(`{${ids.join(',')}}`)}::uuid[])`;
  await to.query(
    `create temporary table arriving on commit drop as select ${list} from ${table} where false`,
  );
  const sent = from.query(
    copyTo(`copy (select ${list} from ${table} where ${whose}) to stdout (format binary)`),
  );
  const taken = to.query(copyFrom('copy arriving from stdin (format binary)'));
  await pipeline(sent, taken);
  const replaced: Readonly<Record<string, string>> =
    name === 'event_counters'
      ? { moved_to: String(cell), moved_at: 'null' }
      : (REPLACED[name] ?? {});
  const values = columns.map((column) => replaced[column] ?? escapeIdentifier(column)).join(', ');
  if (name !== 'users') await to.query(`delete from ${table} where ${whose}`);
  const { rowCount } = await to.query(
    `insert into ${table} (${list}) select ${values} from arriving`,
  );
  await to.query('drop table arriving');
  return rowCount ?? 0;
}
