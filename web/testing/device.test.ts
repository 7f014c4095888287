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
  const opened = await web.openHome('/', { height: 2000 });
  const { routerId, devices } = opened.home;
  const path = `/routers/${routerId}/devices/${devices.get(mac)}`;
  await opened.page.goto(`${web.url}${path}`);
  await opened.page.getByRole('heading', { name: 'Internet' }).waitFor();
  return { ...opened, path };
}

test('a device shows what holds and why, when it was here, its history, and folded its addresses', async () => {
  const { page, complaints } = await openDevice(CONSOLE);
  await page.getByRole('heading', { name: 'PlayStation', level: 1, exact: true }).waitFor();
  expect(await page.title()).toBe('PlayStation · NetPilot');
  const part = (name: string) =>
    page
      .locator('.device__section')
      .filter({ has: page.getByRole('heading', { name, exact: true }) });
  await page.getByText(/^here for 3 h/).waitFor();
  const days = page.getByRole('list', { name: /^When it was here, the last 7 days/ });
  expect(await days.getByRole('listitem').count()).toBe(7);
  await part('When here').getByText('Show as a list').click();
  await part('When here').getByText('still here').waitFor();
  await part('History').getByText('blocked PlayStation').waitFor();

  const technical = part('Technical');
  await technical.getByRole('heading', { name: 'Technical' }).click();
  await technical.getByText(CONSOLE).waitFor();
  await technical.getByText('Sony Interactive Entertainment Inc.').waitFor();
  await technical.getByText('192.168.8.31').waitFor();
  await technical.getByText('Now').last().waitFor();

  const internet = part('Internet');
  await internet.getByText('No internet: Blocked.').waitFor();
  await internet.getByText('On', { exact: true }).click();
  await internet.getByText('Full speed').waitFor();
  await technical.getByText(/^until/).waitFor();
  await page.getByRole('button', { name: 'It is a' }).click();
  await page.getByRole('option', { name: 'TV' }).click();
  await part('History').getByText('unblocked PlayStation').waitFor();
  await part('History').getByText('set the type of PlayStation: TV').waitFor();
  expect(complaints).toEqual([]);
});

test('an address that leads to no device says so in words, and leads back', async () => {
  const { page, home } = await web.openHome('/');
  await page.goto(`${web.url}/routers/${home.routerId}/devices/none`);
  await page.getByRole('alert').getByText('This device is not here').waitFor();
  expect(await page.getByRole('navigation').count()).toBe(1);
  await page.getByRole('button', { name: 'Devices' }).click();
  await page.getByRole('row', { name: 'NAS' }).waitFor();
});

test('two entries are merged into one device after a preview, and split again', async () => {
  const { page, person, path } = await openDevice(CONSOLE);
  await page.getByRole('heading', { name: 'Technical' }).click();
  const parts = async () => {
    const { merged } = (await person.request('GET', `/api/v1${path}`)).json();
    return merged.map(({ hostname }: { hostname: string }) => hostname);
  };
  const merge = async (kept: string) => {
    await page.getByRole('combobox', { name: 'Choose the duplicate' }).fill('ESP');
    await page.getByRole('option', { name: 'ESP_6B21F0' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Merge PlayStation and ESP_6B21F0?' });
    await dialog.getByText('2 MAC addresses').waitFor();
    await dialog.getByText('PlayStation is restricted now (Blocked)').waitFor();
    await dialog.getByRole('radio', { name: kept }).check();
    await dialog.getByRole('button', { name: 'Merge' }).click();
    await page.getByText('Merged into PlayStation.').waitFor();
    expect(await parts()).toEqual(['ESP_6B21F0']);
  };
  await merge('ESP_6B21F0');
  await page.getByRole('heading', { name: 'ESP_6B21F0', level: 1 }).waitFor();
  await page.getByText('14:63:93:6b:21:f0').first().waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Split into two devices again.').waitFor();
  expect(await parts()).toEqual([]);
  await page.getByRole('heading', { name: 'PlayStation', level: 1 }).waitFor();
  await merge('PlayStation');
  await page.getByRole('button', { name: 'Split off ESP_6B21F0' }).click();
  await expect.poll(parts).toEqual([]);
});
