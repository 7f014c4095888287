/** Without a mouse everything can be reached, is visibly focused, and can be left. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { violationsOf } from './every-page.ts';
import { moveIn } from './home.ts';
import { startWebApp } from './web-app.ts';

const database = await createTestDatabase();
const web = await startWebApp(database);

/** A page that listens to its keys. */
async function openShown(...of: Parameters<typeof web.openHome>) {
  const opened = await web.openHome(...of);
  await opened.page.locator('html[data-shown]').waitFor();
  return opened;
}

/** Goes on by Tab until something of that name has the focus, which has to show. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press('Tab');
    const { label, isSeen } = await focused(page);
    passed.push(label);
    if (typeof name === 'string' ? label === name : name.test(label)) {
      if (!isSeen) throw new Error(`Nobody sees that ${label} has the focus.`);
      return;
    }
  }
  throw new Error(`Tab does not reach ${String(name)}, but ${passed.join(', ')}.`);
}

/** What has the focus, and whether a person sees that it has. */
function focused(page: Page): Promise<{ label: string; isSeen: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null) return { label: '', isSeen: false };
    const named = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const label =
      element.getAttribute('aria-label') ??
      [...named.map((id) => document.getElementById(id)), ...labels]
        .map((other) => other?.getAttribute('aria-label') ?? other?.textContent ?? '')
        .join(' ')
        .trim();
    const outlined = [element, element.parentElement].some(
      (candidate) => candidate !== null && getComputedStyle(candidate).outlineStyle !== 'none',
    );
    const box = element.parentElement?.getBoundingClientRect();
    const isOnScreen = box !== undefined && box.bottom > 0 && box.top < innerHeight;
    return {
      label: label === '' ? (element.textContent ?? '').trim() : label,
      isSeen: outlined && isOnScreen,
    };
  });
}

test('from the first Tab past the navigation into the page', async () => {
  const { page } = await openShown('/');
  await page.getByRole('link', { name: 'PlayStation' }).waitFor();
  await tabTo(page, 'Skip to content');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Allow Galaxy-S23');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
});

test('through the devices: one tab stop; arrows, Enter, Space, B, R, and undo by Ctrl-Z', async () => {
  const { page, person } = await openShown('/devices');
  const row = page.getByRole('row', { name: 'NAS' });
  await row.waitFor();
  await page.keyboard.press('/');
  await expect.poll(async () => (await focused(page)).label).toMatch(/^Search devices/);
  await page.keyboard.type('Synology');
  await expect.poll(() => page.getByRole('row').count()).toBe(1);
  for (let letter = 0; letter < 'Synology'.length; letter += 1)
    await page.keyboard.press('Backspace');
  await page.getByRole('row', { name: 'Office printer' }).waitFor();

  await tabTo(page, /192\.168\.8\.83/);
  await page.keyboard.press('ArrowDown');
  await expect.poll(async () => (await focused(page)).label).toMatch(/iPhone/);
  await page.keyboard.press('End');
  await expect.poll(async () => (await focused(page)).label).toMatch(/Old desktop/);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('[role=row]'))).toBe(null);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Home');
  for (let steps = 0; steps < 6; steps += 1) await page.keyboard.press('ArrowDown');
  await expect.poll(async () => (await focused(page)).label).toMatch(/NAS/);

  await page.keyboard.press('r');
  await page.getByRole('textbox', { name: 'Rename NAS' }).waitFor();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('NAS below');
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: 'NAS below' }).waitFor();
  await expect.poll(async () => (await focused(page)).label).toMatch(/NAS below/);

  const isBlocked = async () => {
    const { items } = (await person.request('GET', '/api/v1/devices?text=NAS+below')).json();
    return items[0].is_blocked;
  };
  await page.keyboard.press('b');
  await expect.poll(isBlocked).toBe(true);
  await page.getByText('Blocking NAS below …').waitFor();
  await page.keyboard.press('ControlOrMeta+Z');
  await expect.poll(isBlocked).toBe(false);

  await page.keyboard.press('Space');
  await page.getByText('1 selected').waitFor();
  await page.keyboard.press('Space');
  await page.getByText('1 selected').waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'NAS below' });
  await panel.getByRole('heading', { name: 'Internet' }).waitFor();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  await expect.poll(async () => (await focused(page)).label).toMatch(/NAS below/);
});

