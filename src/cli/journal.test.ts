import { closeSync, fstatSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { goesToJournal } from './journal.ts';

test('what systemd connects to its journal is told apart by device and inode', () => {
  const output = openSync(tmpdir(), 'r');
  try {
    const { dev, ino } = fstatSync(output, { bigint: true });
    expect(goesToJournal(output, `${dev}:${ino}`)).toBe(true);
    expect(goesToJournal(output, `${dev}:${ino + 1n}`)).toBe(false);
    // A program that a service starts may write elsewhere.
    expect(goesToJournal(output, undefined)).toBe(false);
  } finally {
    closeSync(output);
  }
});
