/** Import: drop files, preview, confirm. */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { LEGACY_DATA } from '../../testing/data-folder.ts';
import type { BrowserOptions } from './chromium.ts';
import { startWebApp } from './web-app.ts';

const database = await createTestDatabase();
const web = await startWebApp(database);

const BROKEN = JSON.stringify({
  devices: {
    1: { ip: '10.0.0.7', mac: '9a:8d:bc:00:00:07', last_seen: '2025-06-01T12:00:00' },
    2: { ip: 'nowhere', mac: '9a:8d:bc:00:00:08', last_seen: '2025-06-01T12:00:00' },
  },
});

/** A folder with these files, until the end of the test. */
async function folderOf(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'netpilot-drop-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

/** Drops files, or folders, as a person drags them out of a file manager. */
async function drop(page: Page, paths: readonly string[]) {
  const box = await page.getByText(/^(Drop the|Dateien des) /).boundingBox();
  if (box === null) throw new Error('There is no place to drop files.');
  const devtools = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', {
      type,
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      data: { items: [], files: [...paths], dragOperationsMask: 1 },
    });
}

async function open(options?: BrowserOptions) {
  const person = await web.signIn();
  const opened = await web.openAs(person, await web.openChromium(options), '/settings/data/import');
  await opened.page.getByRole('button', { name: /^(Choose files|Dateien wählen)$/ }).waitFor();
  return { ...opened, person };
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('a dropped folder is previewed and imported; twice is the same as once', async () => {
  const { page, person, complaints } = await open();
  const folder = await folderOf({ 'router.json': '{"password": "x"}' });
  await cp(join(LEGACY_DATA, '2025-06-split'), folder, { recursive: true });
  await drop(page, [folder]);
  await page.getByRole('button', { name: 'Remove mode.json' }).click();
  await page.getByRole('button', { name: 'Remove mode.json' }).waitFor({ state: 'detached' });
  expect(await button(page, 'Import').isDisabled()).toBe(true);
  await page.getByText('Preview first: it shows what Import would do.').waitFor();
  await button(page, 'Preview').click();
  await page.getByText('Preview only. Nothing has been imported yet.').waitFor();
  await page.getByText('Preview first').waitFor({ state: 'detached' });
  const report = page.getByRole('region', { name: 'Report' });
  await report
    .getByText(/^1 router, \d+ devices, .*mode changed to: Only devices I allow$/)
    .waitFor();
  expect(await report.getByRole('table').isVisible()).toBe(false);
  await report.getByText('Details', { exact: true }).click();
  await report.getByText('router.json').waitFor();
  const devices = await report.getByRole('row', { name: /^devices\.json devices / }).textContent();
  expect((await person.request('GET', '/api/v1/routers')).json().items).toEqual([]);

  await button(page, 'Import').click();
  await page.getByText('Imported.').waitFor();
  await report.getByText('Details', { exact: true }).click();
  expect(await report.getByRole('row', { name: /^devices\.json devices / }).textContent()).toBe(
    devices,
  );
  const count = async () => (await person.request('GET', '/api/v1/devices')).json().items.length;
  const imported = await count();
  expect(imported).toBeGreaterThan(0);

  await page.reload();
  await button(page, 'Choose files').waitFor();
  await drop(page, [folder]);
  await page.getByRole('button', { name: 'Remove mode.json' }).click();
  await button(page, 'Preview').click();
  await button(page, 'Import').click();
  await page.getByText('Nothing new: everything is here already.').waitFor();
  expect(await count()).toBe(imported);
  await report.getByText(/^\d+ records were here already, mode unchanged/).waitFor();
  await page.getByRole('link', { name: 'Devices' }).click();
  await page
    .getByText(/^\d+ devices$/)
    .first()
    .waitFor();
  expect(complaints).toEqual([]);
});

test('invalid records stop the import, are listed, and can be skipped', async () => {
  const { page, person } = await open();
  const folder = await folderOf({ 'devices.json': BROKEN });
  await drop(page, [join(folder, 'devices.json')]);
  await button(page, 'Preview').click();
  await page.getByText('Nothing was imported: some records cannot be imported').waitFor();
  await page.getByText('1 record is refused', { exact: true }).waitFor();
  await page.getByText('Import works after a preview without refused records').waitFor();
  const reject = page.getByRole('listitem').filter({ hasText: 'devices.json › devices › 2 › ip' });
  expect(await reject.textContent()).toContain('"nowhere"');
  await reject.getByText('is not an IPv4 or IPv6 address').waitFor();
  expect(await button(page, 'Import').isDisabled()).toBe(true);

  await page.getByText('Skip records that cannot be imported').click();
  await page.getByRole('region', { name: 'Report' }).waitFor({ state: 'detached' });
  await button(page, 'Preview').click();
  await button(page, 'Import').click();
  await page.getByText('Imported.').waitFor();
  const { items } = (await person.request('GET', '/api/v1/devices')).json();
  expect(items).toMatchObject([{ ip: '10.0.0.7' }]);
  await page.getByRole('link', { name: 'Go to Devices' }).click();
  await page.getByRole('row', { name: '10.0.0.7' }).waitFor();
});

test('of several routers the person says which one the files are for', async () => {
  const { page, person } = await open();
  for (const name of ['Attic', 'Garage']) {
    const router = await createRouter(database.service, person.userId);
    await person.request('PATCH', `/api/v1/routers/${router}`, { router_name: name });
  }
  await page.reload();
  await button(page, 'Choose files').waitFor();
  const folder = await folderOf({ 'mode.json': '{"mode": "blacklist"}' });
  await drop(page, [join(folder, 'mode.json')]);
  await page.getByText('Choose the router that the files are for.').waitFor();
  expect(await button(page, 'Preview').isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Choose a router' }).click();
  await page.getByRole('option', { name: 'Garage' }).click();
  await button(page, 'Preview').click();
  await page.getByText('mode changed to: Everyone, but slow these').waitFor();
});

test('a file that is not JSON is refused, with the reason', async () => {
  const { page } = await open();
  const folder = await folderOf({ 'devices.json': 'no JSON at all' });
  await drop(page, [join(folder, 'devices.json')]);
  await button(page, 'Preview').click();
  await page
    .getByRole('alert')
    .getByText(/devices\.json .*Nothing was imported/)
    .waitFor();
  expect(await button(page, 'Import').isDisabled()).toBe(true);
});

test('the remarks of the server are in the language of the person', async () => {
  const { page } = await open({ locale: 'de-DE' });
  const folder = await folderOf({ 'devices.json': BROKEN, 'router.json': '{}', 'mode.json': '' });
  await drop(page, [folder]);
  await button(page, 'Vorschau').click();
  const report = page.getByRole('region', { name: 'Bericht' });
  for (const text of [
    'ist keine IPv4- oder IPv6-Adresse',
    'enthält Benutzername und Passwort des Routers',
    'Die Datei ist leer',
    'first_seen fehlt: last_seen wird übernommen',
  ])
    await expect.poll(() => report.getByText(text).count()).toBe(1);
});
