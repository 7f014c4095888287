import { parseMac } from '../../parse-mac.ts';
import { type Fields, isFields, requireFields } from './record.ts';
import type { List } from './records.ts';

/** What the router kept of the policy, in `netpilot_state.json`: `active_mode`, `rates`, and the lists in `devices`. */
export type RouterState = {
  /** As `mode.json` says it. */
  mode: Fields | undefined;
  /** As `whitelist.json` and `blacklist.json` say them; without a field, the file had none. */
  rates: Record<List, Fields>;
  /** As the tables of lists have them. */
  entries: { list: List; key: string; value: unknown }[];
};

const LISTS: readonly List[] = ['whitelist', 'blacklist'];
const RATES = [
  ['Limit_Rate', ['limited', 'limit', 'limit_rate', 'limited_rate']],
  ['Full_Rate', ['full', 'full_rate', 'unlimited']],
] as const;

/** Reads it. Throws Problem if it is no object; what is wrong in its parts, their readers say. */
export function readRouterState(value: unknown): RouterState {
  const fields = requireFields(value);
  const mode = fields['active_mode'] ?? fields['mode'] ?? fields['current_mode'];
  return {
    mode: mode === undefined || mode === null ? undefined : { mode },
    rates: { whitelist: ratesOf(fields, 'whitelist'), blacklist: ratesOf(fields, 'blacklist') },
    entries: LISTS.flatMap((list) => entriesOf(fields, list)),
  };
}

function ratesOf(fields: Fields, list: List): Fields {
  const rates = isFields(fields['rates']) ? fields['rates'] : fields;
  const found = RATES.flatMap(([name, endings]) => {
    const value = endings
      .map((ending) => rates[`${list}_${ending}`])
      .find((rate) => rate !== undefined && rate !== null && rate !== '');
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found);
}

/** Addresses, MACs, or rows with both: a list of them, or by keys. */
function entriesOf(fields: Fields, list: List): RouterState['entries'] {
  const lists = isFields(fields['devices']) ? fields['devices'] : fields;
  const said: unknown = lists[list];
  const rows = Array.isArray(said)
    ? said.map((row: unknown, index): [string, unknown] => [String(index + 1), row])
    : Object.entries(isFields(said) ? said : {});
  return rows.map(([key, row]) => ({ list, key, value: entryOf(row) }));
}

function entryOf(row: unknown): unknown {
  if (typeof row !== 'string') return row;
  return parseMac(row) === undefined ? { ip: row } : { mac: row };
}
