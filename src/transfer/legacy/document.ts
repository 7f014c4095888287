import type { Rules } from '../../policy/rules.ts';
import { Problem, remark } from '../problem.ts';
import { readText } from './fields.ts';
import { isFields, requireFields } from './record.ts';
import { parseRate } from './rate.ts';

/** What a small configuration file says: settings, and columns of the router's policy. */
export type Configuration = {
  settings: { key: string; value: string }[];
  rules: { column: keyof Rules; value: string | number }[];
};

const MODES = ['none', 'whitelist', 'blacklist'];
/** The fields that have settings; a file that has others too is kept whole besides. */
export const LIST_FIELDS = new Set(['Wan_Interface', 'Limit_Rate', 'Full_Rate']);

/** Whether a document is the configuration of a list, and not a table of entries. */
export function isListConfiguration(value: unknown): boolean {
  return isFields(value) && Object.keys(value).some((field) => LIST_FIELDS.has(field));
}

/** Reads `whitelist_config.json` and the like: the interface and the two rates. Throws Problem. */
export function readListConfiguration(
  list: 'whitelist' | 'blacklist',
  value: unknown,
): Configuration {
  const fields = requireFields(value);
  const configuration: Configuration = { settings: [], rules: [] };
  const wan = readText(fields, 'Wan_Interface');
  if (wan !== null) configuration.settings.push({ key: `${list}_wan_interface`, value: wan });
  for (const [kind, field] of [
    ['limit', 'Limit_Rate'],
    ['full', 'Full_Rate'],
  ] as const) {
    const text = readText(fields, field);
    if (text === null) continue;
    const rate = parseRate(text);
    if (rate === undefined) throw new Problem(field, text, remark('not_a_rate'));
    if (kind === 'full' && rate === 0) throw new Problem(field, text, remark('no_full_rate'));
    configuration.settings.push({ key: `${list}_${kind}_rate`, value: text });
    configuration.rules.push({ column: `${list}_${kind}_rate`, value: rate });
  }
  return configuration;
}

/** Reads `mode.json`: the policy's mode. Throws Problem. */
export function readPolicyMode(value: unknown): Configuration {
  return { settings: [], rules: [{ column: 'mode', value: readMode(value) }] };
}

/** Reads `bandwidth_mode.json`: a setting. Throws Problem. */
export function readBandwidthMode(value: unknown): Configuration {
  return { settings: [{ key: 'bandwidth_mode', value: readMode(value) }], rules: [] };
}

function readMode(value: unknown): string {
  const mode = isFields(value) ? value['mode'] : undefined;
  if (typeof mode === 'string' && MODES.includes(mode)) return mode;
  throw new Problem('mode', mode, remark('not_a_mode', { modes: MODES.join(', ') }));
}

/** The fields in which two such files differ: rates by what they mean, everything else to the letter. */
export function differingFields(one: unknown, other: unknown): string[] {
  if (!isFields(one) || !isFields(other)) return [];
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => meaning(name, one[name]) !== meaning(name, other[name]));
}

function meaning(name: string, value: unknown): string {
  const rate = name.endsWith('_Rate') && typeof value === 'string' ? parseRate(value) : undefined;
  return rate === undefined ? JSON.stringify(value) : `${rate} bit/s`;
}
