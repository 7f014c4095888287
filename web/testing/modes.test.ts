/** Who may use the internet: three modes, changed with a preview, applied by a router that may refuse it. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { connectAgent, linkRouter } from '../../testing/agent.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../../src/database/transaction.ts';
import { startWebApp } from './web-app.ts';

const database = await createTestDatabase();
const web = await startWebApp(database);

const change = (page: Page) => page.getByRole('region', { name: 'What changes' });

test('each mode says what it means, and the bar who loses by it; what is typed is what is applied', async () => {
  // The address of the page that was there before.
  const { page, person, home, complaints } = await web.openHome('/policy');
  // Three are allowed, and two of the others are blocked by hand, whatever the mode.
  await page.getByText('3 full speed · 8 at 50 Mbit/s · 2 without internet').waitFor();
  await page.getByRole('radio', { name: /^Only devices I allow/ }).check({ force: true });
  await change(page).getByText('7 devices get slower:').waitFor();
  await change(page).getByText('Show each device').click();
  await change(page).getByText('full speed → 50 Mbit/s').first().waitFor();
  await choose(page, 'All others get', 'Off');
  await change(page).getByText('8 devices lose internet:').waitFor();
  await page
    .getByText('3 devices are allowed. All others, and new ones, have no internet.')
    .waitFor();

  await choose(page, 'All others get', 'Slow');
  await choose(page, 'All others get: How fast?', 'Other speed');
  const speed = page.getByRole('textbox', { name: 'Speed in Mbit/s' });
  await speed.fill('');
  await change(page).getByText('Type a number of Mbit/s first, such as 5 or 0.5.').waitFor();
  expect(await page.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
  await speed.pressSequentially('7.5');
  await change(page).getByText('full speed → 7.5 Mbit/s').first().waitFor();
  await page.getByRole('button', { name: 'Apply' }).click();
  await change(page).waitFor({ state: 'detached' });
  await page.getByText('Saved. Sending to Home …').waitFor();
  const { mode, whitelist_limit_rate } = (
    await person.request('GET', `/api/v1/routers/${home.routerId}/policy`)
  ).json();
  expect({ mode, whitelist_limit_rate }).toEqual({
    mode: 'whitelist',
    whitelist_limit_rate: 7_500_000,
  });

  await page.getByRole('radio', { name: /^Everyone online/ }).check({ force: true });
  await page.getByRole('button', { name: 'Discard' }).click();
  await change(page).waitFor({ state: 'detached' });
  expect(await page.getByRole('radio', { name: /^Only devices I allow/ }).isChecked()).toBe(true);
  expect(complaints).toEqual([]);
});

test('an edit neither loses to what somebody else changes, nor takes that back', async () => {
  const { page, person, home } = await web.openHome('/rules');
  const policy = `/api/v1/routers/${home.routerId}/policy`;
  await choose(page, 'These get', 'Off');
  await change(page).getByText('1 device loses internet:').waitFor();
  await person.request('PATCH', policy, { blacklist_full_rate: 80_000_000 });
  await page.getByText('Home: The router has not confirmed this change yet.').waitFor();
  await change(page).getByText('1 device loses internet:').waitFor();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('Saved.').waitFor();
  const { blacklist_limit_rate, blacklist_full_rate } = (
    await person.request('GET', policy)
  ).json();
  expect([blacklist_limit_rate, blacklist_full_rate]).toEqual([0, 80_000_000]);
});

test('a change that the server refuses is not applied, says why, and can be tried again', async () => {
  const { page, person, home } = await web.openHome('/rules');
  await page.getByRole('radio', { name: /^Everyone online/ }).check({ force: true });
  await page.route('**/policy', (route) =>
    route.request().method() === 'PATCH' ? route.abort() : route.fallback(),
  );
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('The server cannot be reached.').waitFor();
  const policy = await person.request('GET', `/api/v1/routers/${home.routerId}/policy`);
  expect(policy.json().mode).toBe('blacklist');
  await page.unroute('**/policy');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('Saved.').waitFor();
});

