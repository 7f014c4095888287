/** A device on the network chooses its name: what a person would not see is refused. */
import { describe, expect, test } from 'vitest';
import { printable } from '../../cli/output.ts';
import { decodeName } from './names.ts';

const decode = (name: string) => decodeName(encodeURIComponent(name));

test.each([
  "Anna's phone",
  'Büro-PC',
  'テレビ',
  'آیفون',
  'מחשב',
  // Joiners that belong to what they join: Persian, Sinhala, Devanagari, a family, a pirate, a woman at a desk.
  'نامه\u200Cها',
  'ශ්\u200Dරී',
  'क्\u200Dष',
  '👩‍👩‍👧‍👦',
  '🏴‍☠️',
  '👩🏽‍💻',
])('%s is a name', (name) => {
  expect(decode(name)).toBe(name);
});

describe.each([
  ['a line feed', 'TV\u000A'],
  ['an escape', '\u001B[2J'],
  ['a control character of C1', 'TV\u009B'],
  ['an override of the direction', 'TV\u202Egpj'],
  ['an isolate', 'TV\u2066x'],
  ['a mark from right to left', 'TV\u200F'],
  ['an Arabic mark', 'TV\u061C'],
  ['a line separator', 'TV\u2028x'],
  ['a paragraph separator', 'TV\u2029x'],
  ['a space without width', 'TV\u200B'],
  ['a joiner at the end', 'TV\u200D'],
  ['a joiner before a space', 'TV\u200D x'],
  ['a joiner at the beginning', '\u200DTV'],
  ['two joiners', 'T\u200D\u200DV'],
  ['a word joiner', 'T\u2060V'],
  ['a soft hyphen', 'T\u00ADV'],
  ['a byte order mark', '\uFEFFTV'],
  ['tags', 'TV\u{E0041}\u{E007F}'],
  ['a filler', 'TV\u3164'],
])('a name with %s', (_what, name) => {
  test('is none', () => {
    expect(decode(name)).toBeNull();
  });

  test('shows it on a terminal', () => {
    expect(printable(name.replace('\n', '\t'))).toMatch(/\\x[\da-f]{2}|\\u\{[\da-f]+\}/);
  });
});

test('a line end stays on a terminal', () => {
  expect(printable('one\ntwo\u202E')).toBe('one\ntwo\\u{202e}');
});
