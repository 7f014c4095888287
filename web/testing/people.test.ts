/** People: paused and resumed, given a bedtime with a preview; a new device is approved for one of them. */
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { tenantTransaction } from '../../src/database/transaction.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { startWebApp } from './web-app.ts';

const database = await createTestDatabase();
const web = await startWebApp(database);

const PHONE = { width: 390, isTouched: true };

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

test('a person is paused in one tap, everywhere it shows; longer, and resumed', async () => {
  const { page, person, home, complaints } = await web.openHome('/', PHONE);
  await page.getByRole('button', { name: 'Pause Leo for 30 minutes' }).click();
  await page.getByText('Pausing Leo …').waitFor();
  await confirm(person.userId);
  await page.getByText('Leo is paused.').waitFor();
  await page
    .getByText(/^(29|30) min left$/)
    .first()
    .waitFor();
  const [rule] = (await person.request('GET', `/api/v1/homes/${home.homeId}/rules`)).json().items;
  expect(rule).toMatchObject({ kind: 'pause', person_id: home.people.get('Leo') });

  await page.goto(`${web.url}/devices`);
  await page.getByRole('row', { name: 'Leo’s tablet' }).getByText('Paused').waitFor();
  await page.goto(`${web.url}/people/${home.people.get('Leo')}`);
  await page.getByRole('button', { name: '15 minutes longer for Leo' }).click();
  await page.getByText('Pausing Leo longer …').waitFor();
  const longer = await person.request('GET', `/api/v1/homes/${home.homeId}/rules/${rule.id}`);
  expect(Date.parse(longer.json().until_at)).toBe(Date.parse(rule.until_at) + 15 * 60_000);
  await page.getByRole('button', { name: 'Resume Leo' }).click();
  await page.getByRole('button', { name: 'Pause Leo' }).waitFor();
  expect(complaints).toEqual([]);
});

test('the length of a pause is chosen beside it; a person without devices is paused and resumed too', async () => {
  const { page, person, home } = await web.openHome('/people', PHONE);
  await person.request('POST', `/api/v1/homes/${home.homeId}/people`, { name: 'Mia' });
  await page.getByRole('button', { name: 'Choose how long Mia is paused' }).click();
  await page.getByText('No device belongs to Mia yet').waitFor();
  await page.getByRole('button', { name: 'Until I resume' }).click();
  await page.getByRole('button', { name: 'Resume Mia' }).click();
  await page.getByRole('button', { name: 'Pause Mia' }).waitFor();
  const { items } = (await person.request('GET', `/api/v1/homes/${home.homeId}/rules`)).json();
  expect(items.map(({ kind }: { kind: string }) => kind)).toEqual(['schedule']);
});

test('a pause that ends by itself disappears by itself', async () => {
  const { page, person, home } = await web.openHome(`/people`);
  const until_at = new Date(Date.now() + 4_000).toISOString();
  await person.request('POST', `/api/v1/homes/${home.homeId}/rules`, {
    kind: 'pause',
    target: 'person',
    person_id: home.people.get('Anna'),
    access: 'block',
    until_at,
  });
  await page.getByRole('button', { name: 'Resume Anna' }).waitFor();
  await page.getByRole('button', { name: 'Pause Anna' }).waitFor();
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(until_at));
});

test('a bedtime: the preview follows each letter, and then it holds', async () => {
  const { page, person, home, complaints } = await web.openHome('/people', {
    timeZone: 'Europe/Berlin',
  });
  await page.getByRole('link', { name: 'Anna', exact: true }).click();
  await page.getByRole('button', { name: /^Bedtime/ }).click();
  const dialog = page.getByRole('dialog');
  const preview = dialog.getByRole('region', { name: 'What changes' });
  await preview.getByText('2 devices get less').waitFor();
  await preview.getByText('Anna’s MacBook').waitFor();
  await choose(page, 'What then?', 'Slower');
  await dialog.getByText('Give a speed for at least one direction.').waitFor();
  await dialog.getByRole('textbox', { name: 'Download (Mbit/s)' }).fill('2');
  await preview
    .getByText(/2 Mbit\/s/)
    .first()
    .waitFor();
  await dialog.getByRole('textbox', { name: 'Download (Mbit/s)' }).pressSequentially('5');
  await preview
    .getByText(/25 Mbit\/s/)
    .first()
    .waitFor();
  expect(await preview.getByText(/(^|[^2])5 Mbit\/s/).count()).toBe(0);
  await choose(page, 'What then?', 'No internet');
  // Earlier on Friday than on Saturday, of the second of the two times.
  await dialog.getByRole('checkbox', { name: 'Saturday' }).last().uncheck({ force: true });
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('Saved.').waitFor();
  await page
    .getByText('Bedtime: no internet Mon–Thu and Sun 9:00 PM–7:00 AM, Fri 10:00 PM–9:00 AM')
    .waitFor();
  // The same as strips, in words for those who do not see them.
  await page
    .getByText('Saturday: no internet 12:00 AM–9:00 AM', { exact: true })
    .waitFor({ state: 'attached' });
  const { items } = (await person.request('GET', `/api/v1/homes/${home.homeId}/rules`)).json();
  expect(items[0]).toMatchObject({
    name: 'Bedtime',
    access: 'block',
    windows: [
      { days: [1, 2, 3, 4, 7], from: '21:00', to: '07:00' },
      { days: [5], from: '22:00', to: '09:00' },
    ],
  });
  // The home had no time zone: it has the browser's since its first rule.
  const { timezone } = (await person.request('GET', `/api/v1/homes/${home.homeId}`)).json();
  expect(timezone).toBe('Europe/Berlin');

  await page.getByRole('switch', { name: 'Bedtime is on' }).click();
  await page.getByText('Off', { exact: true }).waitFor();
  expect(complaints).toEqual([]);
});

