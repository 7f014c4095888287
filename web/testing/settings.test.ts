/** Oneself: who one is, where one is signed in, how it looks, and the way out. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Locator, Page } from 'playwright-core';
import { decodeQR } from 'qr/decode.js';
import { expect, onTestFinished, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { parseConfig } from '../../src/config/config.ts';
import { tenantTransaction } from '../../src/database/transaction.ts';
import { openPage } from './chromium.ts';
import { startWebApp } from './web-app.ts';

const database = await createTestDatabase();
const web = await startWebApp(database);

test('the name is kept', async () => {
  const { page, complaints } = await web.openHome('/settings');
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('  Anna Meyer ');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  await page.reload();
  expect(await name.inputValue()).toBe('Anna Meyer');
  expect(complaints).toEqual([]);
});

test('other sessions are ended, one of them or all', async () => {
  const { page, person } = await web.openHome('/settings/access');
  const others = await Promise.all([1, 2, 3].map(() => web.signIn(person.userId)));
  await page.reload();
  const end = page.getByRole('button', { name: /^Sign out (?!everywhere)./ });
  await page.getByText('This one').waitFor();
  const statuses = () =>
    Promise.all(
      [person, ...others].map(async ({ request }) => {
        const { statusCode } = await request('GET', '/api/v1/me');
        return statusCode;
      }),
    );
  await expect.poll(() => end.count()).toBe(3);
  await end.first().click();
  const question = page.getByRole('alertdialog', { name: /^Sign out .+\?$/ });
  await question.getByText(/^last used/).waitFor();
  await question.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('Signed out there.').waitFor();
  await expect.poll(() => end.count()).toBe(2);
  expect((await statuses()).filter((status) => status === 401)).toHaveLength(1);
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Sign out everywhere else?' });
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await expect.poll(() => end.count()).toBe(0);
  expect(await statuses()).toEqual([200, 401, 401, 401]);
});

test('a token is shown once, and works until it is revoked', async () => {
  const { page } = await web.openHome('/settings/access');
  const token = await createToken(page, 'Backup of the NAS');
  const use = async () => {
    const answer = await fetch(`${web.url}/api/v1/routers`, {
      headers: { authorization: `Bearer ${token}` },
    });
    await answer.body?.cancel();
    return answer.status;
  };
  expect(await use()).toBe(200);
  await page.reload();
  await page.getByText('Backup of the NAS').waitFor();
  await page.getByText('can read', { exact: true }).waitFor();
  await page.getByText(/Created on .*(never used|last used)/).waitFor();
  expect(await page.locator('body').textContent()).not.toContain(token);
  await page.getByRole('button', { name: 'Revoke the token Backup of the NAS' }).click();
  const question = page.getByRole('alertdialog', { name: 'Revoke the token Backup of the NAS?' });
  await question.getByText(/never used|last used/).waitFor();
  expect(await use()).toBe(200);
  await question.getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('Token revoked.').waitFor();
  expect(await use()).toBe(401);
});

test('another device is signed in by a link, which works once', async () => {
  const { page, person, complaints } = await web.openHome('/settings/access');
  await page.getByRole('button', { name: 'Show a link' }).click();
  const link = page.getByRole('status').locator('code');
  await page.getByText('This link works only on the computer on which NetPilot runs').waitFor();
  const { page: other } = await openPage(await web.openChromium(), web.url);
  await other.goto((await link.textContent()) ?? '');
  await other.getByRole('heading', { level: 1 }).waitFor();
  const { email } = (await person.request('GET', '/api/v1/me')).json();
  await other.goto(`${web.url}/settings`);
  expect(await other.getByRole('textbox', { name: 'Email' }).inputValue()).toBe(email);
  await page.getByRole('button', { name: 'Show a new link' }).click();
  expect(complaints).toEqual([]);
});

test('at home the link is a QR code too, which a camera reads in the dark theme', async () => {
  const lan = await startWebApp(database, { config: parseConfig({}, { lan: '192.168.178.20' }) });
  const { page } = await lan.openHome('/settings/access', { colorScheme: 'dark' });
  await page.getByRole('button', { name: 'Show a link' }).click();
  const code = page.getByRole('img', { name: 'QR code of the link' });
  const link = await page.getByRole('status').locator('code').textContent();
  expect(link).toMatch(/^http:\/\/192\.168\.178\.20:8080\/auth\/local\?token=/);
  expect(await readPicture(page, await code.screenshot())).toBe(link);
});

/** What a camera reads of a picture. */
async function readPicture(page: Page, png: Buffer): Promise<string> {
  const { data, ...size } = await page.evaluate(
    async (bytes) => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)]));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d');
      context?.drawImage(bitmap, 0, 0);
      const { width, height } = bitmap;
      const pixels = context?.getImageData(0, 0, width, height).data ?? [];
      return { width, height, data: [...pixels] };
    },
    [...png],
  );
  return decodeQR({ ...size, data: Uint8Array.from(data) });
}

