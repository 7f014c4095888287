import { sql } from 'kysely';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { tenantTransaction } from '../../src/database/transaction.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { startWebApp } from './web-app.ts';

const database = await createTestDatabase();
const web = await startWebApp(database);

/** Labels of the rows that are shown, from the top. */
function namesIn(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('[role=rowheader] a')]
      .toSorted((one, other) => one.getBoundingClientRect().y - other.getBoundingClientRect().y)
      .map(({ textContent }) => textContent),
  );
}

async function blockedNames(userId: string): Promise<string[]> {
  const { rows } = await tenantTransaction(database.service, userId, (transaction) =>
    sql<{ name: string }>`select coalesce(device_name, hostname, host(d.ip)) as name
      from user_blocked_devices b join user_devices d on d.id = b.device_id where b.is_active order by 1`.execute(
      transaction,
    ),
  );
  return rows.map(({ name }) => name);
}

/** Opens the panel of a device. */
async function openPanel(page: Page, name: string): Promise<Locator> {
  await page.getByRole('row', { name }).click();
  const panel = page.getByRole('complementary', { name });
  await panel.getByRole('heading', { name: 'Internet' }).waitFor();
  return panel;
}

/** Chooses On, Slow or Off. */
async function choose(panel: Locator, wanted: string): Promise<void> {
  await panel.getByText(wanted, { exact: true }).first().click();
}

/** The router has done what it was told. */
async function confirm(userId: string): Promise<void> {
  await tenantTransaction(database.service, userId, async (transaction) => {
    await sql`update router_policies set applied_revision = policy_revision, applied_at = now()`.execute(
      transaction,
    );
    await sql`insert into events (user_id, type) values (${userId}, 'policy.applied')`.execute(
      transaction,
    );
  });
}

test('a row opens its device: off at once, the toast and the words follow the router, and undo', async () => {
  const { page, person, complaints } = await web.openHome('/devices');
  const row = page.getByRole('row', { name: 'NAS' });
  const panel = await openPanel(page, 'NAS');
  expect(new URL(page.url()).searchParams.get('device')).toMatch(/.\/./);
  expect(await page.title()).toBe('NAS · NetPilot');
  await panel.getByText('Full speed').waitFor();
  await choose(panel, 'Off');
  await row.getByText('Blocked · pending').waitFor();
  await page.getByText('Blocking NAS …').waitFor();
  await panel.getByText('Waits for Home. The router has not confirmed this change yet.').waitFor();
  expect(await blockedNames(person.userId)).toContain('NAS');

  await confirm(person.userId);
  await page.getByText('NAS is blocked.').waitFor();
  await row.getByText('Blocked', { exact: true }).waitFor();
  await panel.getByText('Active on Home.').waitFor();
  await panel.getByText(/^by you · since/).waitFor();

  await page.getByRole('button', { name: 'Undo' }).click();
  await panel.getByText('Full speed').waitFor();
  await expect.poll(() => blockedNames(person.userId)).not.toContain('NAS');
  await page.goBack();
  await panel.waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});

test('off for half an hour, slow for as long, and on again', async () => {
  const { page, person } = await web.openHome('/devices');
  const panel = await openPanel(page, 'NAS');
  const rules = async () => {
    const { id } = (await person.request('GET', '/api/v1/homes')).json().items[0];
    const { items } = (await person.request('GET', `/api/v1/homes/${id}/rules`)).json();
    return items
      .filter(({ device_id }: { device_id: string | null }) => device_id !== null)
      .map(({ kind, access, until_at, down_rate }: Record<string, unknown>) => ({
        kind,
        access,
        down_rate,
        isTimed: until_at !== null,
      }));
  };
  await panel.getByRole('button', { name: 'For' }).click();
  await page.getByRole('option', { name: '30 minutes' }).click();
  await choose(panel, 'Off');
  await panel.getByText(/^No internet: Paused/).waitFor();
  await panel.getByText(/^until .* left/).waitFor();
  // The panel shows a change before the server has it.
  await expect
    .poll(rules)
    .toEqual([{ kind: 'pause', access: 'block', down_rate: null, isTimed: true }]);
  await choose(panel, 'Slow');
  await panel.getByText('Slow: 5 Mbit/s.').waitFor();
  await expect
    .poll(rules)
    .toEqual([{ kind: 'exception', access: 'limit', down_rate: 5_000_000, isTimed: true }]);
  await choose(panel, 'On');
  await panel.getByText('Full speed').waitFor();
  await expect.poll(rules).toEqual([]);
});

