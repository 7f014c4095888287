/** The guide in the app: each page in both languages, with its pictures, and what pages lead to. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { PROJECT_FOLDER } from '../../src/config/config.ts';
import { TOPICS } from '../src/pages/help/topics.ts';
import { startWebApp } from './web-app.ts';

const FOLDER = join(PROJECT_FOLDER, 'docs/guide');

test.each(['.', 'de'])(
  'the guide in %s has every page, and each picture and page that it names',
  async (language) => {
    const folder = join(FOLDER, language);
    const files = (await readdir(folder)).filter((name) => name.endsWith('.md'));
    expect(files.toSorted()).toEqual(
      ['README.md', ...TOPICS.map((topic) => `${topic}.md`)].toSorted(),
    );
    for (const file of files) {
      const text = await readFile(join(folder, file), 'utf8');
      for (const [, path = ''] of text.matchAll(/\]\(([^)]+)\)/g))
        await expect(readFile(join(folder, path)), `${file}: ${path}`).resolves.toBeDefined();
    }
  },
);

test('its pages are read in the app, with pictures, and lead to one another', async () => {
  const web = await startWebApp(await createTestDatabase());
  const { page, complaints } = await web.openHome('/help', { locale: 'de-DE' });
  await page.getByRole('link', { name: /^Schlafenszeit/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Schlafenszeit' }).waitFor();
  const picture = page.getByRole('article').getByRole('img').first();
  await picture.scrollIntoViewIfNeeded();
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0);
  await page.getByRole('article').getByRole('link', { name: 'Zu zweit' }).click();
  await page.getByRole('heading', { level: 1, name: 'Zu zweit' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/help/second-parent');
  expect(await page.title()).toBe('Zu zweit · NetPilot');
  await page.getByRole('link', { name: '‹ Hilfe' }).click();
  await page.getByRole('link', { name: /^Umzug/ }).waitFor();
  expect(complaints).toEqual([]);
});
