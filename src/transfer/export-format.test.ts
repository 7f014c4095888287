/** docs/export-format.md is what others write readers by: it is held to the code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT_FOLDER } from '../config/config.ts';
import { EXPORTED_TABLES, EXPORT_VERSION } from './export-tables.ts';

const page = readFileSync(join(PROJECT_FOLDER, 'docs/export-format.md'), 'utf8');

test('the page lists the tables of an export, in its order', () => {
  const listed = Array.from(page.matchAll(/^- `(\w+)`: /gm), ([, name]) => name);
  expect(listed).toEqual(EXPORTED_TABLES.map(({ name }) => name));
});

test('the page tells the version', () => {
  expect(page).toContain(`"version": ${EXPORT_VERSION},`);
});