test('a token may do what was chosen, for the router that was chosen', async () => {
  const { page, person, home } = await web.openHome('/settings/access');
  await createToken(page, 'Kids’ switch', async (dialog) => {
    await choose(page, dialog, 'What it can do', 'Read, block and limit');
    await choose(page, dialog, 'For which router', 'Home');
    await choose(page, dialog, 'How long it works', '7 days');
  });
  await page.getByText('can read, block and limit · only Home').waitFor();
  const { items } = (await person.request('GET', '/api/v1/tokens')).json();
  expect(items).toMatchObject([{ scopes: ['read', 'control'], router_id: home.routerId }]);
  const days = (Date.parse(items[0].expires_at) - Date.parse(items[0].created_at)) / 86_400_000;
  expect(days).toBeCloseTo(7);
});

test('signing out everywhere else ends tokens too, unless they are to be kept', async () => {
  const { page, person } = await web.openHome('/settings/access');
  await createToken(page, 'Backup of the NAS');
  const tokens = page.getByText('Backup of the NAS');
  const endOthers = async (work: (dialog: Locator) => Promise<void>) => {
    await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Sign out everywhere else?' });
    await work(dialog);
    await dialog.getByRole('button', { name: 'Sign out' }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  await endOthers((dialog) => choose(page, dialog, 'Your API token', 'Keep'));
  await tokens.waitFor();
  await endOthers(async () => undefined);
  await tokens.waitFor({ state: 'detached' });
  expect((await person.request('GET', '/api/v1/tokens')).json()).toEqual({ items: [] });
});

test('theme, language and time zone are kept', async () => {
  const { page, home } = await web.openHome('/settings');
  const chooseHere = (label: string, option: string) =>
    choose(page, page.locator('main'), label, option);
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  await page.getByText('Dark', { exact: true }).click();
  expect(await scheme()).toBe('dark');
  await chooseHere('Time zone', 'Asia/Tokyo');
  await page.getByRole('button', { name: 'Asia/Tokyo' }).waitFor();
  await page.waitForLoadState();
  await chooseHere('Language', 'Deutsch');
  await page.getByRole('heading', { name: 'Einstellungen', level: 1 }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
  expect(await scheme()).toBe('dark');
  const id = home.devices.get('90:47:48:3f:2a:91');
  await page.goto(`${web.url}/routers/${home.routerId}/devices/${id}`);
  const first = page.locator('time').first();
  const at = (await first.getAttribute('datetime')) ?? '';
  const expected = new Intl.DateTimeFormat('de', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Asia/Tokyo',
  }).format(new Date(at));
  expect(await first.textContent()).toBe(expected);
});

test('all data is exported, and another account imports it', async () => {
  const { page, person } = await web.openHome('/settings/data');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export everything' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^netpilot-export-\d{4}-\d\d-\d\d\.json$/);
  const folder = await mkdtemp(join(tmpdir(), 'netpilot-download-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, file.suggestedFilename());
  await file.saveAs(path);
  expect(JSON.parse(await readFile(path, 'utf8'))).toHaveProperty('user_devices');

  const heir = await web.signIn();
  const { page: other } = await web.openAs(heir, await web.openChromium(), '/settings/data/import');
  const chooser = other.waitForEvent('filechooser');
  await other.getByRole('button', { name: 'Choose files' }).click();
  await (await chooser).setFiles(path);
  await other.getByRole('button', { name: 'Preview' }).click();
  await other.getByRole('button', { name: 'Import', exact: true }).click();
  await other.getByText('Imported.').waitFor();
  const devicesOf = async ({ request }: typeof person) => {
    const { items } = (await request('GET', '/api/v1/devices?sort=name')).json();
    return items.map(({ mac, device_name }: Record<string, unknown>) => [mac, device_name]);
  };
  expect(await devicesOf(heir)).toEqual(await devicesOf(person));
});

test('the account is deleted only after typing its email, and nothing of it is left', async () => {
  const { page, person } = await web.openHome('/settings');
  const email = await page.getByRole('textbox', { name: 'Email' }).inputValue();
  await page.getByRole('link', { name: 'Delete account' }).click();
  await page.getByRole('button', { name: 'Delete account' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete your account?' });
  const confirm = dialog.getByRole('button', { name: 'Delete account' });
  const field = dialog.getByRole('textbox', { name: `Type ${email} to confirm` });
  await field.fill('somebody@example.com');
  expect(await confirm.isDisabled()).toBe(true);
  await field.fill(email);
  await confirm.click();
  await page.getByRole('heading', { name: 'Sign in to NetPilot' }).waitFor();
  await page.goto(`${web.url}/devices`);
  await page.getByRole('heading', { name: 'Sign in to NetPilot' }).waitFor();
  expect((await person.request('GET', '/api/v1/me')).statusCode).toBe(401);
  expect(await rowsOf(person.userId)).toEqual([]);
});

test('a failed query shows an error, and is fetched by a retry', async () => {
  const person = await web.signIn();
  const { page } = await openPage(await web.openChromium(), web.url);
  const [name = '', value = ''] = person.cookie.split('=');
  await page.context().addCookies([{ name, value, url: web.url }]);
  await page.route('**/api/v1/sessions', (route) =>
    route.fulfill({ status: 400, contentType: 'application/problem+json', json: { status: 400 } }),
  );
  await page.goto(`${web.url}/settings/access`);
  await page.getByRole('alert').getByText('Server error. Try again later.').waitFor();
  await page.unroute('**/api/v1/sessions');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('This one').waitFor();
  expect(await page.getByRole('main').getByRole('alert').count()).toBe(0);
});

/** Creates a token in its dialog, and returns it. */
async function createToken(
  page: Page,
  name: string,
  decide: (dialog: Locator) => Promise<void> = async () => undefined,
): Promise<string> {
  await page.getByRole('button', { name: 'Create token' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create token' });
  await dialog.getByRole('textbox', { name: 'What it is for' }).fill(name);
  await decide(dialog);
  await dialog.getByRole('button', { name: 'Create token' }).click();
  await page.getByText('Shown only once.').waitFor();
  const token = (await page.getByRole('status').locator('code').textContent()) ?? '';
  await page.getByRole('button', { name: 'Close' }).click();
  return token;
}

async function choose(page: Page, within: Locator, label: string, option: string): Promise<void> {
  await within.getByRole('button', { name: label }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** The tables that have a row of the user's. */
async function rowsOf(userId: string): Promise<string[]> {
  return tenantTransaction(database.service, userId, async (transaction) => {
    const { rows } = await sql<{ name: string }>`
      select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'user_id' order by 1`.execute(transaction);
    const found: string[] = [];
    for (const { name } of rows) {
      const { rows: own } = await sql`
        select 1 from ${sql.table(name)} where user_id = ${userId} limit 1`.execute(transaction);
      if (own.length > 0) found.push(name);
    }
    return found;
  });
}
