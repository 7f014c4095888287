import type { Client } from 'pg';
import { errorCode } from '../error-code.ts';
import { errorMessage } from '../error-message.ts';
import { InvalidInputError } from '../errors.ts';
import {
  addCounts,
  addRejects,
  addRows,
  type Counted,
  countItem,
  type Import,
  LISTED_REJECTS,
  rejectRecord,
} from './context.ts';
import { EXPORT_VERSION, EXPORTED_TABLES, type ExportedTable } from './export-tables.ts';
import { leaveFirstHome, renameForeignHomes } from './homes.ts';
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
 * Writes the staged rows in the name of the transaction's user: what EXPORTED_TABLES takes of them, ids and times
 * included. A row that is in the database stays; one that is there with another content, or whose place is taken by
 * another, is rejected. Throws InvalidInputError for rows that no table can hold.
 */
export async function restoreRows(context: Import): Promise<void> {
  const exports = context.source.files.filter(({ kind }) => kind === 'export');
  if (exports.length === 0) return;
  const file = exports.map(({ name }) => name).join(', ');
  await context.client.query('analyze staged_rows');
  await renameForeignHomes(context.client);
  for (const table of EXPORTED_TABLES) {
    try {
      await restoreTable(context, table);
      if (table.name === 'user_routers') await leaveFirstHome(context.client);
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
  await raiseRevisions(context);
}

async function restoreTable(context: Import, table: ExportedTable): Promise<void> {
  const { client } = context;
  const { name, key, columns, written = {} } = table;
  const rows = stagedRows(table, await defaultRow(client, table));
  if (name === 'router_policies') await dropNewPolicies(context);
  if (table.recordedAt !== undefined) await rejectLater(context, name, rows, table.recordedAt);
  const values = new Map<string, string>();
  for (const column of ['user_id', ...key, ...columns]) values.set(column, `p.${column}`);
  for (const [column, value] of Object.entries(written)) values.set(column, value);
  const { rowCount } = await client.query(
    `insert into ${name} (${[...values.keys()].join(', ')})
     select ${[...values.values()].join(', ')} ${rows} order by s.ord on conflict do nothing`,
  );
  addRows(context, name, rowCount);
  const isThere = ['user_id', ...key].map((column) => `t.${column} = p.${column}`).join(' and ');
  // What is written anyway is the same where the row leaves it open.
  const isSame = columns
    .map((column) => {
      const isEqual = `t.${column} is not distinct from p.${column}`;
      return column in written ? `(p.${column} is null or ${isEqual})` : isEqual;
    })
    .join(' and ');
  const { rows: counted } = await client.query<Counted>(
    `select s.source, count(*) filter (where t.xmin = pg_current_xact_id()::xid)::int as written,
       count(*) filter (where t.xmin <> pg_current_xact_id()::xid)::int as unchanged
     ${rows} join ${name} t on ${isThere} where ${isSame} group by s.source`,
  );
  addCounts(context, counted);
  const others = `${rows} left join ${name} t on ${isThere} and ${isSame} where t.user_id is null`;
  await rejectRows(context, name, others, 'taken');
}

/** Rejects what claims to be recorded later than now, in its time or in its id. A clock may be some minutes wrong. */
async function rejectLater(
  context: Import,
  name: string,
  rows: string,
  recordedAt: string,
): Promise<void> {
  const latest = `now() + interval '5 minutes'`;
  const latestId = `(encode(substring(int8send((extract(epoch from ${latest}) * 1000)::bigint) from 3), 'hex') || repeat('f', 20))::uuid`;
  const later = `${rows} where p.${recordedAt} > ${latest} or p.id > ${latestId}`;
  await rejectRows(context, name, later, 'recorded_later');
  await context.client.query(
    `delete from staged_rows where table_name = '${name}' and ord in (select s.ord ${later})`,
  );
}

/** Lists, counts and keeps rows that are not taken. */
async function rejectRows(
  context: Import,
  table: string,
  rejected: string,
  why: 'taken' | 'recorded_later',
): Promise<void> {
  const { code, text: reason, values } = remark(why);
  const { rows } = await context.client.query<{ source: number; count: number; keys: string[] }>(
    `with rejected as (
       insert into staged_rejects (source, ord, file, record_key, field, value, reason, record)
       select s.source, s.ord, $1::jsonb ->> s.source, s.record_key, '', null, $2, s.record::text ${rejected}
       returning source, ord, record_key)
     select source, count(*)::int as count, (array_agg(record_key order by ord))[:${LISTED_REJECTS}] as keys
     from rejected group by source order by source`,
    [JSON.stringify(context.counts.map(({ file }) => file)), reason],
  );
  for (const { source, count, keys } of rows) {
    const file = context.counts[source]?.file ?? '';
    const listed = keys.map((key) => {
      return { file, table, key, field: '', value: null, reason, code, values };
    });
    addRejects(context, source, count, listed);
  }
}

/** The columns that are addresses, as SQL. */
const ADDRESSES = ['ip', 'recognised_ip', 'device_ip', 'router_ip', 'cloud_vm_ip']
  .map((column) => `'${column}'`)
  .join(', ');

/**
 * The staged rows of a table as rows `p` of it, in the user's name, with addresses in their one spelling. A missing column
 * has its default.
 */
function stagedRows({ name }: ExportedTable, defaults: string): string {
  return `from (select * from staged_rows where table_name = '${name}') s
    cross join lateral jsonb_populate_record(${defaults},
      s.record::jsonb || jsonb_build_object('user_id', current_user_id()) || coalesce((
        select jsonb_object_agg(key, host(canonical_address(value::inet)))
        from jsonb_each_text(s.record::jsonb)
        where key in (${ADDRESSES}) and value is not null), '{}')) p`;
}

/** SQL of a row with the defaults of columns that cannot be null: earlier versions did not export all of them. */
async function defaultRow(client: Client, { name, key }: ExportedTable): Promise<string> {
  const { rows } = await client.query<{ value: string }>(
    `select case when a.attnotnull and not a.attname = any ($2) then pg_get_expr(d.adbin, d.adrelid) end as value
     from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [name, key],
  );
  return `row(${rows.map(({ value }) => value ?? 'null').join(', ')})::${name}`;
}

/** A new router gets a policy at once; the exported one takes its place. */
async function dropNewPolicies({ client }: Import): Promise<void> {
  await client.query(
    `delete from router_policies p using user_routers r, staged_rows s
     where r.user_id = p.user_id and r.router_id = p.router_id and r.xmin = pg_current_xact_id()::xid
       and s.table_name = 'router_policies' and s.record ->> 'router_id' = p.router_id`,
  );
}

/** Routers that were there already must do what was restored into their lists, blocks and rules. */
async function raiseRevisions({ client }: Import): Promise<void> {
  const restored = ['user_whitelists', 'user_blacklists', 'user_blocked_devices']
    .map((name) => `select router_id from ${name} where xmin = pg_current_xact_id()::xid`)
    .join(' union ');
  const restoredHomes = `
    select a.home_id from access_rules a where a.xmin = pg_current_xact_id()::xid
    union select r.home_id from user_devices d join user_routers r on r.user_id = d.user_id and r.router_id = d.router_id
    where d.xmin = pg_current_xact_id()::xid and has_rules(r.user_id, r.home_id)`;
  await client.query(
    `update router_policies set policy_revision = policy_revision + 1
     where xmin <> pg_current_xact_id()::xid and router_id in (
       ${restored} union select router_id from user_routers where home_id in (${restoredHomes}))`,
  );
}

function requireVersion(file: string, version: unknown): void {
  if (version === EXPORT_VERSION) return;
  throw new InvalidInputError([
    { field: `${file}: version`, value: version, expected: `${EXPORT_VERSION}` },
  ]);
}
