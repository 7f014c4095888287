import { remark } from '../remarks.ts';
import { type LegacyRecord, type Problem, unstorable, verbatim } from './record.ts';

/**
 * The key of the setting that keeps a table which has no place of its own: `legacy.device_groups`.
 * What a setting's key cannot have becomes `_`; the elements hold the table's name as it was.
 */
export function settingKeyOf(table: string): string {
  return `legacy.${table
    .toLowerCase()
    .replaceAll(/[^a-z0-9_.-]/g, '_')
    .slice(0, 80)}`;
}

/** A record as an element of that setting: from which file and table, under which key, and whole. */
export function keptElement(file: string, record: LegacyRecord): string {
  const names = JSON.stringify({ file, table: record.table, key: record.key });
  return `${names.slice(0, -1)},"record":${jsonOf(record)}}`;
}

/** As the file has it, so that long numbers stay exact; powers of ten could go beyond jsonb's. */
function jsonOf(record: LegacyRecord): string {
  const { text } = record;
  if (text === undefined || /\d[eE]/.test(text)) return JSON.stringify(record.value);
  return text;
}

/** The first thing in a record that jsonb cannot hold. */
export function findUnstorable(record: LegacyRecord): Problem | undefined {
  for (const name of [record.table, record.key]) {
    const reason = unstorable(name);
    if (reason !== undefined) return { field: 'key', value: name, reason };
  }
  const text = verbatim(record);
  // Both troublemakers are written with \u in JSON, and a number too large with an exponent or many digits.
  if (!text.includes(String.raw`\u`) && !/\d[eE]|\d{300}/.test(text)) return undefined;
  return findIn('record', record.value);
}

function findIn(field: string, value: unknown): Problem | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return { field, value: String(value), reason: remark('too_large_number') };
  }
  if (typeof value === 'string') {
    const reason = unstorable(value);
    return reason === undefined ? undefined : { field, value, reason };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const reason = unstorable(name);
    const problem =
      reason === undefined
        ? findIn(field === 'record' ? name : `${field}.${name}`, inner)
        : { field, value: name, reason };
    if (problem !== undefined) return problem;
  }
  return undefined;
}