test('through the rules: a mode by arrows, the preview, apply; devices onto a list', async () => {
  const { page } = await openShown('/rules');
  await tabTo(page, /^Everyone, but slow these/);
  await page.keyboard.press('ArrowUp');
  await page.getByRole('region', { name: 'What changes' }).waitFor();
  await tabTo(page, 'Apply');
  await page.keyboard.press('Enter');
  await page.getByText('Saved.').waitFor();
  expect((await focused(page)).label).toMatch(/^Only devices I allow/);
  await tabTo(page, 'Choose devices to allow');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await tabTo(page, /^Find a device/);
  await page.keyboard.type('printer');
  await tabTo(page, /^Office printer/);
  await page.keyboard.press('Space');
  await tabTo(page, 'Allow 1 device');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Take Office printer off this list' }).waitFor();
  const picker = page.getByRole('dialog');
  await picker.waitFor({ state: 'detached' });
  await expect.poll(async () => (await focused(page)).label).toBe('Choose devices to allow');
  // Also after it was in the toast, which stays above the dialog.
  await page.getByRole('button', { name: 'Undo' }).hover();
  await page.keyboard.press('Enter');
  await picker.waitFor();
  await page.keyboard.press('F6');
  if ((await focused(page)).label !== 'Undo') await tabTo(page, 'Undo');
  await tabTo(page, 'Cancel');
  await page.keyboard.press('Enter');
  await picker.waitFor({ state: 'detached' });
  await expect.poll(async () => (await focused(page)).label).toBe('Choose devices to allow');
});

test('a dialog holds the focus, and gives it back', async () => {
  const { page } = await openShown('/routers');
  await page.getByRole('heading', { name: 'Home', level: 2 }).waitFor();
  await tabTo(page, 'Unlink');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog');
  await dialog.waitFor();
  for (let steps = 0; steps < 4; steps += 1) {
    await page.keyboard.press('Tab');
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(async () => (await focused(page)).label).toBe('Unlink');
});

test('behind "More" on a phone', async () => {
  const { page } = await openShown('/', { width: 390 });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await tabTo(page, 'More');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Activity');
  await page.keyboard.press('Escape');
  expect((await focused(page)).label).toBe('More');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Settings');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  expect(await page.getByRole('link', { name: 'Activity' }).isVisible()).toBe(false);
});

test('by name: the palette finds a device, blocks it, and Ctrl-Z takes that back', async () => {
  const { page, complaints } = await openShown('/people');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('/');
  const field = page.getByRole('combobox', { name: 'Find anything' });
  await field.waitFor();
  await page.keyboard.type('why play');
  await page.getByRole('option', { name: /^Why has PlayStation/, selected: true }).waitFor();
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'detached' });

  await page.keyboard.press('/');
  await page.keyboard.type('alerts');
  await page.getByRole('option', { name: /^Alerts/, selected: true }).waitFor();
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'detached' });

  await page.keyboard.press('Control+K');
  await page.keyboard.type('nas');
  await page.getByRole('option', { name: /^NAS/, selected: true }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { name: 'Block NAS', selected: true }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('NAS is blocked.').waitFor();
  await page.keyboard.press('Control+Z');
  await page.getByText('NAS is no longer blocked.').waitFor();

  await page.keyboard.press('/');
  await page.keyboard.type('pause leo');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Pause Leo' }).waitFor();
  expect(complaints).toEqual([]);
});

test('by name: what is typed before the palette is there is kept for it, and does nothing else', async () => {
  const person = await web.signIn();
  await moveIn(database.service, person.userId);
  const context = await web.openChromium();
  const { promise, resolve: answer } = Promise.withResolvers<void>();
  await context.route('**/assets/palette-*.js', async (route) => {
    await promise;
    await route.continue();
  });
  const { page, complaints } = await web.openAs(person, context, '/devices');
  await page.locator('html[data-shown]').waitFor();
  await page.getByRole('row', { name: 'NAS' }).focus();
  await page.keyboard.press('Control+K');
  // B blocks what has the focus on the page.
  await page.keyboard.type('bloxk');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('ck nas');
  answer();
  const field = page.getByRole('combobox', { name: 'Find anything' });
  await field.waitFor();
  await page.keyboard.type('!');
  await expect.poll(() => field.inputValue()).toBe('block nas!');
  expect(await page.getByText('Blocking NAS …').count()).toBe(0);
  expect(complaints).toEqual([]);
});

test('by name: a pause is said to be over once the server has ended it, and not if it refuses', async () => {
  const { page, person, home } = await openShown('/people');
  await person.request('POST', `/api/v1/homes/${home.homeId}/rules`, {
    kind: 'pause',
    target: 'person',
    person_id: home.people.get('Leo'),
    access: 'block',
  });
  await page.getByRole('button', { name: 'Resume Leo' }).waitFor();
  const resume = async () => {
    await page.keyboard.press('Control+K');
    await page.keyboard.type('resume leo');
    await page.getByRole('option', { name: 'Resume Leo', selected: true }).waitFor();
    await page.keyboard.press('Enter');
  };
  await page.route('**/rules/*', (route) =>
    route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      json: { type: '/problems/conflict', title: 'Conflict', status: 409, detail: 'Not today.' },
    }),
  );
  await resume();
  await page.getByText('Not today.').waitFor();
  expect(await page.getByText(/^Resuming Leo|^Leo is not paused/).count()).toBe(0);

  await page.unroute('**/rules/*');
  await resume();
  await page.getByText(/^Resuming Leo|^Leo is not paused/).waitFor();
  await page.getByRole('button', { name: 'Pause Leo for' }).waitFor();
});
