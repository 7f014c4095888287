import { expect, test } from 'vitest';
import { formatBytes } from './usage.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [1_234, '1.23 kB'],
  [999_999, '1000 kB'],
  [12_345_678, '12.3 MB'],
  [Number.MAX_SAFE_INTEGER, '9.01 PB'],
])('%s bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
