import { isUtf8 } from 'node:buffer';
import { type Remark, remark } from '../remarks.ts';
import { readableBytes, validLength } from './bytes.ts';
import {
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  endOfNested,
  endOfText,
  endOfValue,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  type ScanState,
  skipSpace,
  startOfScan,
} from './json-scan.ts';
import { isDeeperThan, type LegacyItem } from './record.ts';

/** The largest record that is read; what is longer is no record of the old program. */
export const RECORD_LIMIT = 1_048_576;
/** The most bytes of a record, and its deepest nesting: PostgreSQL's own limit of that is a matter of its stack. */
export type Limits = { bytes: number; depth: number };
const LIMITS: Limits = { bytes: RECORD_LIMIT, depth: 64 };
/** What is kept of a record that is too large. */
const HEAD = 1_000;
/** Enough to make each turn of the loop worth it, whatever the pieces are that come in. */
const WINDOW = 131_072;
const BOM = [0xef, 0xbb, 0xbf];

/** What is there of the file at one time: its bytes not yet consumed, from `position` on. */
type Window = { bytes: Buffer; position: number; offset: number; ended: boolean };

/** Where in the document the reader stands. */
type Place = {
  in: 'start' | 'document' | 'table' | 'end';
  /** The table's name, and whether it is a list instead of an object. */
  table: string;
  list: boolean;
  /** Whether something came before in the same object or list, so that a comma must follow. */
  follows: boolean;
  index: number;
  /** A record over the limit, being skipped. */
  skipping: { key: string; start: number; scan: ScanState; head: string } | undefined;
  /** The whole document is one list, of the table named after the file. */
  bare: boolean;
  limits: Limits;
};

class SyntaxAt extends Error {
  readonly offset: number;
  readonly reason: Remark;
  constructor(offset: number, expected: string) {
    const reason = remark('not_expected', { offset, expected });
    super(reason.text);
    this.offset = offset;
    this.reason = reason;
  }
}

/**
 * Reads a file of tables, `{"devices": {"1": {…}, …}, …}`, record by record in bounded memory; a table
 * may be a list too, and the whole file may be one, of the table `defaultTable`. Gives the items of each
 * piece together. Where the file is cut short or is no JSON, the records before that are given, then
 * one `unreadable` with the byte where it happened.
 */
export async function* readJsonRecords(
  chunks: AsyncIterable<Uint8Array>,
  defaultTable: string,
  limits = LIMITS,
): AsyncGenerator<LegacyItem[]> {
  const window: Window = { bytes: Buffer.alloc(0), position: 0, offset: 0, ended: false };
  const place: Place = {
    in: 'start',
    table: '',
    list: false,
    follows: false,
    index: 0,
    skipping: undefined,
    bare: false,
    limits,
  };
  const source = chunks[Symbol.asyncIterator]();
  let wanted = WINDOW;
  try {
    while (!window.ended) {
      await fill(window, source, wanted);
      const { items, failed } = consume(window, place, defaultTable);
      if (items.length > 0) yield items;
      if (failed) return;
      // An unfinished record asks for twice as much: its beginning is not scanned again and again.
      wanted = Math.max(WINDOW, 2 * (window.bytes.length - window.position));
    }
  } finally {
    await source.return?.();
  }
  const cut = describeCut(window, place);
  if (cut !== undefined) yield [cut];
}

async function fill(
  window: Window,
  source: AsyncIterator<Uint8Array>,
  wanted: number,
): Promise<void> {
  const pieces: Uint8Array[] = [window.bytes.subarray(window.position)];
  let length = window.bytes.length - window.position;
  while (length < wanted && !window.ended) {
    const next = await source.next();
    if (next.done === true) {
      window.ended = true;
    } else {
      pieces.push(next.value);
      length += next.value.length;
    }
  }
  window.offset += window.position;
  window.position = 0;
  window.bytes = Buffer.concat(pieces);
}

