import {
  addNote,
  type Import,
  rejectRecord,
  type SourceTable,
  tableOf,
  unlessRejected,
} from './context.ts';
import { readableBytes } from './legacy/bytes.ts';
import {
  type Configuration,
  differingFields,
  isListConfiguration,
  LIST_FIELDS,
  readBandwidthMode,
  readListConfiguration,
  readPolicyMode,
} from './legacy/document.ts';
import { hasOtherFields, isFields, type LegacyRecord } from './legacy/record.ts';
import { Problem, type Remark, remark } from './problem.ts';
import { readBytes, type SourceFile } from './source.ts';
import { keepWhole } from './stage-records.ts';
import { errorMessage } from '../error-message.ts';

/** A small file of settings: one record. */
export type Document = { table: SourceTable; record: LegacyRecord };

const TABLE = '(document)';
const DOCUMENT_LIMIT = 1_048_576;

/**
 * Reads a configuration file; rejects it if it is not JSON. Gives no document if the file is empty, and
 * undefined if it holds tables in spite of its name.
 */
export async function readDocument(
  context: Import,
  { name, path, size }: SourceFile,
): Promise<Document[] | undefined> {
  if (size > DOCUMENT_LIMIT) return undefined;
  const pieces: Buffer[] = [];
  for await (const piece of readBytes(path)) pieces.push(piece);
  const text = readableBytes(Buffer.concat(pieces)).replace(/^\uFEFF/, '');
  if (text.trim() === '') {
    addNote(context, name, remark('empty_file'));
    return [];
  }
  let value: unknown;
  let problem: Problem | undefined;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const detail = errorMessage(error);
    problem = new Problem('', undefined, remark('not_json', { detail }));
  }
  if (problem === undefined && holdsTables(name, value)) return undefined;
  const table = tableOf(context, name, TABLE);
  const record = { table: TABLE, key: '', value, text };
  table.count.read += 1;
  if (problem === undefined) return [{ table, record }];
  rejectRecord(context, table, record, problem);
  return [];
}

/** Decides what each document becomes: settings and columns of the policy, something kept whole, or a reject. */
export function settleDocuments(context: Import, documents: readonly Document[]): void {
  const named = (name: string) =>
    documents.find(({ table }) => table.file.toLowerCase() === name.toLowerCase());
  for (const list of ['whitelist', 'blacklist'] as const)
    settleList(context, list, named(`${list}.json`), named(`${list}_config.json`));
  const [mode, bandwidth] = [named('mode.json'), named('bandwidth_mode.json')];
  const subnets = named('Ips_to_scan.json');
  if (mode !== undefined) carry(context, mode, readPolicyMode);
  if (bandwidth !== undefined && carry(context, bandwidth, readBandwidthMode))
    bandwidth.table.note(remark('bandwidth_mode'));
  if (subnets !== undefined) keep(context, subnets, subnets.table);
}

/** The program used `X_config.json`, and `X.json` only without that. */
function settleList(
  context: Import,
  list: 'whitelist' | 'blacklist',
  older: Document | undefined,
  used = older,
): void {
  if (used === undefined) return;
  const isCarried = carry(context, used, (value) => readListConfiguration(list, value));
  if (isCarried && hasOtherFields(used.record.value, LIST_FIELDS)) {
    const table = tableOf(context, used.table.file, `${TABLE} (kept whole)`);
    table.count.read += 1;
    table.note(remark('kept_settings'));
    keep(context, used, table);
  }
  if (older === undefined || older === used) return;
  const differing = differingFields(older.record.value, used.record.value);
  if (isCarried && differing.length === 0) {
    carry(context, older, () => readListConfiguration(list, used.record.value));
  } else {
    older.table.note(describeDifference(older, used, differing));
    keep(context, older, older.table);
  }
}

/** Gives whether the document was accepted. */
function carry(
  context: Import,
  { table, record }: Document,
  read: (value: unknown) => Configuration,
): boolean {
  return unlessRejected(context, table, record, () =>
    context.carried.push({ ...read(record.value), source: table.number }),
  );
}

function keep(context: Import, { record }: Document, table: SourceTable): void {
  const named = { ...record, table: table.file.replace(/\.json$/i, '') };
  unlessRejected(context, table, record, () => keepWhole(context, table, named));
}

/** Tables of entries under the name of a configuration: objects or lists within the object. */
function holdsTables(name: string, value: unknown): boolean {
  if (!/^(white|black)list\.json$/i.test(name) || isListConfiguration(value)) return false;
  if (Array.isArray(value)) return true;
  return (
    isFields(value) &&
    Object.values(value).some((inner) => typeof inner === 'object' && inner !== null)
  );
}

function describeDifference(older: Document, used: Document, fields: readonly string[]): Remark {
  const differences = fields.map((field) => {
    const [one, other] = [older, used].map(({ record }) =>
      isFields(record.value) ? (JSON.stringify(record.value[field]) ?? 'nothing') : 'nothing',
    );
    return `${field}: ${one} ≠ ${other}`;
  });
  return remark('differs', { other: used.table.file, differences: differences.join(', ') });
}
