import { errorCode } from '../error-code.ts';
import { errorMessage } from '../error-message.ts';
import { InvalidInputError } from '../errors.ts';
import {
  addCounts,
  addReject,
  addRows,
  type Counted,
  countItem,
  type Import,
  rejectRecord,
} from './context.ts';
import { EXPORT_VERSION, EXPORTED_TABLES, type ExportedTable } from './export-tables.ts';
import type { LegacyItem } from './legacy/record.ts';
import { Problem, remark } from './problem.ts';

const NAMES = new Set(EXPORTED_TABLES.map(({ name }) => name));

/** Counts and stages a row of an export. Throws InvalidInputError for an export of another version. */
export function stageRow(context: Import, file: string, item: LegacyItem): void {
  if (item.kind === 'record' && item.key === '') {
    if (item.table === 'version') requireVersion(file, item.value);
    return;
  }
  const table = countItem(context, file, item);
  if (item.kind !== 'record') return;
  const { table: name, key, text } = item;
  if (NAMES.has(name)) {
    context.staging.add('rows', table.number, [name, key, text ?? '']);
  } else {
    const reason = remark('unknown_table', { table: name });
    rejectRecord(context, table, { key, text }, new Problem('', undefined, reason));
  }
}

/**
 * Writes the staged rows as they were, ids and times included, in the name of the transaction's user. A
 * row that is in the database stays; one that is there with another content, or whose place is
 * taken by another, is rejected. Throws InvalidInputError for rows that no table can hold.
 */
export async function restoreRows(context: Import): Promise<void> {
  const exports = context.source.files.filter(({ kind }) => kind === 'export');
  if (exports.length === 0) return;
  const file = exports.map(({ name }) => name).join(', ');
  await context.client.query('analyze staged_rows');
  for (const table of EXPORTED_TABLES) {
    try {
      await restoreTable(context, table);
    } catch (error) {
      // Class 22 is data of a wrong form, class 23 a row that contradicts the table or another row.
      if (!/^2[23]/.test(errorCode(error) ?? '')) throw error;
      const message = errorMessage(error);
      throw new InvalidInputError(
        [{ field: `${file}: ${table.name}`, expected: 'rows as an export has them' }],
        `${file}: the rows of ${table.name} cannot be restored, nothing was imported: ${message}.`,
      );
    }
  }
}

async function restoreTable(context: Import, { name, key }: ExportedTable): Promise<void> {
  const { client } = context;
  if (name === 'router_policies') await dropNewPolicies(context);
  const { rowCount } = await client.query(
    `insert into ${name} select p.* ${staged(name)} order by s.ord on conflict do nothing`,
  );
  addRows(context, name, rowCount);
  const isSame = ['user_id', ...key].map((column) => `t.${column} = p.${column}`).join(' and ');
  const { rows: counted } = await client.query<Counted>(
    `select s.source, count(*) filter (where t.xmin = pg_current_xact_id()::xid)::int as written,
       count(*) filter (where t.xmin <> pg_current_xact_id()::xid)::int as unchanged
     ${staged(name)} join ${name} t on ${isSame} where to_jsonb(t) = to_jsonb(p) group by s.source`,
  );
  addCounts(context, counted);
  await rejectOthers(context, name, isSame);
}

/** Lists, counts and keeps the rows that the database did not accept. */
async function rejectOthers(context: Import, name: string, isSame: string): Promise<void> {
  const { code, text: reason, values } = remark('taken');
  const { rows } = await context.client.query<{ source: number; record_key: string }>(
    `insert into staged_rejects (source, ord, file, record_key, field, value, reason, record)
     select s.source, s.ord, $1::jsonb ->> s.source, s.record_key, '', null, $2, s.record::text
     ${staged(name)} left join ${name} t on ${isSame} and to_jsonb(t) = to_jsonb(p) where t.user_id is null
     returning source, record_key`,
    [JSON.stringify(context.counts.map(({ file }) => file)), reason],
  );
  for (const { source, record_key } of rows) {
    const file = context.counts[source]?.file ?? '';
    addReject(context, source, {
      file,
      table: name,
      key: record_key,
      field: '',
      value: null,
      reason,
      code,
      values,
    });
  }
}

/** The staged rows of a table as rows of it, in the user's name. */
function staged(name: string): string {
  return `from (select * from staged_rows where table_name = '${name}') s
    cross join lateral jsonb_populate_record(null::${name},
      s.record::jsonb || jsonb_build_object('user_id', current_user_id())) p`;
}

/** A new router gets a policy at once; the exported one takes its place. */
async function dropNewPolicies({ client }: Import): Promise<void> {
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