/** Takes in every item that is there whole. What is left begins with one that is not. */
function consume(
  window: Window,
  place: Place,
  defaultTable: string,
): { items: LegacyItem[]; failed: boolean } {
  const items: LegacyItem[] = [];
  try {
    while (step(window, place, defaultTable, items));
    return { items, failed: false };
  } catch (error) {
    if (!(error instanceof SyntaxAt)) throw error;
    const { table } = place;
    const text = readableBytes(window.bytes.subarray(error.offset - window.offset).subarray(0, 80));
    const foreign = place.in === 'start';
    items.push({ kind: 'unreadable', table, key: '', reason: error.reason, text, foreign });
    return { items, failed: true };
  }
}

/** One step; false when more bytes are needed for the next. */
function step(window: Window, place: Place, defaultTable: string, items: LegacyItem[]): boolean {
  if (place.skipping !== undefined) return skipOn(window, place, place.skipping, items);
  if (place.in === 'start') return begin(window, place, defaultTable, items);
  const { bytes } = window;
  const at = skipSpace(bytes, window.position);
  if (at === bytes.length) return false;
  if (place.in === 'end') throw new SyntaxAt(window.offset + at, 'the end');
  const closing = place.list ? CLOSE_LIST : CLOSE_OBJECT;
  if (bytes[at] === closing) return close(window, place, at);
  return member(window, place, at, items);
}

function begin(window: Window, place: Place, defaultTable: string, items: LegacyItem[]): boolean {
  const { bytes } = window;
  const start = BOM.every((byte, index) => bytes[index] === byte) ? BOM.length : 0;
  const at = skipSpace(bytes, start);
  if (at === bytes.length) return false;
  if (bytes[at] === OPEN_LIST) {
    enter(place, defaultTable, true, items);
    place.bare = true;
  } else if (bytes[at] === OPEN_OBJECT) {
    place.in = 'document';
  } else {
    throw new SyntaxAt(window.offset + at, '{ or [');
  }
  window.position = at + 1;
  return true;
}

function enter(place: Place, table: string, list: boolean, items: LegacyItem[]): void {
  items.push({ kind: 'table', table });
  Object.assign(place, { in: 'table', table, list, follows: false, index: 0 });
}

function close(window: Window, place: Place, at: number): boolean {
  const inTable = place.in === 'table' && !place.bare;
  Object.assign(place, { in: inTable ? 'document' : 'end', list: false, follows: true, table: '' });
  window.position = at + 1;
  return true;
}

/** A key and what it stands for, or an element of a list. */
function member(window: Window, place: Place, start: number, items: LegacyItem[]): boolean {
  const { bytes, offset } = window;
  let at = start;
  if (place.follows) {
    if (bytes[at] !== COMMA) throw new SyntaxAt(offset + at, place.list ? ', or ]' : ', or }');
    at = skipSpace(bytes, at + 1);
    if (at === bytes.length) return false;
  }
  let key = String(place.index + 1);
  if (!place.list) {
    const keyEnd = readKey(window, at);
    if (keyEnd < 0) return false;
    const colon = skipSpace(bytes, keyEnd);
    if (colon === bytes.length) return false;
    if (bytes[colon] !== COLON) throw new SyntaxAt(offset + colon, ':');
    key = decodeKey(window, at, keyEnd);
    at = skipSpace(bytes, colon + 1);
    if (at === bytes.length) return false;
  }
  return value(window, place, key, at, items);
}

function value(
  window: Window,
  place: Place,
  key: string,
  at: number,
  items: LegacyItem[],
): boolean {
  const { bytes, offset } = window;
  const first = bytes[at];
  if (first === COMMA || first === CLOSE_OBJECT || first === CLOSE_LIST || first === COLON) {
    throw new SyntaxAt(offset + at, 'a value');
  }
  if (place.in === 'document' && (first === OPEN_OBJECT || first === OPEN_LIST)) {
    enter(place, key, first === OPEN_LIST, items);
    window.position = at + 1;
    return true;
  }
  const end = endOfValue(bytes, at);
  if (end < 0) return tooLong(window, place, key, at);
  items.push(readValue(window, place, key, at, end));
  window.position = end;
  place.follows = true;
  place.index += 1;
  return true;
}

