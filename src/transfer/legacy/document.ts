import type { Rules } from '../../policy/rules.ts';
import { Problem, remark } from '../problem.ts';
import { readText } from './fields.ts';
import { requireStorable } from './kept.ts';
import { isFields, requireFields } from './record.ts';
import { parseRate } from './rate.ts';

/** What a small configuration file says: settings, and columns of the router's policy. */
export type Configuration = {
  settings: { key: string; value: unknown }[];
  rules: { column: keyof Rules; value: string | number }[];
};

const RATES: ReadonlyMap<string, 'limit_rate' | 'full_rate'> = new Map([
  ['Limit_Rate', 'limit_rate'],
  ['Full_Rate', 'full_rate'],
] as const);

/** Reads `whitelist_config.json` and the like: the two rates and settings. Throws Problem. */
export function readListConfiguration(
  list: 'whitelist' | 'blacklist',
  value: unknown,
): Configuration {
  const fields = requireFields(value);
  const configuration: Configuration = { settings: [], rules: [] };
  for (const [field, said] of Object.entries(fields)) {
    if (said === null || said === '') continue;
    const key = settingKey(list, field);
    const column = RATES.get(field);
    if (column === undefined) {
      requireStorable({ table: list, key: field, value: said, text: undefined });
      configuration.settings.push({ key, value: said });
      continue;
    }
    const text = typeof said === 'number' ? String(said) : readText(fields, field);
    if (text === null) continue;
    const rate = parseRate(text);
    if (rate === undefined) throw new Problem(field, text, remark('not_a_rate'));
    if (column === 'full_rate' && rate === 0)
      throw new Problem(field, text, remark('no_full_rate'));
    configuration.settings.push({ key, value: text });
    configuration.rules.push({ column: `${list}_${column}`, value: rate });
  }
  return configuration;
}

/** `whitelist_limit_rate` for Limit_Rate; what the key of a setting cannot have becomes `_`. */
function settingKey(list: string, field: string): string {
  return `${list}_${field.toLowerCase().replaceAll(/[^a-z0-9_.-]/g, '_')}`.slice(0, 100);
}

/** The fields in which two such files differ: rates by what they mean, everything else to the letter. */
export function differingFields(one: unknown, other: unknown): string[] {
  if (!isFields(one) || !isFields(other)) return [];
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => meaning(name, one[name]) !== meaning(name, other[name]));
}

function meaning(name: string, value: unknown): string {
  const isRate = name.endsWith('_Rate') && (typeof value === 'string' || typeof value === 'number');
  const rate = isRate ? parseRate(String(value)) : undefined;
  return rate === undefined ? JSON.stringify(value) : `${rate} bit/s`;
}
