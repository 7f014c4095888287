/** The home page is rendered by the server, and hydrated by the browser. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import type { BrowserOptions } from './chromium.ts';
import { shiftOf } from './every-page.ts';
import { startWebApp } from './web-app.ts';
import { moveIn } from './home.ts';

const database = await createTestDatabase();
const web = await startWebApp(database);

test('it shows without scripts, and its links work', async () => {
  const { page, complaints } = await web.openHome('/', { hasNoScripts: true });
  await page.getByRole('heading', { name: '3 devices wait for your word.', level: 1 }).waitFor();
  await page.getByText('10 devices here').waitFor();
  await page.getByRole('button', { name: 'Unblock PlayStation' }).waitFor();
  await page.getByRole('link', { name: 'Devices', exact: true }).click();
  await page.waitForURL('**/devices');
  expect(complaints).toEqual([]);
});

test('an early click takes effect once the page is hydrated, on the same elements', async () => {
  const { page, answer, complaints } = await openUnanswering();
  await page.getByRole('heading', { level: 1 }).evaluate((heading) => {
    heading.dataset['seen'] = 'before';
  });
  await page.getByRole('button', { name: 'Unblock PlayStation' }).first().click();
  const clicked = page.locator('[data-clicked]');
  expect(await clicked.textContent()).toBe('Unblock');
  answer();
  await page.getByRole('button', { name: 'Unblock PlayStation' }).waitFor({ state: 'detached' });
  expect(await clicked.count()).toBe(0);
  expect(await page.locator('h1[data-seen]').textContent()).toBe('3 devices wait for your word.');
  expect(complaints).toEqual([]);
});

test('a home that is chosen early is shown once the page is hydrated', async () => {
  const { page, answer, complaints } = await openUnanswering({}, '*.js', 'Cabin');
  const homes = page.getByRole('combobox', { name: 'Home' });
  await homes.selectOption('Cabin');
  expect(await page.getByText('PlayStation').count()).not.toBe(0);
  answer();
  await page.getByText('Welcome to NetPilot').waitFor();
  expect(await homes.locator('option:checked').textContent()).toBe('Cabin');
  expect(await page.getByText('PlayStation').count()).toBe(0);
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

test('it brings little code, nothing of it shifts, and what lives comes after it', async () => {
  const { page, complaints } = await web.openHome('/', { width: 390, isTouched: true });
  await page.locator('html[data-shown]').waitFor();
  await page.getByText('blocked 2 devices').waitFor();
  await page.locator('.home__traffic canvas').waitFor();
  expect(await page.evaluate(scriptBytes)).toBeLessThan(200_000);
  expect(await shiftOf(page)).toBe(0);
  expect(complaints).toEqual([]);
});

test('a style that comes late is applied at once, whatever looked at the page before', async () => {
  const { page, answer } = await openUnanswering({ width: 390, isTouched: true }, '*.css');
  // As an extension of the browser does, or a phone that is turned: it computes a style for everything.
  const padding = () =>
    page.locator('.lead').evaluate((lead) => getComputedStyle(lead).paddingBlockStart);
  expect(await padding()).toBe('0px');
  answer();
  await page.locator('html[data-shown]').waitFor();
  expect(await padding()).toBe('24px');
  expect(await shiftOf(page)).toBe(0);
});

test('a new person sees what to do first, and ticks it off', async () => {
  const person = await web.signIn();
  const { page, complaints } = await web.openAs(person, await web.openChromium());
  await page.getByRole('heading', { name: 'Welcome to NetPilot', level: 1 }).waitFor();
  const steps = page.getByRole('list').filter({ hasText: 'Link your router' });
  expect(await steps.getByRole('link').allTextContents()).toEqual([
    'Link a router',
    'Add people',
    'Decide',
  ]);
  const [home] = (await person.request('GET', '/api/v1/homes')).json().items;
  await person.request('POST', `/api/v1/homes/${home.id}/people`, { name: 'Tim' });
  await steps.getByRole('listitem').filter({ hasText: 'Name your people · done' }).waitFor();
  await page.getByRole('link', { name: 'Import its files' }).click();
  await page.getByRole('heading', { name: 'Import', level: 1 }).waitFor();
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
  // A pointer that is early has its effect once React has hydrated what is under it.
  await expect.poll(() => moment.getAttribute('title')).toBe(there);
});

/** Without until when something holds: the server does not know the time zone. And without what comes after the page. */
function textWithoutTimes(page: Page): Promise<string | null> {
  return page.locator('#root').evaluate((root) => {
    const copy = document.createElement('div');
    copy.append(root.cloneNode(true));
    const later = '.moment, .home__entries, .home__rate, .home__traffic';
    for (const moment of copy.querySelectorAll(later)) moment.remove();
    return copy.textContent;
  });
}

/** The start as it is while its scripts, or other files, are on their way, which they are until `answer` is called. */
async function openUnanswering(options?: BrowserOptions, files = '*.js', secondHome?: string) {
  const person = await web.signIn();
  await moveIn(database.service, person.userId);
  if (secondHome) await person.request('POST', '/api/v1/homes', { name: secondHome });
  const context = await web.openChromium(options);
  const { page, complaints } = await web.openAs(person, context, '/sign-in');
  const { promise, resolve: answer } = Promise.withResolvers<void>();
  await context.route(`**/assets/${files}`, async (route) => {
    await promise;
    await route.continue();
  });
  await page.goto(`${web.url}/`, { waitUntil: 'commit' });
  await page.getByText('PlayStation').first().waitFor({ state: 'attached' });
  return { page, answer, complaints };
}

/** Runs in the page: bytes of all scripts so far, as they came over the wire. */
function scriptBytes(): number {
  return performance
    .getEntriesByType('resource')
    .filter(({ name }) => name.endsWith('.js'))
    .reduce((total, entry) => total + Number(Reflect.get(entry, 'transferSize')), 0);
}