test('a device is given to somebody by its menu or by dragging it, and given back', async () => {
  const { page, person, home, complaints } = await web.openHome('/people', { height: 1000 });
  const owner = async (mac: string) => {
    const url = `/api/v1/routers/${home.routerId}/devices/${home.devices.get(mac)}`;
    const { person_id } = (await person.request('GET', url)).json();
    return [...home.people].find(([, id]) => id === person_id)?.[0];
  };
  await page.getByRole('button', { name: 'Give to somebody: Old desktop' }).click();
  await page.getByRole('menuitem', { name: 'Anna' }).click();
  await page.getByText('Old desktop belongs to Anna.').waitFor();
  const column = (name: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
  await column('Anna').getByRole('link', { name: 'Old desktop' }).waitFor();
  expect(await owner('18:26:49:0c:77:31')).toBe('Anna');
  await page.getByRole('button', { name: 'Undo' }).click();
  await column('Nobody’s').getByRole('link', { name: 'Old desktop' }).waitFor();

  await page
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: 'Living room TV' }) })
    .last()
    .dragTo(column('Leo'));
  await page.getByText('Living room TV belongs to Leo.').waitFor();
  expect(await owner('20:17:42:be:70:1c')).toBe('Leo');
  expect(complaints).toEqual([]);
});

test('a new device is approved, and is somebody’s, in one tap', async () => {
  const { page, person, home, complaints } = await web.openHome('/', PHONE);
  await page.getByRole('button', { name: 'Galaxy-S23 belongs to Anna' }).click();
  await page.getByText('Galaxy-S23 is allowed.').waitFor();
  await page.getByRole('button', { name: 'Allow Galaxy-S23' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Block ESP_6B21F0 for good' }).click();
  await page.getByText('ESP_6B21F0 is blocked.').waitFor();
  await page.getByRole('button', { name: 'Unblock ESP_6B21F0' }).waitFor();
  const { items } = (await person.request('GET', '/api/v1/devices')).json();
  const found = items.find(({ hostname }: { hostname: string }) => hostname === 'Galaxy-S23');
  expect(found).toMatchObject({ person_id: home.people.get('Anna'), is_new: false });
  expect(complaints).toEqual([]);
});

/** Chooses from a list in a dialog, without a mouse: a busy machine may move the list under it. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('button', { name: label }).focus();
  await page.keyboard.press('Enter');
  const wanted = page.getByRole('option', { name: option });
  await wanted.waitFor();
  await wanted.focus();
  await page.keyboard.press('Enter');
}

test('everyone is paused from the home page, after it said how many devices that is, and resumed', async () => {
  const { page, person, home, complaints } = await web.openHome('/', PHONE);
  await page.getByRole('button', { name: 'Pause everyone' }).click();
  const dialog = page.getByRole('dialog', { name: 'Pause everyone' });
  await dialog.getByText('All 13 devices of this home are paused.').waitFor();
  await dialog.getByRole('button', { name: '15 minutes' }).click();
  await page.getByText('Pausing everyone …').waitFor();
  await confirm(person.userId);
  await page.getByText('Everyone is paused.').waitFor();
  await page.getByRole('button', { name: 'Resume everyone', exact: true }).click();
  await page.getByRole('button', { name: 'Pause everyone' }).waitFor();
  const { items } = (await person.request('GET', `/api/v1/homes/${home.homeId}/rules`)).json();
  expect(items.map(({ kind }: { kind: string }) => kind)).toEqual(['schedule']);
  expect(complaints).toEqual([]);
});
