/** Every page is accessible, does not shift, and is not wider than the screen. */
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import type { BrowserOptions } from './chromium.ts';
import { lostWhenLarge, shiftOf, visitEach, violationsOf, widthBeyond } from './every-page.ts';
import { pagesOf } from './pages.ts';
import { startWebApp } from './web-app.ts';

const web = await startWebApp(await createTestDatabase());

/** The phone on which text is made larger, and which is turned. */
const SMALL = 391;

/** What axe finds on a desktop and a phone, light and dark, it finds at other widths too. */
const BROWSERS: [name: string, options: BrowserOptions, isAxed: boolean][] = [
  ['a desktop, light', { colorScheme: 'light' }, true],
  ['a desktop, dark', { colorScheme: 'dark' }, true],
  ['a phone, light', { width: SMALL, isTouched: true, colorScheme: 'light' }, true],
  [
    'a phone, dark, in German',
    { width: 390, isTouched: true, colorScheme: 'dark', locale: 'de-DE' },
    true,
  ],
  ['the smallest phone', { width: 320, isTouched: true }, false],
  ['half a desktop', { width: 900 }, false],
];

test.each(BROWSERS)('every page on %s', async (_name, options, isAxed) => {
  const { page, home, complaints } = await web.openHome('/', options);
  const found = await visitEach(page, web.url, pagesOf(home), async () => ({
    shift: await shiftOf(page),
    tooWide: await widthBeyond(page),
    violations: isAxed ? await violationsOf(page) : [],
    lost: options.width === SMALL ? await lostWhenLarge(page) : [],
  }));
  const good = { shift: 0, tooWide: [], violations: [], lost: [] };
  expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, good])));
  expect(complaints).toEqual([]);
});
