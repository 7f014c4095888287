import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RECORD_LIMIT } from '../limits.ts';
import { readJsonRecords } from './json-records.ts';
import type { LegacyItem } from './record.ts';

async function readAll(bytes: Uint8Array, cuts: readonly number[] = []): Promise<LegacyItem[]> {
  async function* chunks() {
    let start = 0;
    for (const cut of [...cuts, bytes.length].toSorted((one, other) => one - other)) {
      yield bytes.subarray(start, cut);
      start = cut;
    }
  }
  const items: LegacyItem[] = [];
  for await (const batch of readJsonRecords(chunks(), 'devices')) items.push(...batch);
  return items;
}

const read = (text: string) => readAll(Buffer.from(text));

/** What was read, shortly: `table/key=value`, or the reason. */
const brief = (items: LegacyItem[]) =>
  items
    .filter(({ kind }) => kind !== 'table')
    .map((item) =>
      item.kind === 'record'
        ? `${item.table}/${item.key}=${JSON.stringify(item.value)}`
        : item.kind === 'unreadable'
          ? item.reason.text
          : '',
    );

describe('a file of tables', () => {
  test('gives its records one by one, whatever their keys are', async () => {
    expect(brief(await read('{"a": {"7": {"x": 1}, "7": 2, "k\\u0041": [3]}, "b": {}}'))).toEqual([
      'a/7={"x":1}',
      'a/7=2',
      'a/kA=[3]',
    ]);
  });

  test('may have lists for tables, be a list itself, and hold values that are no tables', async () => {
    expect(brief(await read('{"a": [{"x": 1}, 2], "version": 3}'))).toEqual([
      'a/1={"x":1}',
      'a/2=2',
      'version/=3',
    ]);
    expect(brief(await read(' [{"x": 1}, {"x": [2]}] '))).toEqual([
      'devices/1={"x":1}',
      'devices/2={"x":[2]}',
    ]);
  });

  test('may begin with a byte order mark and end its lines with CRLF', async () => {
    expect(brief(await read('\uFEFF{\r\n"a": {\r\n"1": {"x": 1}\r\n}\r\n}\r\n'))).toEqual([
      'a/1={"x":1}',
    ]);
  });

  test('names tables that are empty; a file that is empty has none', async () => {
    expect(await read('{"a": {}}')).toEqual([{ kind: 'table', table: 'a' }]);
    expect(await read(' \n')).toEqual([]);
  });

  test('keeps "__proto__" as a key like any other', async () => {
    const [, item] = await read('{"a": {"__proto__": {"__proto__": {"ip": "x"}}}}');
    expect(item).toMatchObject({ kind: 'record', key: '__proto__' });
  });
});

describe('a file that is not whole', () => {
  test('gives what comes before the cut, and the byte where that is', async () => {
    const cut = '{"a": {"1": {"x": 1}, "2": {"x": ';
    expect(brief(await read(cut))).toEqual([
      'a/1={"x":1}',
      `is cut short at byte ${cut.length}; what came before was read`,
    ]);
  });

  test('cut anywhere, gives no record that is not in the whole', async () => {
    const whole = '{"a": {"1": {"x": "ä"}, "2": {"x": [1, {}]}}, "b": {"3": {"y": "\\"}"}}}';
    const records = brief(await read(whole));
    for (let length = 1; length < Buffer.byteLength(whole); length += 1) {
      const items = brief(await readAll(Buffer.from(whole).subarray(0, length)));
      expect(items.at(-1)).toContain('cut short');
      expect(records.slice(0, items.length - 1)).toEqual(items.slice(0, -1));
    }
  });

  test.each([
    ['hello', 'is not JSON at byte 0'],
    ['{"a": {"1": {}} x}', 'is not JSON at byte 16'],
    ['{"a": {"1": {} "2": {}}}', 'is not JSON at byte 15'],
    ['{"a": {"1": }}', 'is not JSON at byte 12'],
    ['{"a": {"1" {}}}', 'is not JSON at byte 11'],
    ['{"a": {}} {}', 'is not JSON at byte 10'],
    ['{"a": {"1": {"ip": nonsense}}}', 'is not JSON at byte 12'],
  ])('%s is told with the byte where it goes wrong', async (text, expected) => {
    expect(brief(await read(text)).at(-1)).toContain(expected);
  });

  test('tells the byte that is not UTF-8, and reads on after that record', async () => {
    const bytes = Buffer.from('{"a": {"1": {"x": "ab?"}, "2": {"x": "ü"}}}');
    bytes[bytes.indexOf('?')] = 0xff;
    expect(brief(await readAll(bytes))).toEqual([
      `is not UTF-8 at byte ${bytes.indexOf(0xff)}`,
      'a/2={"x":"ü"}',
    ]);
  });
});

describe('a record without measure', () => {
  test('is skipped when it is too long, and reading goes on', async () => {
    const long = JSON.stringify({ x: 'y'.repeat(RECORD_LIMIT * 3) });
    expect(brief(await read(`{"a": {"1": ${long}, "2": {}}}`))).toEqual([
      `has ${long.length} bytes; ${RECORD_LIMIT} at most are read`,
      'a/2={}',
    ]);
  });

  test('is not read when it is nested too deep', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(brief(await read(`{"a": {"1": ${deep}, "2": {}}}`))).toEqual([
      'is nested deeper than 64',
      'a/2={}',
    ]);
  });
});

test('any division of the bytes into pieces gives the same records', async () => {
  const tables = fc.dictionary(
    fc.string(),
    fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue())),
    { noNullPrototype: true },
  );
  await fc.assert(
    fc.asyncProperty(tables, fc.array(fc.nat()), fc.boolean(), async (content, cuts, pretty) => {
      const bytes = Buffer.from(JSON.stringify(content, null, pretty ? 2 : 0));
      const items = await readAll(
        bytes,
        cuts.map((cut) => cut % (bytes.length + 1)),
      );
      expect(items).toEqual(await readAll(bytes));
      const expected = Object.entries(content).flatMap(([table, records]) =>
        Object.entries(records).map(([key, value]) => ({
          table,
          key: Array.isArray(records) ? String(Number(key) + 1) : key,
          value: JSON.parse(JSON.stringify(value)),
        })),
      );
      expect(
        items.flatMap((item) =>
          item.kind === 'record' ? [{ table: item.table, key: item.key, value: item.value }] : [],
        ),
      ).toEqual(expected);
    }),
  );
});
