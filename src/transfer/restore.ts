import type { Client } from 'pg';
import { InvalidInputError } from '../errors.ts';
import type { Book, Counted } from './book.ts';
import { EXPORT_VERSION, EXPORTED_TABLES, type ExportedTable } from './export-tables.ts';
import { rejectRecord } from './intake.ts';
import { type Remark, remark } from './remarks.ts';
import type { LegacyItem } from './legacy/record.ts';
import { sqlState } from './session.ts';
import type { Staging } from './staging.ts';

const NAMES = new Set(EXPORTED_TABLES.map(({ name }) => name));

/** Stages the rows of an export. Throws InvalidInputError for one of another version. */
export function createRestoreIntake(
  file: string,
  book: Book,
  staging: Staging,
): (item: LegacyItem) => void {
  return (item) => {
    if (item.kind === 'table') {
      book.source(file, item.table);
      return;
    }
    const { table, key } = item;
    if (item.kind === 'record' && key === '') {
      if (table === 'version') requireVersion(file, item.value);
      return;
    }
    const source = book.source(file, table);
    book.read(source);
    const reject = (reason: Remark) => {
      const record = { table, key, value: undefined, text: item.text };
      rejectRecord(book, staging, source, file, record, { field: '', value: undefined, reason });
    };
    if (item.kind === 'unreadable') reject(item.reason);
    else if (!NAMES.has(table)) reject(remark('unknown_table', { table }));
    else staging.row(source, table, key, item.text ?? '');
  };
}

/**
 * Writes the staged rows as they were, ids and times included, in the name of the transaction's user. A
 * row that is there already stays; one that is there with another content, or whose place is
 * taken by another, is rejected. Throws InvalidInputError for rows no table of ours can hold.
 */
export async function restoreRows(client: Client, book: Book, file: string): Promise<void> {
  await client.query('analyze staged_rows');
  for (const table of EXPORTED_TABLES) {
    try {
      await restoreTable(client, table, book);
    } catch (error) {
      // Class 22 is data that is none, class 23 a row that contradicts the table or another row.
      if (!/^2[23]/.test(sqlState(error) ?? '')) throw error;
      const message = error instanceof Error ? error.message : String(error);
      throw new InvalidInputError(
        [{ field: `${file}: ${table.name}`, expected: 'rows as an export has them' }],
        `${file}: the rows of ${table.name} cannot be restored, nothing was imported: ${message}.`,
      );
    }
  }
}

async function restoreTable(client: Client, table: ExportedTable, book: Book): Promise<void> {
  const { name } = table;
  if (name === 'router_policies') await dropFreshPolicies(client);
  const { rowCount } = await client.query(
    `insert into ${name} select p.* ${staged(name)} order by s.ord on conflict do nothing`,
  );
  book.rowsWritten(name, rowCount ?? 0);
  const isSame = ['user_id', ...table.key]
    .map((column) => `t.${column} = p.${column}`)
    .join(' and ');
  const { rows: counted } = await client.query<Counted>(
    `select s.source, count(*) filter (where t.xmin = pg_current_xact_id()::xid)::int as written,
       count(*) filter (where t.xmin <> pg_current_xact_id()::xid)::int as unchanged
     ${staged(name)} join ${name} t on ${isSame} where to_jsonb(t) = to_jsonb(p) group by s.source`,
  );
  book.count(counted);
  await rejectOthers(client, name, isSame, book);
}

/** Lists, counts and keeps the rows that the database did not take. */
async function rejectOthers(client: Client, name: string, isSame: string, book: Book) {
  const { code, text: reason, values } = remark('taken');
  const { rows } = await client.query<{ source: number; record_key: string; place: number }>(
    `insert into staged_rejects (source, ord, file, record_key, field, value, reason, record)
     select s.source, s.ord, $1::jsonb ->> s.source, s.record_key, '', null, $2, s.record::text
     ${staged(name)} left join ${name} t on ${isSame} and to_jsonb(t) = to_jsonb(p) where t.user_id is null
     returning source, record_key`,
    [JSON.stringify(book.tables.map(({ file }) => file)), reason],
  );
  for (const { source, record_key } of rows) {
    const file = book.tables[source]?.file ?? '';
    const key = `${name} ${record_key}`;
    book.reject(source, { file, key, field: '', value: null, reason, code, values });
  }
}

/** The staged rows of a table as rows of it, in the user's name. */
function staged(name: string): string {
  return `from (select * from staged_rows where table_name = '${name}') s
    cross join lateral jsonb_populate_record(null::${name},
      s.record::jsonb || jsonb_build_object('user_id', current_user_id())) p`;
}

/** A new router gets a policy at once; the exported one takes its place. */
async function dropFreshPolicies(client: Client): Promise<void> {
  await client.query(
    `delete from router_policies p using user_routers r, staged_rows s
     where r.user_id = p.user_id and r.router_id = p.router_id and r.xmin = pg_current_xact_id()::xid
       and s.table_name = 'router_policies' and s.record ->> 'router_id' = p.router_id`,
  );
}

function requireVersion(file: string, version: unknown): void {
  if (version === EXPORT_VERSION) return;
  throw new InvalidInputError([
    { field: `${file}: version`, value: version, expected: `${EXPORT_VERSION}` },
  ]);
}
