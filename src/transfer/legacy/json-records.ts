import { isUtf8 } from 'node:buffer';
import { type Remark, remark } from '../problem.ts';
import { invalidByte, isUtf16, readableBytes } from './bytes.ts';
import {
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  endOfValue,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  skipSpace,
} from './json-scan.ts';
import type { LegacyItem } from './record.ts';
import { mayHoldSecret } from './secrets.ts';
import { DEEPEST, LONGEST_KEY, RECORD_LIMIT } from '../limits.ts';
import { errorMessage } from '../../error-message.ts';

/** The most bytes of a record, its deepest nesting, and up to how many bytes it is parsed. */
export type Limits = { bytes: number; depth: number; parsed: number };
const LIMITS: Limits = { bytes: RECORD_LIMIT, depth: DEEPEST, parsed: RECORD_LIMIT };
/** A record so many times too long has no end: nothing after it is looked for. */
const ENDLESS = 32;
/** What is kept of a record that is too large. */
const HEAD = 1_000;
/** Enough to make each turn of the loop worth it, whatever the size of the pieces. */
const WINDOW = 131_072;
/** What is shown of a place that is not JSON, and how far before it the name of a secret can be. */
const SHOWN = 80;
const NEARBY = 200;
const BOM = Buffer.from('\uFEFF');

/** The file as far as it is read, and what was found in it. */
type Input = {
  /** The bytes that are here; the next one to read is at `at`, and at `offset + at` in the file. */
  bytes: Buffer;
  at: number;
  offset: number;
  /** Whether the file ends with these bytes. */
  ended: boolean;
  limits: Limits;
  items: LegacyItem[];
  /** The table and key that are being read. */
  table: string;
  key: string;
};

/** Reads on, and stops at each `yield` until more bytes are there. */
type Steps<Result = void> = Generator<undefined, Result>;

/** From here on nothing can be read. */
class Unreadable extends Error {
  readonly reason: Remark;
  readonly text: string;

  constructor(reason: Remark, bytes: Uint8Array) {
    super(reason.text);
    this.reason = reason;
    this.text = readableBytes(bytes);
  }
}

/**
 * Reads a file of tables, `{"devices": {"1": {…}, …}, …}`, record by record in bounded memory; a table
 * may be a list too, and the whole file may be one, of the table `defaultTable`. Gives the items of each
 * piece together. If the file is cut short or is not JSON, the records before that are given, then
 * one `unreadable` with the byte where it happened.
 */
export async function* readJsonRecords(
  chunks: AsyncIterable<Uint8Array>,
  defaultTable: string,
  limits = LIMITS,
): AsyncGenerator<LegacyItem[]> {
  const place = { bytes: Buffer.alloc(0), at: 0, offset: 0, ended: false, table: '', key: '' };
  const input: Input = { ...place, limits, items: [] };
  const source = chunks[Symbol.asyncIterator]();
  const steps = readFile(input, defaultTable);
  try {
    while (steps.next().done !== true) {
      if (input.items.length > 0) yield input.items.splice(0);
      await fill(input, source);
    }
  } finally {
    await source.return?.();
  }
  if (input.items.length > 0) yield input.items;
}

/** Drops what was read, and appends at least as much as is left, so that no record is copied often. */
async function fill(input: Input, source: AsyncIterator<Uint8Array>): Promise<void> {
  const rest = input.bytes.subarray(input.at);
  const pieces: Uint8Array[] = [rest];
  for (let length = 0; length < Math.max(WINDOW, rest.length) && !input.ended;) {
    const next = await source.next();
    if (next.done === true) input.ended = true;
    else {
      pieces.push(next.value);
      length += next.value.length;
    }
  }
  input.offset += input.at;
  input.at = 0;
  input.bytes = Buffer.concat(pieces);
}

function* readFile(input: Input, defaultTable: string): Steps {
  let foreign = true;
  try {
    yield;
    if (isUtf16(input.bytes)) throw new Unreadable(remark('utf16'), Buffer.alloc(0));
    if (input.bytes.subarray(0, BOM.length).equals(BOM)) input.at = BOM.length;
    const root = yield* nextByte(input, true);
    if (root === undefined) return;
    if (root !== OPEN_OBJECT && root !== OPEN_LIST) throw expected(input, '{ or [');
    foreign = false;
    if (root === OPEN_LIST) yield* readTable(input, defaultTable);
    else yield* readMembers(input, (name) => readTopLevel(input, name));
    input.table = '';
    if ((yield* nextByte(input, true)) !== undefined) throw expected(input, 'the end');
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { table, key } = input;
    const { reason, text } = error;
    input.items.push({ kind: 'unreadable', table, key, reason, text, foreign });
  }
}

/** A member of the file's object: a table, or a value that is none. */
function* readTopLevel(input: Input, name: string): Steps {
  const first = input.bytes[input.at];
  if (first === OPEN_OBJECT || first === OPEN_LIST) yield* readTable(input, name);
  else yield* readRecord(input, name, '');
  input.table = '';
}

function* readTable(input: Input, table: string): Steps {
  input.table = table;
  input.items.push({ kind: 'table', table });
  yield* readMembers(input, (key) => readRecord(input, table, key));
}

