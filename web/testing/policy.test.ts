/** The policy: edited with a preview, applied by a router that may refuse it. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { connectAgent, linkRouter } from '../../testing/agent.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../../src/database/transaction.ts';
import { startWebApp } from './web-app.ts';

const database = await createTestDatabase();
const web = await startWebApp(database);

const preview = (page: Page) => page.getByRole('region', { name: 'What changes' });

test('each mode shows its outcome, and the preview which devices get less or more', async () => {
  const { page, complaints } = await web.openHome('/policy');
  const whitelist = page.getByRole('radio', { name: /^Only allowed devices/ });
  // Three are on it, and two of the others are blocked by hand, whatever the mode.
  await page
    .getByText('3 devices: full speed · 8 devices: 50 Mbit/s · 2 devices: blocked')
    .waitFor();
  await whitelist.check({ force: true });
  await preview(page).getByText('7 devices get less').waitFor();
  await preview(page).getByText('Galaxy-S23').waitFor();
  await preview(page).getByText('from full speed to 50 Mbit/s').first().waitFor();
  await page.getByRole('textbox', { name: 'Speed for all other devices (Mbit/s)' }).fill('0');
  await page.keyboard.press('Tab');
  await preview(page).getByText('from full speed to blocked').first().waitFor();
  await preview(page).getByText('8 devices get less').waitFor();
  await page.getByRole('button', { name: 'Discard' }).click();
  await preview(page).waitFor({ state: 'detached' });
  expect(
    await page.getByRole('radio', { name: /^Everyone except the blacklist/ }).isChecked(),
  ).toBe(true);
  expect(complaints).toEqual([]);
});

test('an edit is not lost when something else of the policy changes', async () => {
  const { page, person, home } = await web.openHome('/policy');
  await page.getByRole('textbox', { name: 'Speed on the blacklist (Mbit/s)' }).fill('7');
  await page.keyboard.press('Tab');
  await preview(page).waitFor();
  const device_id = home.devices.get('90:09:d0:11:6e:24');
  await person.request('POST', `/api/v1/routers/${home.routerId}/blocks`, { device_id });
  await page.getByText('The router has not confirmed this change yet.').waitFor();
  expect(
    await page.getByRole('textbox', { name: 'Speed on the blacklist (Mbit/s)' }).inputValue(),
  ).toBe('7');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('Saved.').waitFor();
  const { blacklist_limit_rate } = (
    await person.request('GET', `/api/v1/routers/${home.routerId}/policy`)
  ).json();
  expect(blacklist_limit_rate).toBe(7_000_000);
});

test('a change that the server refuses is rolled back, with the reason', async () => {
  const { page, person, home } = await web.openHome('/policy');
  await page.getByRole('radio', { name: /^Everyone [^e]/ }).check({ force: true });
  await page.route('**/policy', (route) =>
    route.request().method() === 'PUT' ? route.abort() : route.fallback(),
  );
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('The server cannot be reached.').waitFor();
  expect(
    await page.getByRole('radio', { name: /^Everyone except the blacklist/ }).isChecked(),
  ).toBe(true);
  const policy = await person.request('GET', `/api/v1/routers/${home.routerId}/policy`);
  expect(policy.json().mode).toBe('blacklist');
});

test('a change is pending until the router has applied it; a refusal of the router shows why', async () => {
  const { page, person, agent } = await openWithRouter();
  agent.judge = () => undefined;
  await page.getByRole('radio', { name: /^Only allowed devices/ }).check({ force: true });
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('Pending', { exact: true }).waitFor();
  await agent.until(() => agent.documents.at(-1)?.[0] === 'mode whitelist');
  agent.say(`applied ${await revisionOf(person.userId)}`);
  await page.getByText('Applied', { exact: true }).waitFor();

  agent.judge = (revision) => `refused ${revision} storage`;
  await page.getByRole('radio', { name: /^Everyone [^e]/ }).check({ force: true });
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('The router rejected this: it has no space left to store it.').waitFor();
  await page.getByText('Pending', { exact: true }).waitFor();
  // It is what the person wants, still: the router is asked again.
  expect(await page.getByRole('radio', { name: /^Everyone [^e]/ }).isChecked()).toBe(true);
});

test('devices are added to both lists and removed, each with an undo', async () => {
  // High enough for all of it: a page that scrolls closes the list of devices.
  const { page, home, person } = await web.openHome('/policy', { height: 1400 });
  for (const list of ['whitelist', 'blacklist']) {
    await page.getByRole('combobox', { name: `Add a device to the ${list}` }).fill('Office');
    await page.getByRole('option', { name: 'Office printer' }).waitFor();
    // By keys: on a busy machine a click may come when the list has just moved or closed.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText(`Added to the ${list}.`).waitFor();
    expect(await onList(list)).toContain('Office printer');
    // All that may be added are shown without typing, too; what is on the list is none of them.
    const card = page.locator('section', {
      has: page.getByRole('combobox', { name: new RegExp(list) }),
    });
    await card.getByRole('button', { name: /^Show devices/ }).click();
    await page.getByRole('option', { name: 'Kitchen speaker' }).waitFor();
    expect(await page.getByRole('option', { name: 'Office printer' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove Office printer from the list' }).click();
    await page.getByText(`Removed from the ${list}.`).waitFor();
    expect(await onList(list)).not.toContain('Office printer');
    const toast = page.locator('.toast').filter({ hasText: `Removed from the ${list}.` });
    await toast.getByRole('button', { name: 'Undo' }).click();
    await toast.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Remove Office printer from the list' }).waitFor();
    expect(await onList(list)).toContain('Office printer');
    await page.getByRole('button', { name: 'Remove Office printer from the list' }).click();
    await page
      .getByRole('button', { name: 'Remove Office printer from the list' })
      .waitFor({ state: 'detached' });
  }

  async function onList(list: string): Promise<string[]> {
    const url = `/api/v1/routers/${home.routerId}/${list}`;
    const { items } = (await person.request('GET', url)).json();
    const names = await Promise.all(
      items.map(async ({ device_id }: { device_id: string }) => {
        const device = await person.request(
          'GET',
          `/api/v1/routers/${home.routerId}/devices/${device_id}`,
        );
        return device.json().device_name;
      }),
    );
    return names;
  }
});

test('without a router the page leads to linking one', async () => {
  const { page, complaints } = await web.openAs(
    await web.signIn(),
    await web.openChromium(),
    '/policy',
  );
  await page.getByRole('link', { name: 'Go to Routers' }).click();
  await page.getByRole('heading', { name: 'Routers', level: 1 }).waitFor();
  expect(complaints).toEqual([]);
});

/** A person at the page, whose router is connected over real SSH. */
async function openWithRouter() {
  const server = await startTestCommandsServer(database);
  const person = await web.signIn();
  const router = await linkRouter(database, person.userId);
  const agent = await connectAgent(server.port, router);
  await agent.until(() => agent.documents.length > 0);
  const opened = await web.openAs(person, await web.openChromium(), '/policy');
  await opened.page.getByText('Applied', { exact: true }).waitFor();
  return { ...opened, person, agent };
}

function revisionOf(userId: string): Promise<number> {
  return tenantTransaction(database.service, userId, async (transaction) => {
    const { policy_revision } = await transaction
      .selectFrom('router_policies')
      .select('policy_revision')
      .executeTakeFirstOrThrow();
    return policy_revision;
  });
}