test('a refused block is rolled back, with the reason', async () => {
  const { page, person } = await web.openHome('/devices');
  const panel = await openPanel(page, 'NAS');
  await page.route('**/blocks', (route) =>
    route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      json: { type: '/problems/conflict', title: 'Conflict', status: 409, detail: 'Not today.' },
    }),
  );
  await choose(panel, 'Off');
  await page.getByText('Not today.').waitFor();
  await panel.getByText('Full speed').waitFor();
  expect(await blockedNames(person.userId)).not.toContain('NAS');
});

test('the device in use is marked, and blocked only after a confirmation', async () => {
  const { page, person } = await web.openHome('/');
  await tenantTransaction(database.service, person.userId, (transaction) =>
    sql`update user_devices set ip = '127.0.0.1' where device_name = 'NAS'`.execute(transaction),
  );
  await page.goto(`${web.url}/devices`);
  await page.getByRole('row', { name: 'NAS' }).getByText('This device').waitFor();
  const panel = await openPanel(page, 'NAS');
  await choose(panel, 'Off');
  const dialog = page.getByRole('alertdialog', { name: 'Block NAS?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await blockedNames(person.userId)).not.toContain('NAS');
  await choose(panel, 'Off');
  await dialog.getByRole('button', { name: 'Block' }).click();
  await panel.getByText('No internet: Blocked.').waitFor();
  await expect.poll(() => blockedNames(person.userId)).toContain('NAS');
});

test('several devices are selected, named, and blocked at once; from five on it asks', async () => {
  const { page, person } = await web.openHome('/devices');
  const group = page.getByRole('toolbar', { name: 'Selected devices' });
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  for (const name of ['NAS', 'Living room TV', 'Kitchen speaker'])
    await page.getByRole('row', { name }).click();
  await group.getByText('3 selected').waitFor();
  await group.getByText('Kitchen speaker').waitFor();
  await group.getByRole('button', { name: 'Block' }).click();
  await page.getByText('Blocking 3 devices …').waitFor();
  const names = ['Kitchen speaker', 'Living room TV', 'NAS'];
  await expect.poll(() => blockedNames(person.userId)).toEqual(expect.arrayContaining(names));
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => blockedNames(person.userId)).toEqual(['192.168.8.83', 'PlayStation']);

  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await group.getByRole('button', { name: 'Select all 13' }).click();
  await group.getByRole('button', { name: 'Give to' }).click();
  await page.getByRole('menuitem', { name: 'Leo' }).click();
  const dialog = page.getByRole('dialog', { name: 'Give 13 devices to Leo?' });
  await dialog.getByText('Office printer').waitFor();
  await dialog.getByRole('button', { name: 'Do it' }).click();
  await page.getByText('13 devices belong to Leo now.').waitFor();
  await page.getByRole('row', { name: 'NAS' }).getByText('Leo').waitFor();
});

test('the address filters the list; without a filter it shows all', async () => {
  const { page } = await web.openHome('/devices?state=blocked');
  await page.getByRole('row', { name: 'PlayStation' }).waitFor();
  expect(await namesIn(page)).toHaveLength(2);
  await page.getByRole('link', { name: 'Devices' }).click();
  await page.getByRole('row', { name: 'Office printer' }).waitFor();
  await page.goto(`${web.url}/devices?state=nonsense`);
  await page.getByRole('row', { name: 'Office printer' }).waitFor();
});

test('the list is searched, filtered and sorted; a filter is a chip that goes away', async () => {
  const { page } = await web.openHome('/devices');
  const search = page.getByRole('searchbox');
  await search.fill('sony 8.31');
  await expect.poll(() => namesIn(page)).toEqual(['PlayStation']);
  await search.fill('nothing like it');
  await page.getByRole('button', { name: 'Show all devices' }).click();
  expect(await search.inputValue()).toBe('');
  await page.getByText('No internet 2').click();
  await expect.poll(() => namesIn(page)).toHaveLength(2);
  expect(new URL(page.url()).searchParams.get('state')).toBe('blocked');
  await page.getByText('All', { exact: true }).click();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('button', { name: 'Person' }).click();
  await page.getByRole('option', { name: 'Leo' }).click();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => namesIn(page)).toEqual(['PlayStation', 'Leo’s tablet']);
  await page.getByRole('button', { name: /^Sorted/ }).click();
  await page.getByRole('menuitem', { name: 'Name' }).click();
  await expect.poll(() => namesIn(page)).toEqual(['Leo’s tablet', 'PlayStation']);
  await page.getByRole('button', { name: 'Remove the filter Leo' }).click();
  await page.getByRole('row', { name: 'Office printer' }).waitFor();
});