/** The members of the object or list that begins here: `readMember` reads the value of each. */
function* readMembers(input: Input, readMember: (key: string) => Steps): Steps {
  const isList = input.bytes[input.at] === OPEN_LIST;
  const closing = isList ? CLOSE_LIST : CLOSE_OBJECT;
  input.at += 1;
  for (let index = 1; (yield* nextByte(input)) !== closing; index += 1) {
    if (index > 1) {
      if (input.bytes[input.at] !== COMMA) throw expected(input, isList ? ', or ]' : ', or }');
      input.at += 1;
      yield* nextByte(input);
    }
    const key = isList ? String(index) : yield* readKey(input);
    const first = yield* nextByte(input);
    if (first === COMMA || first === COLON || first === CLOSE_OBJECT || first === CLOSE_LIST)
      throw expected(input, 'a value');
    yield* readMember(key);
  }
  input.at += 1;
}

function* readKey(input: Input): Steps<string> {
  if (input.bytes[input.at] !== QUOTE) throw expected(input, '" or }');
  const { bytes, start } = yield* readBytes(input, LONGEST_KEY);
  if (bytes === undefined) throw expected(input, `a key of at most ${LONGEST_KEY} bytes`);
  if (!isUtf8(bytes)) throw expected(input, 'a key in UTF-8', start + invalidByte(bytes));
  const key = parseKey(bytes);
  if (key === undefined) throw expected(input, 'a key', start);
  if ((yield* nextByte(input)) !== COLON) throw expected(input, ':');
  input.at += 1;
  return key;
}

function parseKey(bytes: Buffer): string | undefined {
  try {
    return String(JSON.parse(bytes.toString('utf8')));
  } catch {
    return undefined;
  }
}

function* readRecord(input: Input, table: string, key: string): Steps {
  const { limits } = input;
  Object.assign(input, { table, key });
  const { bytes, head, start, length, deepest } = yield* readBytes(input, limits.bytes);
  input.key = '';
  if (bytes === undefined) {
    const reason = remark('too_many_bytes', { length, limit: limits.bytes });
    input.items.push({ kind: 'unreadable', table, key, reason, text: readableBytes(head) });
    return;
  }
  const record = parseRecord(bytes, start, deepest, limits);
  input.items.push({ table, key, ...record });
}

function parseRecord(bytes: Buffer, start: number, deepest: number, { depth, parsed }: Limits) {
  const unreadable = (reason: Remark) => {
    return { kind: 'unreadable', reason, text: readableBytes(bytes) } as const;
  };
  if (!isUtf8(bytes)) return unreadable(remark('not_utf8', { offset: start + invalidByte(bytes) }));
  if (deepest > depth) return unreadable(remark('too_deep', { limit: depth }));
  const text = bytes.toString('utf8');
  if (bytes.length > parsed) return { kind: 'record', value: undefined, text } as const;
  try {
    const value: unknown = JSON.parse(text);
    return { kind: 'record', value, text } as const;
  } catch (error) {
    // What JSON.parse says quotes the text.
    const detail = mayHoldSecret(text)
      ? 'it holds a secret, and is not shown'
      : errorMessage(error);
    return unreadable(remark('not_json_at', { offset: start, detail }));
  }
}

/** The bytes of the value that begins here; of one over the limit only its head and its length. */
function* readBytes(
  input: Input,
  limit: number,
): Steps<{
  bytes: Buffer | undefined;
  head: Buffer;
  start: number;
  length: number;
  deepest: number;
}> {
  const start = input.offset + input.at;
  const state = { depth: 0, deepest: 0, inText: false, escaped: false };
  let head: Buffer | undefined;
  let scanned = input.at;
  for (;;) {
    const end = endOfValue(input.bytes, scanned, state);
    const here = input.bytes.subarray(input.at, end < 0 ? undefined : end);
    if (head === undefined && here.length > limit) head = Buffer.from(here.subarray(0, HEAD));
    if (end >= 0) {
      input.at = end;
      const length = input.offset + end - start;
      const bytes = head === undefined ? here : undefined;
      return { bytes, head: head ?? here, start, length, deepest: state.deepest };
    }
    if (input.ended) throw cutShort(input, head ?? here);
    const length = input.offset + input.bytes.length - start;
    if (length > ENDLESS * limit)
      throw new Unreadable(remark('endless', { length, limit }), head ?? here);
    if (head !== undefined) input.at = input.bytes.length;
    scanned = input.bytes.length - input.at;
    yield;
  }
}

/** The next byte that is not white space, left unread; undefined at an end of the file that is allowed. */
function* nextByte(input: Input, mayEnd = false): Steps<number | undefined> {
  for (;;) {
    input.at = skipSpace(input.bytes, input.at);
    if (input.at < input.bytes.length) return input.bytes[input.at];
    if (input.ended && mayEnd) return undefined;
    if (input.ended) throw cutShort(input, Buffer.alloc(0));
    yield;
  }
}

function cutShort({ offset, bytes }: Input, rest: Uint8Array): Unreadable {
  return new Unreadable(remark('cut_short', { offset: offset + bytes.length }), rest);
}

function expected(input: Input, what: string, offset = input.offset + input.at): Unreadable {
  const at = Math.max(0, offset - input.offset);
  const around = input.bytes.subarray(Math.max(0, at - NEARBY), at + SHOWN).toString('latin1');
  const text = mayHoldSecret(around) ? Buffer.alloc(0) : input.bytes.subarray(at, at + SHOWN);
  return new Unreadable(remark('not_expected', { offset, expected: what }), text);
}
