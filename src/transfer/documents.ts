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
import { isModeOpen, modeOfTables, readMode } from './legacy/mode.ts';
import {
  type Fields,
  isFields,
  type LegacyRecord,
  parseRecord,
  requireExactNumbers,
} from './legacy/record.ts';
import { type RouterState, readRouterState } from './legacy/router-state.ts';
import { mayHoldSecret, strip } from './legacy/secrets.ts';
import { Problem, type Remark, remark } from './problem.ts';
import { keepWhole, stageItem } from './stage-records.ts';

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
  const state = settleRouterState(context, documents.get(STATE));
  for (const list of ['whitelist', 'blacklist'] as const)
    settleList(context, list, documents, state?.rates[list] ?? {});
  settleMode(context, documents, state?.said ?? []);
  for (const name of ['ips_to_scan.json', 'netpilot_groups_state.json']) {
    const document = documents.get(name);
    if (document !== undefined) keep(context, document, document.table);
  }
}

const STATE = 'netpilot_state.json';

/** What one file says about the mode. */
type Said = { file: string; mode: string };

/** What the router itself kept is newer than the files of the program that controlled it: mode, rates and lists. */
function settleRouterState(
  context: Import,
  document: Document | undefined,
): { rates: RouterState['rates']; said: Said[] } | undefined {
  if (document === undefined) return undefined;
  const said: Said[] = [];
  let state: RouterState | undefined;
  carry(context, document, (value) => {
    state = readRouterState(value);
    const configuration: Configuration = { settings: [], rules: [] };
    for (const list of ['whitelist', 'blacklist'] as const) {
      const { settings, rules } = readListConfiguration(list, state.rates[list]);
      configuration.settings.push(...settings);
      configuration.rules.push(...rules);
    }
    if (state.mode === undefined) return configuration;
    const mode = readMode(state.mode);
    said.push({ file: document.table.file, mode });
    return { ...configuration, rules: [...configuration.rules, { column: 'mode', value: mode }] };
  });
  if (state === undefined) return undefined;
  for (const { list, key, value } of state.entries)
    stageItem(context, document.table.file, {
      kind: 'record',
      table: list,
      key,
      value,
      text: undefined,
    });
  return { rates: state.rates, said };
}

/**
 * The program used `X.json`, whole, and `X_config.json` only without that.
 * @param inForce the rates that the router had, which outweigh both
 */
function settleList(
  context: Import,
  list: 'whitelist' | 'blacklist',
  documents: Documents,
  inForce: Fields,
): void {
  const older = documents.get(`${list}_config.json`);
  const used = documents.has(`${list}.json`) ? documents.get(`${list}.json`) : older;
  const value = withRates(used?.record.value, inForce);
  const own = used?.record.value;
  // One that the file lacks contradicts nothing.
  const outweighed = differingFields(own, value).filter((name) => isFields(own) && name in own);
  if (used !== undefined && outweighed.length > 0) {
    used.table.note(describeDifference(used, value, STATE, outweighed));
    keep(context, used, used.table);
  }
  const isCarried =
    used !== undefined &&
    outweighed.length === 0 &&
    carry(context, used, () => readListConfiguration(list, value));
  if (older === undefined || older === used) return;
  const differing = differingFields(older.record.value, value ?? {});
  if (isCarried && differing.length === 0) {
    carry(context, older, () => readListConfiguration(list, value));
  } else {
    older.table.note(describeDifference(older, used?.record.value, `${list}.json`, differing));
    keep(context, older, older.table);
  }
}

/** A configuration with these rates in place of its own. */
function withRates(value: unknown, rates: Fields): unknown {
  return isFields(value) ? { ...value, ...rates } : value;
}

/** The first that says a mode: the router, `mode.json`, `bandwidth_mode.json`, the tables settings and system_config. */
function settleMode(context: Import, documents: Documents, said: Said[]): void {
  for (const name of ['mode.json', 'bandwidth_mode.json']) {
    const document = documents.get(name);
    if (document === undefined) continue;
    if (isModeOpen(document.record.value)) {
      keep(context, document, document.table);
      continue;
    }
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
  used: unknown,
  other: string,
  fields: readonly string[],
): Remark {
  const differences = fields.map((field) => {
    const [one, two] = [older.record.value, used].map((value) =>
      isFields(value) ? (JSON.stringify(value[field]) ?? 'nothing') : 'nothing',
    );
    return `${field}: ${one} ≠ ${two}`;
  });
  return remark('differs', { other, differences: differences.join(', ') });
}