/** An unfinished record: waited for while it may still be within the limit, then skipped. */
function tooLong(window: Window, place: Place, key: string, at: number): boolean {
  const first = window.bytes[at];
  if (window.bytes.length - at <= place.limits.bytes || window.ended) return false;
  if (first !== OPEN_OBJECT && first !== OPEN_LIST) {
    throw new SyntaxAt(window.offset + at, `a value of at most ${place.limits.bytes} bytes`);
  }
  const head = readableBytes(window.bytes.subarray(at, at + HEAD));
  place.skipping = { key, start: window.offset + at, scan: startOfScan(), head };
  window.position = at;
  return true;
}

function skipOn(
  window: Window,
  place: Place,
  skipping: NonNullable<Place['skipping']>,
  items: LegacyItem[],
): boolean {
  const end = endOfNested(window.bytes, window.position, skipping.scan);
  window.position = end < 0 ? window.bytes.length : end;
  if (end < 0) return false;
  const length = window.offset + end - skipping.start;
  const reason = remark('too_many_bytes', { length, limit: place.limits.bytes });
  const { key, head: text } = skipping;
  items.push({ kind: 'unreadable', table: place.table, key, reason, text });
  place.skipping = undefined;
  place.follows = true;
  place.index += 1;
  return true;
}

function readValue(
  window: Window,
  place: Place,
  memberKey: string,
  start: number,
  end: number,
): LegacyItem {
  const inDocument = place.in === 'document';
  const table = inDocument ? memberKey : place.table;
  const key = inDocument ? '' : memberKey;
  const bytes = window.bytes.subarray(start, end);
  const { limits } = place;
  const unreadable = (reason: Remark, text = readableBytes(bytes)): LegacyItem => {
    return { kind: 'unreadable', table, key, reason, text };
  };
  if (bytes.length > limits.bytes) {
    const head = readableBytes(bytes.subarray(0, HEAD));
    return unreadable(
      remark('too_many_bytes', { length: bytes.length, limit: limits.bytes }),
      head,
    );
  }
  if (!isUtf8(bytes)) {
    return unreadable(remark('not_utf8', { offset: window.offset + start + validLength(bytes) }));
  }
  const text = bytes.toString('utf8');
  try {
    const parsed: unknown = JSON.parse(text);
    if (isDeeperThan(parsed, limits.depth))
      return unreadable(remark('too_deep', { limit: limits.depth }));
    return { kind: 'record', table, key, value: parsed, text };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return unreadable(remark('not_json_at', { offset: window.offset + start, detail }));
  }
}

function readKey(window: Window, at: number): number {
  if (window.bytes[at] !== QUOTE) throw new SyntaxAt(window.offset + at, '" or }');
  const end = endOfText(window.bytes, at);
  if (end < 0 && window.bytes.length - at > RECORD_LIMIT) {
    throw new SyntaxAt(window.offset + at, `a key of at most ${RECORD_LIMIT} bytes`);
  }
  return end;
}

function decodeKey(window: Window, start: number, end: number): string {
  const bytes = window.bytes.subarray(start + 1, end - 1);
  if (!isUtf8(bytes)) {
    throw new SyntaxAt(window.offset + start + 1 + validLength(bytes), 'a key in UTF-8');
  }
  const text = bytes.toString('utf8');
  if (!text.includes('\\')) return text;
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    throw new SyntaxAt(window.offset + start, 'a key');
  }
}

/** What is wrong with the end of the file; undefined for a whole document, or none. */
function describeCut(window: Window, place: Place): LegacyItem | undefined {
  if (place.in === 'end' || place.in === 'start') return undefined;
  const offset = window.offset + window.bytes.length;
  const text = place.skipping?.head ?? readableBytes(window.bytes.subarray(window.position));
  const reason = remark('cut_short', { offset });
  return { kind: 'unreadable', table: place.table, key: place.skipping?.key ?? '', reason, text };
}
