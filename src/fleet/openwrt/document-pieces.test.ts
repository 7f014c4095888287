import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_FEATURES } from '../../routers/features.ts';
import { LONGEST_DOCUMENT, LONGEST_IN_CHUNKS, cutDocument } from './document-pieces.ts';

const CHUNKS = new Set(['chunks' as const]);
const documentOf = (length: number) =>
  Array.from(
    { length },
    (_, index) => `block 10.${index >> 16}.${(index >> 8) % 256}.${index % 256}`,
  );

/** The document that an agent gets from pieces, whatever they were cut into. */
function read(text: string): string[] {
  const lines: string[] = [];
  let rest = text.slice(text.indexOf('\n') + 1);
  for (;;) {
    const end = rest.indexOf('\n') + 1;
    const [, size] = /^chunk (\d+)\n/.exec(rest.slice(0, end)) ?? [];
    const taken = size === undefined ? end : end + Number(size);
    if (rest.startsWith('end ')) return lines;
    lines.push(
      ...rest
        .slice(size === undefined ? 0 : end, taken)
        .trimEnd()
        .split('\n'),
    );
    rest = rest.slice(taken);
  }
}

describe('a document is sent', () => {
  test.each([
    ['to an old agent', NO_FEATURES],
    ['to one with chunks', CHUNKS],
  ])('whole, and announced with its length, %s', (_who, features) => {
    fc.assert(
      fc.property(fc.nat(5_000), (length) => {
        const document = documentOf(length + 1);
        const pieces = cutDocument(7, document, features) ?? [];
        expect(pieces[0]).toBe(`apply 7 ${length + 1}\n`);
        expect(pieces.at(-1)).toBe('end 7\n');
        expect(read(pieces.join(''))).toEqual(document);
      }),
      { numRuns: 20 },
    );
  });

  test('in pieces of whole lines, that an agent takes', () => {
    const pieces = cutDocument(1, documentOf(100_000), CHUNKS)?.slice(1, -1) ?? [];
    expect(pieces.length).toBeGreaterThan(10);
    for (const piece of pieces) {
      const [, size = '', body = ''] = /^chunk (\d+)\n([^]*)$/.exec(piece) ?? [];
      expect(Number(size)).toBe(body.length);
      expect(body.length).toBeLessThanOrEqual(65_536);
      expect(body.endsWith('\n')).toBe(true);
    }
  });

  test('a line each to an agent without chunks, and if it is short', () => {
    expect(cutDocument(1, documentOf(1_000), NO_FEATURES)?.join('')).not.toContain('chunk');
    expect(cutDocument(1, documentOf(10), CHUNKS)?.join('')).not.toContain('chunk');
  });
});

test('a document that the agent would not take is not sent', () => {
  expect(cutDocument(1, documentOf(LONGEST_DOCUMENT), NO_FEATURES)).toBeDefined();
  expect(cutDocument(1, documentOf(LONGEST_DOCUMENT + 1), NO_FEATURES)).toBeUndefined();
  expect(cutDocument(1, documentOf(LONGEST_DOCUMENT + 1), CHUNKS)).toBeDefined();
  expect(cutDocument(1, documentOf(LONGEST_IN_CHUNKS + 1), CHUNKS)).toBeUndefined();
});
