import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT_FOLDER } from '../config/config.ts';
import { QUOTAS } from './quotas.ts';

test('docs/quotas.md has the quotas as they are', () => {
  const text = readFileSync(join(PROJECT_FOLDER, 'docs/quotas.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)` +\| (\d+) +\|/gm)];
  expect(Object.fromEntries(rows.map(([, name = '', limit]) => [name, Number(limit)]))).toEqual(
    QUOTAS,
  );
});
