import type { Book } from './book.ts';
import { rejectRecord } from './intake.ts';
import {
  type Configuration,
  differingFields,
  hasOtherFields,
  isListConfiguration,
  readListConfiguration,
  readMode,
} from './legacy/document.ts';
import { readableBytes } from './legacy/bytes.ts';
import { findUnstorable, keptElement, settingKeyOf } from './legacy/kept.ts';
import { isFields, isProblem, type LegacyRecord, type Problem } from './legacy/record.ts';
import { type Remark, remark } from './remarks.ts';
import { readBytes, type SourceFile } from './source.ts';
import type { Staging } from './staging.ts';

/** A small file of settings: one record. */
export type Document = { file: string; source: number; record: LegacyRecord };

/** A file that is carried by settings and by the policy, with what they have to say then. */
export type Carried = Configuration & { source: number };

const TABLE = '(document)';
const DOCUMENT_LIMIT = 1_048_576;

/**
 * Reads a configuration file; rejects it where it is no JSON. Undefined where there is no document in
 * it: it is empty, or its name is a configuration's and it holds tables.
 */
export async function readDocument(
  { name, path, size }: SourceFile,
  book: Book,
  staging: Staging,
): Promise<Document | 'tables' | undefined> {
  if (size > DOCUMENT_LIMIT) return 'tables';
  const pieces: Buffer[] = [];
  for await (const piece of readBytes(path)) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  const text = readableBytes(bytes).replace(/^\uFEFF/, '');
  if (text.trim() === '') {
    book.note(name, remark('empty_file'));
    return undefined;
  }
  const parsed = parse(text);
  if (isTables(name, parsed)) return 'tables';
  const source = book.source(name, TABLE);
  book.read(source);
  const record = { table: TABLE, key: '', value: isProblem(parsed) ? text : parsed, text };
  if (isProblem(parsed)) {
    rejectRecord(book, staging, source, name, record, parsed);
    return undefined;
  }
  return { file: name, source, record };
}

/** Says what each document becomes: settings and rules, something kept whole, or a reject. */
export function settleDocuments(
  documents: readonly Document[],
  book: Book,
  staging: Staging,
): Carried[] {
  const byName = new Map(documents.map((document) => [document.file.toLowerCase(), document]));
  const carried: Carried[] = [];
  const reject = ({ file, source, record }: Document, problem: Problem) =>
    rejectRecord(book, staging, source, file, record, problem);
  const carry = (document: Document, read: Configuration | Problem): boolean => {
    if (isProblem(read)) reject(document, read);
    else carried.push({ ...read, source: document.source });
    return !isProblem(read);
  };
  const keep = (document: Document, source = document.source): void => {
    const { file, record } = document;
    const named = { ...record, table: file.replace(/\.json$/i, '') };
    const problem = findUnstorable(named);
    if (problem !== undefined) return reject({ ...document, source }, problem);
    staging.kept(source, settingKeyOf(named.table), keptElement(file, named));
  };

  for (const list of ['whitelist', 'blacklist'] as const) {
    const older = byName.get(`${list}.json`);
    const used = byName.get(`${list}_config.json`) ?? older;
    if (used === undefined) continue;
    const read = readListConfiguration(list, used.record.value);
    if (carry(used, read) && hasOtherFields(used.record.value)) {
      const source = book.source(used.file, `${TABLE} (kept whole)`);
      book.read(source);
      book.note(used.file, remark('kept_settings'));
      keep(used, source);
    }
    if (older === undefined || older === used) continue;
    const differing = differingFields(older.record.value, used.record.value);
    if (differing.length === 0 && !isProblem(read)) {
      carry(older, read);
    } else {
      book.note(older.file, describeDifference(older, used, differing));
      keep(older);
    }
  }
  const mode = byName.get('mode.json');
  if (mode !== undefined) {
    const value = readMode(mode.record.value);
    carry(mode, isProblem(value) ? value : { settings: [], rules: [{ column: 'mode', value }] });
  }
  const bandwidth = byName.get('bandwidth_mode.json');
  if (bandwidth !== undefined) {
    const value = readMode(bandwidth.record.value);
    const settings = isProblem(value) ? [] : [{ key: 'bandwidth_mode', value }];
    if (carry(bandwidth, isProblem(value) ? value : { settings, rules: [] })) {
      book.note(bandwidth.file, remark('bandwidth_mode'));
    }
  }
  const subnets = byName.get('ips_to_scan.json');
  if (subnets !== undefined) keep(subnets);
  return carried;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return {
      field: '',
      value: undefined,
      reason: remark('not_json', { detail }),
    } satisfies Problem;
  }
}

/** Under the name of a configuration, tables of entries: objects or lists within the object. */
function isTables(name: string, value: unknown): boolean {
  if (!/^(white|black)list\.json$/i.test(name) || isListConfiguration(value)) return false;
  if (Array.isArray(value)) return true;
  return (
    isFields(value) &&
    !isProblem(value) &&
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
  return remark('differs', { other: used.file, differences: differences.join(', ') });
}