test('a change is pending until the router has applied it; a refusal of the router shows why', async () => {
  const { page, person, agent } = await openWithRouter();
  agent.judge = () => undefined;
  await page.getByRole('radio', { name: /^Only devices I allow/ }).check({ force: true });
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText(/: The router has not confirmed this change yet\.$/).waitFor();
  await agent.until(() => agent.documents.at(-1)?.[0] === 'mode whitelist');
  agent.say(`applied ${await revisionOf(person.userId)}`);
  await page.getByText(/^In force on /).waitFor();

  agent.judge = (revision) => `refused ${revision} storage`;
  await page.getByRole('radio', { name: /^Everyone online/ }).check({ force: true });
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText(/The router rejected this: it has no space left to store it\./).waitFor();
  // It is what the person wants, still: the router is asked again.
  expect(await page.getByRole('radio', { name: /^Everyone online/ }).isChecked()).toBe(true);
});

test('all that are here are allowed in one tap, others are picked together; each has an undo', async () => {
  const { page, home, person } = await web.openHome('/rules');
  await page.getByRole('radio', { name: /^Only devices I allow/ }).check({ force: true });
  await page.getByRole('button', { name: 'Allow all that are here now (7)' }).click();
  await page.getByText('7 devices are allowed.', { exact: true }).waitFor();
  expect(await namesOn('whitelist')).toContain('Kitchen speaker');
  await page.getByText('Allowed devices (10)').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Allowed devices (3)').waitFor();
  expect(await namesOn('whitelist')).not.toContain('Kitchen speaker');

  await page.getByRole('button', { name: 'Choose devices to allow' }).click();
  const dialog = page.getByRole('dialog');
  // What is allowed is not offered.
  expect(await dialog.getByRole('checkbox', { name: /NAS/ }).count()).toBe(0);
  await dialog.getByRole('textbox', { name: 'Find a device' }).fill('o');
  await dialog.getByRole('checkbox', { name: /^Office printer/ }).check({ force: true });
  await dialog.getByRole('checkbox', { name: /^Old desktop/ }).check({ force: true });
  await dialog.getByRole('button', { name: 'Allow 2 devices' }).click();
  await page.getByText('Allowed devices (5)').waitFor();
  await page.getByRole('button', { name: 'Take Office printer off this list' }).click();
  await page.getByText('Office printer is not on the list of allowed devices any more.').waitFor();
  expect(await namesOn('whitelist')).not.toContain('Office printer');

  async function namesOn(list: string): Promise<string[]> {
    const url = `/api/v1/routers/${home.routerId}`;
    const { items } = (await person.request('GET', `${url}/${list}`)).json();
    const names = await Promise.all(
      items.map(async ({ device_id }: { device_id: string }) => {
        const device = await person.request('GET', `${url}/devices/${device_id}`);
        return device.json().device_name;
      }),
    );
    return names;
  }
});

test('the bar says what becomes of the device in use, and it is asked about before it is cut off', async () => {
  const { page, person, home } = await web.openHome('/');
  const id = home.devices.get('10:29:59:8a:41:07') ?? '';
  await tenantTransaction(database.service, person.userId, (transaction) =>
    transaction
      .updateTable('user_devices')
      .set({ ip: '127.0.0.1' })
      .where((row) => row.and({ user_id: person.userId, id }))
      .execute(),
  );
  await page.goto(`${web.url}/rules`);
  await page.getByRole('radio', { name: /^Only devices I allow/ }).check({ force: true });
  await choose(page, 'All others get', 'Off');
  await change(page).getByText('The device you are using stays on.').waitFor();
  await page.getByRole('button', { name: 'Take Anna’s MacBook off this list' }).click();
  await change(page).getByText('The device you are using loses internet.').waitFor();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
  const { mode } = (await person.request('GET', `/api/v1/routers/${home.routerId}/policy`)).json();
  expect(mode).toBe('blacklist');
});

test('without a router the page leads to linking one', async () => {
  const { page, complaints } = await web.openAs(
    await web.signIn(),
    await web.openChromium(),
    '/rules',
  );
  await page.getByRole('link', { name: 'Go to Routers' }).click();
  await page.getByRole('heading', { name: 'Routers', level: 1 }).waitFor();
  expect(complaints).toEqual([]);
});

/** Chooses one of a few choices that stand side by side. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page
    .getByRole('group', { name: label, exact: true })
    .getByRole('radio', { name: option })
    .check({ force: true });
}

/** A person at the page, whose router is connected over real SSH. */
async function openWithRouter() {
  const server = await startTestCommandsServer(database);
  const person = await web.signIn();
  const router = await linkRouter(database, person.userId);
  const agent = await connectAgent(server.port, router);
  await agent.until(() => agent.documents.length > 0);
  const opened = await web.openAs(person, await web.openChromium(), '/rules');
  await opened.page.getByText(/^In force on /).waitFor();
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
