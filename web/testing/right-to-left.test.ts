/** Every page from right to left, as a language that is written so gets it. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { inSize, visitEach, violationsOf, widthBeyond } from './every-page.ts';
import { pagesOf } from './pages.ts';
import { startWebApp } from './web-app.ts';

const web = await startWebApp(await createTestDatabase());
const MIRRORED = { name: 'netpilot_language', value: 'ar-XB', url: web.url };

test('every page, mirrored, on a desktop and the smallest phone', async () => {
  const { page, home, complaints } = await web.openHome('/');
  await page.context().addCookies([MIRRORED]);
  const found = await visitEach(page, web.url, pagesOf(home), async () => {
    const onDesktop = {
      direction: await page.evaluate(() => getComputedStyle(document.body).direction),
      tooWide: await widthBeyond(page),
      // What axe looks at is the same at any width.
      violations: await violationsOf(page),
    };
    const tooWideForPhone = await inSize(page, { width: 320, height: 800 }, () =>
      widthBeyond(page),
    );
    return { ...onDesktop, tooWideForPhone };
  });
  const good = { direction: 'rtl', tooWide: [], violations: [], tooWideForPhone: [] };
  expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, good])));
  expect(complaints).toEqual([]);
});

test('the navigation is at the right, a list opens below its button, and a dialog fits', async () => {
  const { page } = await web.openHome('/');
  await page.context().addCookies([MIRRORED]);
  await page.goto(`${web.url}/routers`);
  const main = await page.getByRole('main').boundingBox();
  const navigation = await page.getByRole('navigation').boundingBox();
  expect(navigation?.x).toBeGreaterThanOrEqual((main?.x ?? 0) + (main?.width ?? 0));
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('dialog').waitFor();
  expect(await widthBeyond(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.goto(`${web.url}/activity`);
  const button = page.getByRole('button', { name: 'Everything' });
  const { x = 0, width = 0 } = (await button.boundingBox()) ?? {};
  await button.click();
  const list = (await page.getByRole('listbox').boundingBox()) ?? { x: Infinity, width: 0 };
  expect(list.x).toBeLessThan(x + width);
  expect(list.x + list.width).toBeGreaterThan(x);
});

test('no style uses left or right, so that each page can be mirrored', () => {
  const folder = join(import.meta.dirname, '../src');
  const physical =
    /(?<![\w-])((margin|padding|border|scroll-margin|scroll-padding)-(left|right)|left|right|(min-|max-)?(width|height)|border-(top|bottom)-(left|right)-radius)\s*:|:\s*(left|right)\b/;
  const found = globSync('**/*.css', { cwd: folder }).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      // What a query of the screen asks for is no side.
      .filter((line) => !line.startsWith('@media') && (physical.test(line) || hasSides(line)))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

/** Whether a shorthand has one size for the left, and another for the right. */
function hasSides(line: string): boolean {
  const [, values = ''] = /^\s*(?:margin|padding|inset|border-width):\s*([^;]+);/.exec(line) ?? [];
  const [, right, , left] = values.split(/\s+(?![^(]*\))/);
  return left !== undefined && left !== right;
}
