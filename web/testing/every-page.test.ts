/** Every page is accessible, does not shift, and is not wider than the screen. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import type { BrowserOptions } from './chromium.ts';
import { lostWhenLarge, shiftOf, visitEach, violationsOf, widthBeyond } from './every-page.ts';
import { pagesOf } from './pages.ts';
import { startWebApp } from './web-app.ts';

const web = await startWebApp(await createTestDatabase());

type Scheme = 'light' | 'dark';

/** What axe finds on a desktop and a phone, light and dark, it finds at other widths too. */
const BROWSERS: [name: string, options: BrowserOptions, axed?: Scheme][] = [
  ['a desktop', {}, 'light'],
  ['a desktop, dark', {}, 'dark'],
  ['half a desktop', { width: 900 }],
  ['a phone', { width: 391, isTouched: true }, 'light'],
  ['a phone, dark, in German', { width: 390, isTouched: true, locale: 'de-DE' }, 'dark'],
  ['the smallest phone', { width: 320, isTouched: true }],
];

/** The phones on which text is made larger, and which are turned: what is lost there. */
const ENLARGED = new Set(['a phone', 'the smallest phone']);

test.each(BROWSERS)('every page on %s', async (name, options, axed) => {
  const { page, home, complaints } = await web.openHome('/', options);
  const found = await visitEach(page, web.url, pagesOf(home), async () => ({
    shift: await shiftOf(page),
    tooWide: await widthBeyond(page),
    violations: await violationsIn(page, axed),
    lost: ENLARGED.has(name) ? await lostWhenLarge(page) : [],
  }));
  const good = { shift: 0, tooWide: [], violations: [], lost: [] };
  expect(found).toEqual(Object.fromEntries(Object.keys(found).map((path) => [path, good])));
  expect(complaints).toEqual([]);
});

/** What axe finds in a colour scheme, which the page keeps. */
async function violationsIn(page: Page, colorScheme: Scheme | undefined): Promise<string[]> {
  if (colorScheme === undefined) return [];
  await page.emulateMedia({ colorScheme });
  return violationsOf(page);
}