test('a device is renamed in place: Enter saves, Escape does not, an empty name removes it', async () => {
  const { page } = await web.openHome('/devices');
  const rename = async (from: string, to: string, key: string) => {
    await page.getByRole('row', { name: from }).hover();
    await page.getByRole('button', { name: `Rename ${from}` }).click();
    await page.getByRole('textbox', { name: `Rename ${from}` }).fill(to);
    await page.keyboard.press(key);
  };
  await rename('NAS', 'Attic', 'Escape');
  await page.getByRole('row', { name: 'NAS' }).waitFor();
  await rename('NAS', 'Attic', 'Enter');
  await page.getByRole('row', { name: 'Attic' }).waitFor();
  await rename('Attic', '', 'Enter');
  await page.getByRole('row', { name: 'DiskStation' }).waitFor();
  await page.reload();
  await page.getByRole('row', { name: 'DiskStation' }).waitFor();
  expect(await namesIn(page)).not.toContain('Attic');
});

test('of thousands of devices only those in view are rendered, and all are found', async () => {
  const { page, person, home } = await web.openHome('/');
  await tenantTransaction(database.service, person.userId, (transaction) =>
    sql`insert into user_devices (user_id, router_id, ip, mac, hostname, first_seen, last_seen)
        select ${person.userId}, ${home.routerId}, '10.0.0.0'::inet + n, ('02' || lpad(to_hex(n), 10, '0'))::macaddr,
               'host-' || n, now() - interval '1 year', now() - interval '20 days' - n * interval '1 second'
        from generate_series(1, 2000) n`.execute(transaction),
  );
  await page.goto(`${web.url}/devices`);
  await page.getByText('2,014 devices', { exact: true }).waitFor();
  expect(await page.getByRole('row').count()).toBeLessThan(60);
  await page.keyboard.press('End');
  await page.getByRole('row', { name: 'host-2000' }).waitFor();
  expect(await page.getByRole('row', { name: 'host-2000' }).getAttribute('aria-rowindex')).toBe(
    '2014',
  );
  await page.getByRole('searchbox').fill('host-1234');
  await page.getByRole('row', { name: 'host-1234' }).waitFor();
});

test('46-router-is-off: the devices of a router that is away are unknown since then, not green', async () => {
  const { page, person, home, complaints } = await web.openHome('/devices');
  const row = page.getByRole('row', { name: 'NAS' });
  const say = (router: { is_connected: boolean; last_seen: string }) =>
    tenantTransaction(database.service, person.userId, async (transaction) => {
      const key = { user_id: person.userId, router_id: home.routerId };
      const connection_id = router.is_connected ? crypto.randomUUID() : null;
      // As before stays ended with the connection: the rows go on saying that they are online.
      await sql`update user_devices set is_online = true where mac is not null and shown_as is null`.execute(
        transaction,
      );
      await transaction
        .updateTable('user_routers')
        .set({ ...router, connection_id })
        .where((each) => each.and(key))
        .execute();
      await sql`insert into events (user_id, type, router_id) values (${person.userId}, 'router.disconnected', ${home.routerId})`.execute(
        transaction,
      );
    });
  await say({ is_connected: true, last_seen: new Date().toISOString() });
  await row.getByText('Here', { exact: true }).waitFor();
  await say({ is_connected: false, last_seen: '2026-01-02T13:36:00Z' });
  await row.getByText(/^Unknown since .*2/).waitFor();
  expect(await row.locator('[data-state=here]').count()).toBe(0);
  await page.getByText('Here 0').waitFor();
  await page.getByText(/^Unknown 1\d/).waitFor();
  await page.goto(`${new URL(page.url()).origin}/`);
  await page.getByRole('heading', { name: /^Home has been away since/ }).waitFor();
  await page.getByText('Nobody knows: no router is connected.').waitFor();
  expect(complaints).toEqual([]);
});

test('08-walks-over-to-the-repeater: blocking one of several behind a MAC asks, and names all of them', async () => {
  const { page, person, complaints } = await web.openHome('/devices');
  await tenantTransaction(database.service, person.userId, (transaction) =>
    sql`insert into device_addresses (user_id, router_id, device_id, ip, first_seen, last_seen, is_current, is_online)
      select user_id, router_id, id, ip.ip, now(), now(), true, true
      from user_devices, (values (inet '192.168.77.201'), ('192.168.77.202')) ip (ip)
      where 'NAS' in (device_name, hostname)`.execute(transaction),
  );
  const panel = await openPanel(page, 'NAS');
  await choose(panel, 'Off');
  const dialog = page.getByRole('alertdialog', { name: 'Block NAS?' });
  await dialog.getByText('192.168.77.202').waitFor();
  expect(await blockedNames(person.userId)).not.toContain('NAS');
  await dialog.getByRole('button', { name: 'Block' }).click();
  await expect.poll(() => blockedNames(person.userId)).toContain('NAS');
  expect(complaints.filter((text) => !text.includes('409'))).toEqual([]);
});
