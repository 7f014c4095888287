/** The pages of a device, and the home page. */
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { startWebApp } from './web-app.ts';

const database = await createTestDatabase();
const web = await startWebApp(database);

const CONSOLE = '90:47:48:3f:2a:91';

/** The page of one of the home's devices. */
async function openDevice(mac: string) {
  // High enough for all of it: a page that scrolls closes the list of devices.
  const opened = await web.openHome('/', { height: 1400 });
  const { routerId, devices } = opened.home;
  const path = `/routers/${routerId}/devices/${devices.get(mac)}`;
  await opened.page.goto(`${web.url}${path}`);
  await opened.page.getByRole('heading', { name: 'Details' }).waitFor();
  return { ...opened, path };
}

test('a device shows its details, addresses, online times and history', async () => {
  const { page, complaints } = await openDevice(CONSOLE);
  await page.getByRole('heading', { name: 'PlayStation', level: 1 }).waitFor();
  await page.getByText(CONSOLE).waitFor();
  await page.getByText('Sony Interactive Entertainment Inc.').waitFor();
  const card = (name: string) =>
    page.locator('section').filter({ has: page.getByRole('heading', { name, exact: true }) });
  await page.getByRole('img', { name: /^Online times of the last 7 days/ }).waitFor();
  await card('Online times').getByText('Show as a list').click();
  await card('Online times').getByText('still online').waitFor();
  expect(await card('Online times').getByRole('listitem').count()).toBe(20);
  await card('Addresses').getByText('192.168.8.31').waitFor();
  await card('Blocks').getByText('Now').waitFor();
  await card('History').getByText('blocked PlayStation').waitFor();

  await page.getByRole('button', { name: 'Unblock PlayStation' }).click();
  await card('Blocks')
    .getByText(/^until/)
    .waitFor();
  await card('History').getByText('unblocked PlayStation').waitFor();
  await page.getByRole('button', { name: 'Type' }).click();
  await page.getByRole('option', { name: 'TV' }).click();
  await card('History').getByText('set the type of PlayStation: TV').waitFor();
  expect(complaints).toEqual([]);
});

test('two entries are merged into one device, and split again', async () => {
  const { page, person, path } = await openDevice(CONSOLE);
  const parts = async () => {
    const { merged } = (await person.request('GET', `/api/v1${path}`)).json();
    return merged.map(({ hostname }: { hostname: string }) => hostname);
  };
  const merge = async () => {
    await page.getByRole('combobox', { name: 'Choose the duplicate' }).fill('ESP');
    await page.getByRole('option', { name: 'ESP_6B21F0' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('Merged into PlayStation.').waitFor();
    expect(await parts()).toEqual(['ESP_6B21F0']);
  };
  await merge();
  await page.getByText('14:63:93:6b:21:f0').first().waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Split into two devices again.').waitFor();
  expect(await parts()).toEqual([]);
  await merge();
  await page.getByRole('button', { name: 'Split off ESP_6B21F0' }).click();
  await expect.poll(parts).toEqual([]);
});
