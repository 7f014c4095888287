import { Problem } from '../problem.ts';
import { type LegacyRecord, unstorable, verbatim } from './record.ts';

/** A setting holds this many bytes before the next one begins: PostgreSQL's limit for a jsonb is 256 MB. */
const SETTING_BYTES = 8_388_608;

/**
 * The key of the setting that keeps a table without a place of its own: `legacy.rules`, and when that is
 * full, `legacy.rules.2`. What the key of a setting cannot have becomes `_`; the elements hold the name of
 * the table unchanged.
 * @param bytes of the element that is added
 * @param kept how many bytes each key has already, updated here
 */
export function settingKeyOf(table: string, bytes: number, kept: Map<string, number>): string {
  const name = table.toLowerCase().replaceAll(/[^a-z0-9_.-]/g, '_');
  const key = `legacy.${name.slice(0, 80)}`;
  const before = kept.get(key) ?? 0;
  kept.set(key, before + bytes);
  const part = Math.floor(before / SETTING_BYTES) + 1;
  return part === 1 ? key : `${key}.${part}`;
}

/** A record as an element of that setting: from which file and table, under which key, and whole. */
export function keptElement(file: string, record: LegacyRecord): string {
  const names = JSON.stringify({ file, table: record.table, key: record.key });
  return `${names.slice(0, -1)},"record":${jsonOf(record)}}`;
}

/** As the file has it, so that long numbers stay exact; powers of ten could be too large for jsonb. */
function jsonOf({ text, value }: LegacyRecord): string {
  return text === undefined || /\d[eE]/.test(text) ? JSON.stringify(value) : text;
}

/** Throws Problem for the first thing in a record that jsonb cannot hold. */
export function requireStorable(record: LegacyRecord): void {
  for (const name of [record.table, record.key]) requireText('key', name);
  const text = verbatim(record);
  // JSON writes such characters with \u. Numbers have been looked at already (record.ts).
  if (!text.includes(String.raw`\u`)) return;
  requireValue('', record.value);
}

function requireValue(path: string, value: unknown): void {
  const field = path === '' ? 'record' : path;
  if (typeof value === 'string') requireText(field, value);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    requireText(field, name);
    requireValue(path === '' ? name : `${path}.${name}`, inner);
  }
}

function requireText(field: string, text: string): void {
  const reason = unstorable(text);
  if (reason !== undefined) throw new Problem(field, text, reason);
}
