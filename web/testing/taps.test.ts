/** How many taps on a phone what parents do most takes from the home page. */
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { startWebApp } from './web-app.ts';

const web = await startWebApp(await createTestDatabase());

/** Opens the home page on a phone; `tap` counts. */
async function openPhone() {
  const opened = await web.openHome('/', { width: 390, height: 844, isTouched: true });
  await opened.page.locator('html[data-shown]').waitFor();
  let count = 0;
  return {
    ...opened,
    tap: async (what: Locator) => {
      await what.tap();
      count += 1;
    },
    /** How many there were since it was asked last. */
    taps: () => {
      const now = count;
      count = 0;
      return now;
    },
  };
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

test('on a phone, from the home page', async () => {
  const { page, tap, taps, person, complaints } = await openPhone();

  // Why has the PlayStation no internet?
  await tap(page.locator('summary').filter({ hasText: 'PlayStation' }));
  await page.getByText('It is blocked by hand.').waitFor();
  await page
    .getByText(/^You .*blocked PlayStation/)
    .first()
    .waitFor();
  expect(taps()).toBeLessThanOrEqual(2);

  // Pause a child.
  await tap(button(page, /^Pause Leo/));
  await page.getByText('Pausing Leo …').waitFor();
  expect(taps()).toBeLessThanOrEqual(2);

  // Approve a new device.
  await tap(button(page, 'Allow Galaxy-S23'));
  await button(page, 'Allow Galaxy-S23').waitFor({ state: 'detached' });
  expect(taps()).toBe(1);

  // Allow all that are here now.
  await tap(button(page, 'Allow all 2 that are here now'));
  await page.getByText('2 devices are allowed.').waitFor();
  await page.getByRole('heading', { name: 'All is well.', level: 1 }).waitFor();
  expect(await page.getByRole('heading', { name: 'Needs you', exact: true }).count()).toBe(0);
  expect(taps()).toBeLessThanOrEqual(3);

  const { items } = (await person.request('GET', '/api/v1/devices?state=new')).json();
  expect(items).toEqual([]);
  expect(complaints).toEqual([]);
});
