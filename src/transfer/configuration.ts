import type { Client } from 'pg';
import { addCounts, addRows, type Import } from './context.ts';
import { RULES, type Rules } from '../policy/rules.ts';

type Policy = Record<keyof Rules, string | number | null>;

/** Locks the router's policy: every change of what a router has to do begins with that. */
export async function lockPolicy(client: Client): Promise<Policy> {
  // Rates as numbers: they fit, being counted so (legacy/rate.ts).
  const columns = RULES.map((column) => (column === 'mode' ? column : `${column}::float8`));
  const { rows } = await client.query<Policy>(
    `select ${columns.join(', ')} from router_policies
     where router_id = current_setting('netpilot.router_id') for update`,
  );
  const [policy] = rows;
  if (policy === undefined) throw new Error('the router has no policy');
  return policy;
}

/**
 * Writes the settings and the policy that differ, and raises the revision once if the policy, the lists or
 * the blocks have changed. Counts a file as unchanged if the database had everything that it says.
 */
export async function writeConfiguration(
  context: Import,
  before: Policy,
  listsChanged: boolean,
): Promise<void> {
  const { client, carried } = context;
  const policy: Policy = { ...before };
  for (const { column, value } of carried.flatMap(({ rules }) => rules)) policy[column] = value;
  context.mode = { before: String(before.mode), after: String(policy.mode) };
  const changed = RULES.filter((column) => policy[column] !== before[column]);
  if (changed.length > 0 || listsChanged) {
    const { rowCount } = await client.query(
      `update router_policies
       set ${RULES.map((column, index) => `${column} = $${index + 1}`).join(', ')}, policy_revision = policy_revision + 1
       where router_id = current_setting('netpilot.router_id')`,
      RULES.map((column) => policy[column]),
    );
    addRows(context, 'router_policies', rowCount);
  }
  const all = new Map(
    carried.flatMap((file) => file.settings.map(({ key, value }) => [key, value])),
  );
  const written = await writeSettings(context, all);
  for (const { source, rules, settings } of carried) {
    if (source === undefined) continue;
    // One that another file contradicts is in no count.
    const isThere =
      settings.every(({ key, value }) => all.get(key) === value) &&
      rules.every(({ column, value }) => policy[column] === value);
    const isNew =
      settings.some(({ key }) => written.has(key)) ||
      rules.some(({ column }) => changed.includes(column));
    if (isThere)
      addCounts(context, [{ source, written: Number(isNew), unchanged: Number(!isNew) }]);
  }
}

/** Gives the keys of the settings that were not so already. */
async function writeSettings(
  context: Import,
  settings: ReadonlyMap<string, unknown>,
): Promise<Set<string>> {
  const { rows } = await context.client.query<{ key: string }>(
    `insert into user_settings (user_id, router_id, setting_key, setting_value)
     select current_user_id(), current_setting('netpilot.router_id'), key, value
     from jsonb_each($1::jsonb)
     on conflict (user_id, router_id, setting_key) do update set setting_value = excluded.setting_value
     where user_settings.setting_value <> excluded.setting_value
     returning setting_key as key`,
    [JSON.stringify(Object.fromEntries(settings))],
  );
  addRows(context, 'user_settings', rows.length);
  return new Set(rows.map(({ key }) => key));
}
