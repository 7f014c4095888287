import { describe, expect, test } from 'vitest';
import { parseMac } from '../../parse-mac.ts';
import { parseAddress } from '../../parse-address.ts';
import { parseRate } from './rate.ts';
import { createDateReader } from './timestamp.ts';

const iso = (date: string | undefined) => date?.replace(/Z$/, '');

describe('a date', () => {
  const utc = createDateReader('UTC');
  test.each([
    ['2025-06-06T12:16:45.013710', '2025-06-06T12:16:45.013710'],
    ['2025-05-29 19:46:21.106918', '2025-05-29T19:46:21.106918'],
    ['2025-05-29 19:46:21', '2025-05-29T19:46:21.000000'],
    ['2025-05-29T19:46:21.5Z', '2025-05-29T19:46:21.500000'],
    ['2025-05-29T19:46:21.123456+02:00', '2025-05-29T17:46:21.123456'],
    ['2025-05-29T19:46:21-0530', '2025-05-30T01:16:21.000000'],
    ['2024-02-29T00:00:00.123456789Z', '2024-02-29T00:00:00.123456'],
  ])('%s is read to the microsecond', (text, expected) => {
    expect(iso(utc(text))).toBe(expected);
  });

  test.each([
    '',
    'yesterday',
    '2025-06-06',
    '2025-02-29T00:00:00',
    '2025-13-01T00:00:00',
    '2025-06-06T24:00:00',
    '2025-06-06T12:60:00',
    '2025-06-06T12:16:45.',
    '2025-06-06T12:16:45+99:00',
    '2025-06-06T12:16:45 Europe/Berlin',
    '1969-12-31T23:59:59',
    '9999-01-01T00:00:00',
    ' 2025-06-06T12:16:45',
  ])('%j is none', (text) => {
    expect(utc(text)).toBeUndefined();
  });

  test.each([
    ['winter', '2025-01-15T12:00:00', '2025-01-15T11:00:00.000000'],
    ['summer', '2025-07-15T12:00:00.000001', '2025-07-15T10:00:00.000001'],
    ['the last before clocks go forward', '2025-03-30T01:59:59', '2025-03-30T00:59:59.000000'],
    ['one that never was', '2025-03-30T02:30:00', '2025-03-30T01:30:00.000000'],
    ['the first afterwards', '2025-03-30T03:00:00', '2025-03-30T01:00:00.000000'],
    ['one that was twice: the first', '2025-10-26T02:30:00', '2025-10-26T00:30:00.000000'],
    ['after clocks went back', '2025-10-26T03:00:00', '2025-10-26T02:00:00.000000'],
  ])('in Berlin: %s', (_, text, expected) => {
    expect(iso(createDateReader('Europe/Berlin')(text))).toBe(expected);
  });

  test('with a zone of its own takes no notice of the folder’s', () => {
    expect(iso(createDateReader('Asia/Kathmandu')('2025-01-01T00:00:00Z'))).toBe(
      '2025-01-01T00:00:00.000000',
    );
    expect(iso(createDateReader('Asia/Kathmandu')('2025-01-01T05:45:00'))).toBe(
      '2025-01-01T00:00:00.000000',
    );
  });
});

describe('a rate', () => {
  test.each([
    ['50.0mbit', 50_000_000],
    ['1000mbit', 1_000_000_000],
    ['1.5Kbit', 1_500],
    ['800', 800_000_000],
    ['0bit', 0],
    ['1kbps', 8_000],
    ['1bps', 8],
    ['2kibit', 2_048],
    ['1mibps', 8_388_608],
    ['1tbit', 1_000_000_000_000],
    ['0.1bit', 0],
  ])('%s is %d bit/s', (text, bits) => {
    expect(parseRate(text)).toBe(bits);
  });

  test.each(['', 'fast', '10 mbit', '-1mbit', '1e3', '10mb', '.5mbit', 'constructor', '99999tbit'])(
    '%j is none',
    (text) => {
      expect(parseRate(text)).toBeUndefined();
    },
  );
});

describe('an address', () => {
  test('is taken in its one spelling', () => {
    expect(parseAddress('fe80::1')).toBe('fe80::1');
    expect(parseAddress('FE80::1%eth0')).toBe('fe80::1');
    expect(parseAddress('::ffff:1.2.3.4')).toBe('1.2.3.4');
  });

  test.each(['', '1.2.3', '1.2.3.4.5', '1.2.3.256', '01.2.3.4', '1.2.3.4/24', '1.2.3.', 'a.b.c.d'])(
    '%j is none',
    (text) => {
      expect(parseAddress(text)).toBeUndefined();
    },
  );

  test.each([
    '9a:8D:bc:0a:02:41',
    '9A-8D-BC-0A-02-41',
    '9a:8d:bc:a:2:41',
    '9A8D.BC0A.0241',
    '9a8dbc0a0241',
    ' 9a:8d:bc:0a:02:41 ',
  ])('of hardware is read as people write it: %j', (text) => {
    expect(parseMac(text)).toBe('9a:8d:bc:0a:02:41');
  });

  test.each(['9a:8d:bc:e0:52', '9a:8d-bc:e0:52:41', '9a:8d:bc:e0:52:4g', '9a8dbce0524', ''])(
    'of hardware is not %j',
    (text) => {
      expect(parseMac(text)).toBeUndefined();
    },
  );
});
