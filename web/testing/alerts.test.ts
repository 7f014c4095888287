/** Being told: where, of what, and what became of it. */
import { type Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { ALLOWED } from '../../testing/alerts.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { startTarget } from '../../testing/target-server.ts';
import { startWebApp } from './web-app.ts';

const web = await startWebApp(await createTestDatabase(), {}, ALLOWED);

/** Signed in as somebody new, on the page of alerts. */
async function openAlerts(path = '/settings/alerts') {
  const person = await web.signIn();
  return { person, ...(await web.openAs(person, await web.openChromium(), path)) };
}

/** Opens the form of a kind of channel. */
async function startAdding(page: Page, kind: string) {
  await page.getByRole('button', { name: 'Add a channel' }).click();
  await page.getByRole('dialog').getByRole('button', { name: kind }).click();
  const form = page.getByRole('dialog', { name: kind });
  await form.waitFor();
  return form;
}

test('a channel is added and tried, and what went wrong is said in words', async () => {
  let status = 404;
  const target = await startTarget(() => ({ status }));
  onTestFinished(target.close);
  const { page, complaints } = await openAlerts();
  await page.getByRole('heading', { name: 'Nothing is sent to you yet' }).waitFor();
  const form = await startAdding(page, 'ntfy');
  const topic = await form.getByRole('textbox', { name: 'Topic' }).inputValue();
  expect(topic).toMatch(/^home-\w{12}$/);
  await form.getByRole('textbox', { name: 'Address of the server' }).fill('https://192.168.1.1');
  await form.getByRole('button', { name: 'Add a channel' }).click();
  await form.getByRole('alert').getByText('The address is not on the internet').waitFor();
  await form.getByRole('textbox', { name: 'Address of the server' }).fill(target.url);
  await form.getByRole('textbox', { name: 'What you call it' }).fill('Anna’s phone');
  await form.getByRole('checkbox', { name: 'A router does not apply a change' }).uncheck();
  await form.getByRole('button', { name: 'Add a channel' }).click();
  const added = page.getByRole('dialog', { name: 'Anna’s phone is added' });
  await added.getByRole('button', { name: 'Send a test' }).click();
  await added.getByRole('status').getByText('nothing at this address: check it (404)').waitFor();
  status = 200;
  await added.getByRole('button', { name: 'Send a test' }).click();
  await added.getByText('Sent: look whether it has arrived.').waitFor();
  await added.getByRole('button', { name: 'Close' }).click();
  expect(JSON.parse(String(target.received.at(-1)?.body))).toMatchObject({
    topic,
    title: 'A test from NetPilot',
  });
  await page.getByText(/^\d+ of \d+ kinds come here/).waitFor();
  await page.getByText(/^Last arrived/).waitFor();
  await page.getByRole('link', { name: 'What was sent' }).click();
  const entries = page.getByRole('listitem').filter({ hasText: 'A test from NetPilot' });
  await entries.nth(1).getByText('nothing at this address').waitFor();
  await entries.first().getByText('Sent', { exact: true }).waitFor();
  expect(complaints).toEqual([]);
});

test('a webhook’s secret is shown once, and the channel is changed, switched off and removed', async () => {
  const { page, complaints } = await openAlerts();
  const form = await startAdding(page, 'Webhook');
  await form.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1:9/');
  await form.getByRole('button', { name: 'Add a channel' }).click();
  const secret = await page.getByRole('dialog').locator('code').textContent();
  expect(secret).toMatch(/^whsec_/);
  await page.getByRole('button', { name: 'Close' }).click();
  await page.reload();
  await page.getByText('to 127.0.0.1:9').waitFor();
  expect(await page.locator('body').textContent()).not.toContain(secret);
  await chooseMore(page, 'Webhook', 'Change …');
  const change = page.getByRole('dialog', { name: 'Change Webhook' });
  await change.getByRole('textbox', { name: 'What you call it' }).fill('The NAS');
  for (const box of await change.getByRole('checkbox').all()) await box.uncheck();
  await change.getByText('Nothing is chosen: nothing comes here.').waitFor();
  await change.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Nothing comes here').waitFor();
  await chooseMore(page, 'The NAS', 'Switch off');
  await page.getByText('The NAS is off. What waited is left out.').waitFor();
  await page.getByRole('listitem').getByText('Off', { exact: true }).waitFor();
  await chooseMore(page, 'The NAS', 'Remove …');
  const question = page.getByRole('alertdialog', { name: 'Remove The NAS?' });
  await question.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('heading', { name: 'Nothing is sent to you yet' }).waitFor();
  expect(complaints).toEqual([]);
});

test('a channel that ended says why; what an operator does not have is not offered', async () => {
  const { page, complaints } = await web.openHome('/settings/alerts', { locale: 'de-DE' });
  await page
    .getByText('NetPilot hat ihn ausgeschaltet: Dort empfängt niemand mehr Nachrichten (410).')
    .waitFor();
  await page.getByRole('button', { name: 'Meldeweg hinzufügen' }).click();
  expect(await page.getByRole('button', { name: /^E-Mail/ }).isDisabled()).toBe(true);
  expect(complaints).toEqual([]);
});

async function chooseMore(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('quiet hours, the digest of the week and watched devices are kept', async () => {
  const { page, person, home, complaints } = await web.openHome('/settings/alerts');
  await page.getByText('You are told at any time.').waitFor();
  await page.getByRole('button', { name: 'Add a time' }).click();
  await page.getByRole('checkbox', { name: 'A child asks for more time' }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved.').waitFor();
  await page.getByRole('button', { name: 'Watch devices' }).click();
  const picker = page.getByRole('dialog', { name: 'Watch devices' });
  await picker.getByRole('checkbox').first().check();
  await picker.getByRole('button', { name: 'Watch 1 device' }).click();
  await page.getByRole('button', { name: /^Do not watch .+ any more$/ }).waitFor();
  const path = `/api/v1/homes/${home.homeId}/alert-preferences`;
  expect((await person.request('GET', path)).json()).toMatchObject({
    quiet_hours: [{ from: '22:00', to: '07:00' }],
    let_through: expect.arrayContaining(['access_asked']),
    digest: { day: 7, time: '18:00' },
    watched_devices: [{}],
  });
  expect(complaints).toEqual([]);
});
