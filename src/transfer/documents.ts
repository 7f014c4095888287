import {
  addNote,
  DOCUMENT,
  type Import,
  rejectRecord,
  type SourceTable,
  tableOf,
  unlessRejected,
} from './context.ts';
import { type Configuration, differingFields, readListConfiguration } from './legacy/document.ts';
import { modeOfTables, readMode } from './legacy/mode.ts';
import { isFields, type LegacyRecord, parseRecord, requireExactNumbers } from './legacy/record.ts';
import { mayHoldSecret, strip } from './legacy/secrets.ts';
import { Problem, type Remark, remark } from './problem.ts';
import { keepWhole } from './stage-records.ts';

/** A small file of settings: one record. */
export type Document = { table: SourceTable; record: LegacyRecord };

/**
 * Counts a configuration file; rejects it if it was not readable. Gives no document then, nor if it is empty.
 * @param text its content, JSON unless there is a reason why not
 */
export function countDocument(
  context: Import,
  name: string,
  text: string,
  reason: Remark | undefined,
): Document | undefined {
  if (text.trim() === '' && reason === undefined) {
    addNote(context, name, remark('empty_file'));
    return undefined;
  }
  const value = reason === undefined ? parseRecord(text) : undefined;
  const table = tableOf(context, name, DOCUMENT);
  const names: string[] = [];
  const safe = strip(value, names);
  for (const field of names) addNote(context, name, remark('secret_field', { name: field }));
  const isSecret = names.length > 0 || (reason !== undefined && mayHoldSecret(text));
  const record = { table: DOCUMENT, key: '', value: safe, text: isSecret ? undefined : text };
  table.count.read += 1;
  if (reason === undefined) return { table, record };
  rejectRecord(context, table, record, new Problem('', undefined, reason));
  return undefined;
}

/** The documents by their names in lower case; undefined for one that is empty or rejected. */
export type Documents = Map<string, Document | undefined>;

/** Decides what each document becomes: settings and columns of the policy, something kept whole, or a reject. */
export function settleDocuments(context: Import, documents: Documents): void {
  for (const list of ['whitelist', 'blacklist'] as const) settleList(context, list, documents);
  settleMode(context, documents);
  const subnets = documents.get('ips_to_scan.json');
  if (subnets !== undefined) keep(context, subnets, subnets.table);
}

/** The program used `X.json`, whole, and `X_config.json` only without that. */
function settleList(context: Import, list: 'whitelist' | 'blacklist', documents: Documents): void {
  const older = documents.get(`${list}_config.json`);
  const used = documents.has(`${list}.json`) ? documents.get(`${list}.json`) : older;
  const isCarried =
    used !== undefined && carry(context, used, (value) => readListConfiguration(list, value));
  if (older === undefined || older === used) return;
  const differing = differingFields(older.record.value, used?.record.value ?? {});
  if (isCarried && differing.length === 0) {
    carry(context, older, () => readListConfiguration(list, used.record.value));
  } else {
    older.table.note(describeDifference(older, used, `${list}.json`, differing));
    keep(context, older, older.table);
  }
}

/** The first that says a mode: `mode.json`, `bandwidth_mode.json`, the tables settings and system_config. */
function settleMode(context: Import, documents: Documents): void {
  const said: { file: string; mode: string }[] = [];
  for (const name of ['mode.json', 'bandwidth_mode.json']) {
    const document = documents.get(name);
    if (document === undefined) continue;
    const isFirst = said.length === 0;
    carry(context, document, (value) => {
      const mode = readMode(value);
      said.push({ file: document.table.file, mode });
      return {
        settings: name === 'mode.json' ? [] : [{ key: 'bandwidth_mode', value: mode }],
        rules: isFirst ? [{ column: 'mode', value: mode }] : [],
      };
    });
  }
  const isFromTable = said.length === 0;
  for (const table of ['settings', 'system_config'] as const) {
    const found = modeOfTables(context.modes, table);
    if (found === undefined) continue;
    if (said.length === 0 && table === 'system_config' && found.mode !== 'none')
      addNote(context, found.file, remark('rule_mode'));
    said.push(found);
  }
  const [used, ...others] = said;
  if (used === undefined) return;
  const { file, mode } = used;
  if (isFromTable)
    context.carried.push({
      settings: [],
      rules: [{ column: 'mode', value: mode }],
      source: undefined,
    });
  context.modeFile = file;
  addNote(context, file, remark('mode_used', { mode }));
  for (const other of others) {
    if (other.mode !== mode)
      addNote(context, other.file, remark('mode_differs', { mode: other.mode, used: mode, file }));
  }
}

/** Gives whether the document was accepted. */
function carry(
  context: Import,
  { table, record }: Document,
  read: (value: unknown) => Configuration,
): boolean {
  return unlessRejected(context, table, record, () => {
    requireExactNumbers(record.value);
    context.carried.push({ ...read(record.value), source: table.number });
  });
}

function keep(context: Import, { record }: Document, table: SourceTable): void {
  const named = { ...record, table: table.file.replace(/\.json$/i, '') };
  unlessRejected(context, table, record, () => {
    requireExactNumbers(record.value);
    keepWhole(context, table, named);
  });
}

function describeDifference(
  older: Document,
  used: Document | undefined,
  other: string,
  fields: readonly string[],
): Remark {
  const differences = fields.map((field) => {
    const [one, two] = [older, used].map((document) => {
      const value = document?.record.value;
      return isFields(value) ? (JSON.stringify(value[field]) ?? 'nothing') : 'nothing';
    });
    return `${field}: ${one} ≠ ${two}`;
  });
  return remark('differs', { other, differences: differences.join(', ') });
}
