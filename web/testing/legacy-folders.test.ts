/** The old program's folders, dropped on the page: the same as by the program and the API. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { LEGACY_DATA } from '../../testing/data-folder.ts';
import { LEGACY_TABLE, expectedOf, readImported } from '../../testing/legacy-table.ts';
import { startWebApp } from './web-app.ts';

const database = await createTestDatabase();
const web = await startWebApp(database);

test.each(LEGACY_TABLE)('the files of %s import as the old program had it', async (...line) => {
  const person = await web.signIn();
  const { page, complaints } = await web.openAs(
    person,
    await web.openChromium(),
    '/settings/data/import',
  );
  const folder = join(LEGACY_DATA, line[0]);
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await choosing).setFiles(readdirSync(folder).map((name) => join(folder, name)));
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await page.getByText('Preview only. Nothing has been imported yet.').waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('Imported.').waitFor();
  expect(await readImported(database.service, person.userId)).toEqual(expectedOf(line));
  expect(complaints).toEqual([]);
});
