import type { Client } from 'pg';
import type { Book, Counted } from './book.ts';
import type { Carried } from './documents.ts';
import type { PolicyColumn } from './legacy/document.ts';

type Policy = Record<PolicyColumn, string | number | null>;

const COLUMNS: readonly PolicyColumn[] = [
  'mode',
  'whitelist_limit_rate',
  'whitelist_full_rate',
  'blacklist_limit_rate',
  'blacklist_full_rate',
];

/** Locks the router's policy, as every change of what a router is to do begins. */
export async function lockPolicy(client: Client): Promise<Policy> {
  const { rows } = await client.query<Policy>(
    `select ${COLUMNS.map(selected).join(', ')} from router_policies
     where router_id = current_setting('netpilot.router_id') for update`,
  );
  const [policy] = rows;
  if (policy === undefined) throw new Error('the router has no policy');
  return policy;
}

/**
 * Writes settings and policy where they are not so already, and raises the revision once where the
 * policy, the lists or the blocks have changed. Counts each file as written or unchanged by what the
 * database holds afterwards.
 */
export async function writeConfiguration(
  client: Client,
  carried: readonly Carried[],
  before: Policy,
  listsChanged: boolean,
  book: Book,
): Promise<void> {
  const wanted: Policy = { ...before };
  for (const { column, value } of carried.flatMap(({ rules }) => rules)) wanted[column] = value;
  const changed = COLUMNS.filter((column) => wanted[column] !== before[column]);
  if (changed.length > 0 || listsChanged) {
    const { rowCount } = await client.query(
      `update router_policies
       set ${COLUMNS.map((column, index) => `${column} = $${index + 1}`).join(', ')}, policy_revision = policy_revision + 1
       where router_id = current_setting('netpilot.router_id')`,
      COLUMNS.map((column) => wanted[column]),
    );
    book.rowsWritten('router_policies', rowCount ?? 0);
  }
  const after = await lockPolicy(client);
  const written = await writeSettings(client, carried, book);
  book.count(
    carried.flatMap(({ source, rules, settings }): Counted[] => {
      const stored = settings.map(({ key, value }) => written.get(JSON.stringify([key, value])));
      const there =
        stored.every((state) => state !== undefined) &&
        rules.every(({ column, value }) => after[column] === value);
      if (!there) return [];
      const isNew = stored.includes(true) || rules.some(({ column }) => changed.includes(column));
      return [{ source, written: isNew ? 1 : 0, unchanged: isNew ? 0 : 1 }];
    }),
  );
}

/** Gives, for each setting that is stored now, whether this transaction wrote it. */
async function writeSettings(
  client: Client,
  carried: readonly Carried[],
  book: Book,
): Promise<Map<string, boolean>> {
  const settings = new Map(
    carried.flatMap((file) => file.settings.map(({ key, value }) => [key, value] as const)),
  );
  const { rowCount } = await client.query(
    `insert into user_settings (user_id, router_id, setting_key, setting_value)
     select current_user_id(), current_setting('netpilot.router_id'), key, value
     from jsonb_each($1::jsonb)
     on conflict (user_id, router_id, setting_key) do update set setting_value = excluded.setting_value
     where user_settings.setting_value <> excluded.setting_value`,
    [JSON.stringify(Object.fromEntries(settings))],
  );
  book.rowsWritten('user_settings', rowCount ?? 0);
  const { rows } = await client.query<{ key: string; value: string; written: boolean }>(
    `select setting_key as key, setting_value #>> '{}' as value, xmin = pg_current_xact_id()::xid as written
     from user_settings
     where router_id = current_setting('netpilot.router_id') and setting_key = any($1)`,
    [[...settings.keys()]],
  );
  return new Map(rows.map(({ key, value, written }) => [JSON.stringify([key, value]), written]));
}

/** Rates as numbers: they fit, being counted so (legacy/rate.ts). */
function selected(column: PolicyColumn): string {
  return column === 'mode' ? column : `${column}::float8 as ${column}`;
}
