/** The home page is rendered by the server, and hydrated by the browser. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import type { BrowserOptions } from './chromium.ts';
import { startWebApp } from './web-app.ts';
import { moveIn } from './home.ts';

const database = await createTestDatabase();
const web = await startWebApp(database);

test('it shows without scripts, and its links work', async () => {
  const { page, complaints } = await web.openHome('/', { hasNoScripts: true });
  await page.getByRole('listitem').filter({ hasText: '11 online now' }).waitFor();
  await page.getByRole('button', { name: 'Unblock PlayStation' }).waitFor();
  await page.getByRole('link', { name: 'Devices', exact: true }).click();
  await page.waitForURL('**/devices');
  expect(complaints).toEqual([]);
});

test('an early click takes effect once the page is hydrated, on the same elements', async () => {
  const { page, answer, complaints } = await openUnanswering();
  await page.getByRole('heading', { name: 'Home' }).evaluate((heading) => {
    heading.dataset['seen'] = 'before';
  });
  await page.getByRole('button', { name: 'Unblock PlayStation' }).first().click();
  const clicked = page.locator('[data-clicked]');
  expect(await clicked.textContent()).toBe('Unblock');
  answer();
  await page.getByRole('listitem').filter({ hasText: '1 blocked' }).waitFor();
  expect(await clicked.count()).toBe(0);
  expect(await page.locator('h1[data-seen]').textContent()).toBe('Home');
  expect(complaints).toEqual([]);
});

test.each<[string, BrowserOptions]>([
  ['far away, in German', { locale: 'de-DE', timeZone: 'Pacific/Kiritimati' }],
  ['on a phone', { width: 390, isTouched: true, timeZone: 'America/Los_Angeles' }],
])('the browser hydrates the same page: %s', async (_where, options) => {
  const { page, answer, complaints } = await openUnanswering(options);
  const before = await textWithoutTimes(page);
  answer();
  await page.locator('html[data-shown]').waitFor();
  await page.locator('.badges--unknown').first().waitFor({ state: 'detached' });
  expect(await textWithoutTimes(page)).toBe(before);
  expect(complaints).toEqual([]);
});

test('hovering over a time shows its date in the time zone of the person', async () => {
  const { page } = await web.openHome('/', { timeZone: 'Pacific/Kiritimati' });
  const moment = page.locator('time').first();
  await page.locator('html[data-shown]').waitFor();
  expect(await moment.getAttribute('title')).toBe(null);
  await moment.hover();
  const there = new Date((await moment.getAttribute('datetime')) ?? '').toLocaleString('en', {
    dateStyle: 'full',
    timeStyle: 'medium',
    timeZone: 'Pacific/Kiritimati',
  });
  expect(await moment.getAttribute('title')).toBe(there);
});

/** Without until when something holds: the server does not know the time zone. */
function textWithoutTimes(page: Page): Promise<string | null> {
  return page.locator('#root').evaluate((root) => {
    const copy = document.createElement('div');
    copy.append(root.cloneNode(true));
    for (const moment of copy.querySelectorAll('.moment')) moment.remove();
    return copy.textContent;
  });
}

/** The start as it is while its scripts are still on their way, which they are until `answer` is called. */
async function openUnanswering(options?: BrowserOptions) {
  const person = await web.signIn();
  await moveIn(database.service, person.userId);
  const context = await web.openChromium(options);
  const { page, complaints } = await web.openAs(person, context, '/sign-in');
  const { promise, resolve: answer } = Promise.withResolvers<void>();
  await context.route('**/assets/*.js', async (route) => {
    await promise;
    await route.continue();
  });
  await page.goto(`${web.url}/`, { waitUntil: 'commit' });
  await page.getByText('PlayStation').first().waitFor();
  return { page, answer, complaints };
}
