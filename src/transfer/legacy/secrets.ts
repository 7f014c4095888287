import { isFields, type LegacyItem } from './record.ts';

/** Names of fields, columns, keys and settings whose value is a secret: it is never kept. */
const SECRET = /passw|passphrase|secret|token|api_?key|private_?key|(^|_)(pwd|psk)$/i;
/** Where a row that is a key and its value has the two. */
const KEYS = ['name', 'key', 'setting_key', 'rule_name', 'option'];
const VALUES = new Set(['value', 'default', 'setting_value', 'rule_value', 'default_value']);

/** Whether a text, which may be no JSON, could hold a secret: it has the name of one. */
export function mayHoldSecret(text: string): boolean {
  return /passw|passphrase|secret|token|api_?key|private_?key|pwd|psk/i.test(text);
}

/** The item without its secrets, and the names of those; the item itself if it has none. */
export function withoutSecrets(item: LegacyItem): { item: LegacyItem; names: string[] } {
  if (item.kind === 'table') return { item, names: [] };
  const place = [item.table, item.key].find((name) => SECRET.test(name));
  if (item.kind === 'unreadable') {
    const isSecret = place !== undefined || mayHoldSecret(item.text);
    return isSecret ? { item: { ...item, text: '' }, names: ['?'] } : { item, names: [] };
  }
  if (place !== undefined && !isFields(item.value))
    return { item: { ...item, value: null, text: undefined }, names: [place] };
  const names: string[] = [];
  const value = strip(item.value, names);
  return names.length === 0
    ? { item, names }
    : { item: { ...item, value, text: undefined }, names };
}

/** A value without the secrets in it, at any depth; adds their names. */
export function strip(value: unknown, names: string[]): unknown {
  if (Array.isArray(value)) {
    const values: unknown[] = value;
    return values.map((inner) => strip(inner, names));
  }
  if (!isFields(value)) return value;
  const row = value;
  const named = KEYS.map((key) => row[key]).find(
    (name): name is string => typeof name === 'string' && SECRET.test(name),
  );
  const kept: [string, unknown][] = [];
  for (const [name, inner] of Object.entries(row)) {
    if (SECRET.test(name)) names.push(name);
    else if (named !== undefined && VALUES.has(name)) names.push(named);
    else kept.push([name, strip(inner, names)]);
  }
  return Object.fromEntries(kept);
}
