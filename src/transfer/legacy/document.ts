import { remark } from '../remarks.ts';
import { isFields, isProblem, type Problem, readText } from './record.ts';
import { parseRate } from './rate.ts';

/** A column of the router's policy, and what a file wants there. */
export type Rule = { column: PolicyColumn; value: string | number };

export type PolicyColumn =
  | 'mode'
  | 'whitelist_limit_rate'
  | 'whitelist_full_rate'
  | 'blacklist_limit_rate'
  | 'blacklist_full_rate';

/** What a small configuration file says. */
export type Configuration = {
  settings: { key: string; value: string }[];
  rules: Rule[];
};

const MODES = ['none', 'whitelist', 'blacklist'];
const FIELDS = new Set(['Wan_Interface', 'Limit_Rate', 'Full_Rate']);

/** Whether a document is a configuration of a list, and not a table of entries. */
export function isListConfiguration(value: unknown): boolean {
  return isFields(value) && Object.keys(value).some((field) => FIELDS.has(field));
}

/** Whether such a document says more than there are settings for. */
export function hasOtherFields(value: unknown): boolean {
  return isFields(value) && Object.keys(value).some((field) => !FIELDS.has(field));
}

/** Reads `whitelist_config.json` and its like: the interface, and the two rates. */
export function readListConfiguration(
  list: 'whitelist' | 'blacklist',
  value: unknown,
): Configuration | Problem {
  if (!isFields(value)) return { field: 'record', value, reason: remark('not_an_object') };
  const configuration: Configuration = { settings: [], rules: [] };
  const wan = readText(value, 'Wan_Interface', 255);
  if (isProblem(wan)) return wan;
  if (wan !== null) configuration.settings.push({ key: `${list}_wan_interface`, value: wan });
  for (const kind of ['limit', 'full'] as const) {
    const field = kind === 'limit' ? 'Limit_Rate' : 'Full_Rate';
    const text = readText(value, field, 255);
    if (isProblem(text)) return text;
    if (text === null) continue;
    const rate = parseRate(text);
    if (rate === undefined) return { field, value: text, reason: remark('not_a_rate') };
    if (kind === 'full' && rate === 0) {
      return { field, value: text, reason: remark('no_full_rate') };
    }
    configuration.settings.push({ key: `${list}_${kind}_rate`, value: text });
    configuration.rules.push({ column: `${list}_${kind}_rate`, value: rate });
  }
  return configuration;
}

/** Reads `mode.json`, or `bandwidth_mode.json`. */
export function readMode(value: unknown): string | Problem {
  const mode = isFields(value) ? value['mode'] : undefined;
  if (typeof mode === 'string' && MODES.includes(mode)) return mode;
  return { field: 'mode', value: mode, reason: remark('not_a_mode', { modes: MODES.join(', ') }) };
}

/** Whether two such files say the same: rates by what they mean, everything else to the letter. */
export function differingFields(one: unknown, other: unknown): string[] {
  if (!isFields(one) || !isFields(other)) return [];
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => meaning(name, one[name]) !== meaning(name, other[name]));
}

function meaning(name: string, value: unknown): string {
  const rate = name.endsWith('_Rate') && typeof value === 'string' ? parseRate(value) : undefined;
  return rate === undefined ? JSON.stringify(value) : `${rate} bit/s`;
}
