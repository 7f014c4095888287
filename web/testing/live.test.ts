/** Changes made elsewhere appear by themselves. */
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { startWebApp } from './web-app.ts';

const web = await startWebApp(await createTestDatabase());

test('two browsers of one person stay in sync', async () => {
  const { page, person, complaints } = await web.openHome('/devices');
  const { page: other } = await web.openAs(person, await web.openChromium({ width: 390 }), '/');
  await other.getByRole('button', { name: 'Unblock PlayStation' }).waitFor();
  const row = page.getByRole('row', { name: 'NAS' });
  await row.press('b');
  await other.getByRole('button', { name: 'Unblock NAS' }).click();
  await row.getByText('Blocked').waitFor({ state: 'detached' });

  await row.hover();
  await row.getByRole('button', { name: 'Rename NAS' }).click();
  await page.keyboard.type(' in the cellar');
  await page.keyboard.press('Enter');
  await other.goto(`${web.url}/devices`);
  await other.getByRole('row', { name: 'NAS in the cellar' }).waitFor();
  expect(complaints).toEqual([]);
});

test('two people never see each other', async () => {
  const one = await web.openHome('/activity');
  const two = await web.openHome('/activity');
  await one.page.getByText('PlayStation').first().waitFor();
  const requests: string[] = [];
  two.page.on('request', (request) => requests.push(request.url()));
  const nas = one.home.devices.get('90:09:d0:11:6e:24');
  const blocked = await one.person.request('POST', `/api/v1/routers/${one.home.routerId}/blocks`, {
    device_id: nas,
  });
  expect(blocked.statusCode).toBe(201);
  await one.page.getByText('blocked NAS').waitFor();
  // An event of one's own comes after all that others did before.
  await two.person.request('PATCH', '/api/v1/me', { full_name: 'Somebody else' });
  await two.page.getByText('changed the own account').waitFor();
  const blocks = two.page.getByRole('listitem').filter({ hasText: 'blocked' });
  expect(await blocks.allTextContents()).toEqual([expect.stringContaining('blocked 2 devices')]);

  await two.page.goto(`${web.url}/routers/${one.home.routerId}/devices/${nas}`);
  await two.page.getByRole('main').getByRole('alert').waitFor();
  expect(await two.page.getByText('NAS').count()).toBe(0);
});

test('a lost connection shows itself, and catches up', async () => {
  const { page, person, home } = await web.openHome('/devices');
  await page.getByRole('row', { name: 'NAS' }).waitFor();
  const context = page.context();
  // What stands is cut, and nothing new gets through.
  await context.setOffline(true);
  await page.route('**/api/v1/events*', (route) => route.abort());
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await page.getByText('Reconnecting').waitFor();
  // The browser of the tests asks for less motion: what goes on stands still.
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  const id = home.devices.get('90:09:d0:11:6e:24');
  await person.request('PATCH', `/api/v1/routers/${home.routerId}/devices/${id}`, {
    device_name: 'Renamed elsewhere',
  });
  expect(await page.getByText('Renamed elsewhere').count()).toBe(0);
  await page.unroute('**/api/v1/events*');
  await context.setOffline(false);
  await page.getByRole('row', { name: 'Renamed elsewhere' }).waitFor();
  await page.getByText('Reconnecting').waitFor({ state: 'detached' });
});
