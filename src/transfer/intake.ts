import type { Book } from './book.ts';
import { hasUnknownFields, type Reading, readDevice } from './legacy/device.ts';
import { hasUnknownEntryFields, readEntry, readRule } from './legacy/entry.ts';
import { findUnstorable, keptElement, settingKeyOf } from './legacy/kept.ts';
import {
  isProblem,
  type LegacyItem,
  type LegacyRecord,
  type Problem,
  unstorable,
  verbatim,
} from './legacy/record.ts';
import { remark } from './remarks.ts';
import type { Staging } from './staging.ts';

/** What one record becomes: it is staged, or gives the problem with it. */
type Take = (source: number, record: LegacyRecord) => Problem | undefined;

/** What was seen of the folder, for telling its generation. */
export type Seen = {
  tables: { file: string; table: string }[];
  listEntries: boolean;
};

/** Takes in the records of one file, as the readers give them. */
export type Intake = (item: LegacyItem) => void;

const VALUE_SHOWN = 200;

/** Sorts the records of a data folder's file into the staging tables. */
export function createIntake(
  file: string,
  readDate: Reading['readDate'],
  book: Book,
  staging: Staging,
  seen: Seen,
  keepKey: (table: string, bytes: number) => string,
): Intake {
  const reading: Reading = { readDate, note: (said) => book.note(file, said) };

  const keep: Take = (source, record) => {
    const problem = findUnstorable(record);
    if (problem !== undefined) return problem;
    const element = keptElement(file, record);
    staging.kept(source, keepKey(settingKeyOf(record.table), element.length), element);
    return undefined;
  };
  // What no column takes is kept besides, whole; the record itself counts where it went.
  const keepFields = (source: number, record: LegacyRecord): Problem | undefined => {
    reading.note(remark('kept_record', { table: record.table }));
    return keep(source, record);
  };
  const takeDevice: Take = (source, record) => {
    const device = readDevice(record.value, reading);
    if (isProblem(device)) return device;
    if (hasUnknownFields(record.value)) {
      const problem = keepFields(besides(book, file, record.table), record);
      if (problem !== undefined) return problem;
      book.read(besides(book, file, record.table));
    }
    staging.device(source, device);
    return undefined;
  };
  const takeEntry =
    (list: 'whitelist' | 'blacklist'): Take =>
    (source, record) => {
      const entry = readEntry(list, record.value, reading);
      if (isProblem(entry)) return entry;
      if (hasUnknownEntryFields(record.value)) {
        const problem = keepFields(besides(book, file, record.table), record);
        if (problem !== undefined) return problem;
        book.read(besides(book, file, record.table));
      }
      seen.listEntries = true;
      staging.entry(source, list, entry);
      return undefined;
    };
  const takeRule: Take = (source, record) => {
    const block = readRule(record.value, reading);
    if (isProblem(block)) return block;
    if (block === null) return keep(source, record);
    staging.entry(source, 'block', block);
    return undefined;
  };
  const takes = new Map<string, Take>([
    ['devices', takeDevice],
    ['whitelist', takeEntry('whitelist')],
    ['blacklist', takeEntry('blacklist')],
    ['device_rules', takeRule],
  ]);

  let table: string | undefined;
  let source = 0;
  let take: Take = keep;
  return (item) => {
    if (item.table !== table) {
      table = item.table;
      source = book.source(file, shown(table));
      take = takes.get(table) ?? keep;
    }
    if (item.kind === 'table') {
      seen.tables.push({ file, table: item.table });
      return;
    }
    book.read(source);
    if (item.kind === 'record') {
      const problem = take(source, item);
      if (problem !== undefined) rejectRecord(book, staging, source, file, item, problem);
    } else {
      const { key, reason, text } = item;
      const problem = { field: '', value: undefined, reason };
      rejectRecord(book, staging, source, file, { table, key, value: undefined, text }, problem);
    }
  };
}

/** The account of what is kept besides being imported. */
function besides(book: Book, file: string, table: string): number {
  return book.source(file, `${table} (kept whole)`);
}

/** Counts a record as rejected, lists it, and keeps it as it stands. */
export function rejectRecord(
  book: Book,
  staging: Staging,
  source: number,
  file: string,
  record: LegacyRecord,
  { field, value, reason }: Problem,
): void {
  const reject = {
    file: shown(file),
    key: shown(record.key),
    field: shown(field),
    value: value === undefined ? null : shown(JSON.stringify(value)),
    reason: reason.text,
    code: reason.code,
    values: reason.values,
  };
  book.reject(source, reject);
  staging.reject(source, reject, storable(verbatim(record)));
}

/** A text cut to what can be shown and stored. */
function shown(text: string): string {
  const whole = storable(text);
  return whole.length > VALUE_SHOWN ? `${whole.slice(0, VALUE_SHOWN).toWellFormed()}…` : whole;
}

/** The text, escaped as JSON does where PostgreSQL could not store it. */
function storable(text: string): string {
  return unstorable(text) === undefined ? text : JSON.stringify(text);
}
