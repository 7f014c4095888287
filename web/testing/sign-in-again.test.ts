/** What needs a new sign-in: the page asks for one, and goes on with it afterwards. */
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createLocalLink } from '../../src/accounts/local-link.ts';
import { maintenanceTransaction } from '../../src/database/transaction.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { somebody, startSignInService } from '../../testing/sign-in.ts';
import { openPage } from './chromium.ts';
import { moveIn } from './home.ts';
import { startChromium, startWebApp } from './web-app.ts';

const database = await createTestDatabase();
const service = await startSignInService(database);
const local = await startWebApp(database);
const openChromium = startChromium();

/** Somebody with a home, who signed in at the issuer a while ago, at a page. */
async function open(path: string) {
  const person = somebody();
  service.issuer.person = person;
  const opened = await openPage(await openChromium(), service.url);
  const { page } = opened;
  await page.goto(`${service.url}${path}`);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('navigation').first().waitFor();
  const { id } = await maintenanceTransaction(database.owner, (transaction) =>
    transaction
      .selectFrom('users')
      .select('id')
      .where('email', '=', person.email ?? '')
      .executeTakeFirstOrThrow(),
  );
  const home = await moveIn(database.service, id);
  await page.goto(`${service.url}${path}`);
  return { ...opened, id, home };
}

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Please sign in again' });

/** Reads why a new sign-in is needed, and signs in. */
async function signInAgain(page: Page, why: string): Promise<void> {
  await dialogOf(page).getByText(why).waitFor();
  await dialogOf(page).getByRole('button', { name: 'Sign in again' }).click();
}

test('a token is created after signing in again, as it was wanted', async () => {
  const { page } = await open('/settings/access');
  await page.getByRole('button', { name: 'Create token' }).click();
  await page.getByRole('textbox', { name: 'What it is for' }).fill('Backup');
  await page
    .getByRole('dialog', { name: 'Create token' })
    .getByRole('button', { name: 'Create token' })
    .click();
  await signInAgain(page, 'To create a token');
  await page.getByRole('dialog', { name: 'Your token Backup' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/settings/access');
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByText('Backup').waitFor();
  // Once: not again when the page is opened again.
  await page.reload();
  await page.getByText('Backup').waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('the export is downloaded after signing in again', async () => {
  const { page } = await open('/settings/data');
  await page.getByRole('button', { name: 'Export everything' }).click();
  const download = page.waitForEvent('download');
  await signInAgain(page, 'To export your data');
  expect((await download).suggestedFilename()).toMatch(/^netpilot-export-/);
});

test('a code to link a router is shown after signing in again', async () => {
  const { page } = await open('/routers');
  await page.getByRole('button', { name: 'Link a router' }).click();
  await signInAgain(page, 'To link a router');
  await page.getByText('No router reaches this NetPilot yet').waitFor(); // this one is on loopback
  expect(new URL(page.url()).pathname).toBe('/routers');
});

test('unlinking and deleting the account are confirmed once more after signing in again', async () => {
  const { page, id } = await open('/routers');
  await page.getByRole('button', { name: 'Unlink' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Unlink' }).click();
  await signInAgain(page, 'To remove a router');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Unlink' }).waitFor();
  const { rows } = await maintenanceTransaction(database.owner, (transaction) =>
    sql`select from user_routers where user_id = ${id} and is_active`.execute(transaction),
  );
  expect(rows).toHaveLength(1);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Unlink' }).click();
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
});

test('nothing is done for somebody else who comes back', async () => {
  const { page } = await open('/settings/data');
  await page.getByRole('button', { name: 'Export everything' }).click();
  service.issuer.person = somebody();
  await page.context().clearCookies({ domain: '127.0.0.1', name: /^_/ });
  await signInAgain(page, 'To export your data');
  await page.getByRole('alert').getByText('somebody else').waitFor();
  expect(new URL(page.url()).pathname).toBe('/auth/callback');
});

test('without an issuer a new link is opened beside the page, which then goes on', async () => {
  const { page, person } = await local.openHome('/routers');
  await maintenanceTransaction(database.owner, (transaction) =>
    sql`update user_sessions set authenticated_at = now() - interval '11 minutes'
        where user_id = ${person.userId}`.execute(transaction),
  );
  await page.getByRole('button', { name: 'Link a router' }).click();
  await dialogOf(page).getByText('bin/netpilot user link').waitFor();
  const { email } = (await person.request('GET', '/api/v1/me')).json();
  const link = await createLocalLink(database.service, { email, publicUrl: local.url });
  const beside = await page.context().newPage();
  await beside.goto(link.url);
  await beside.close();
  await dialogOf(page).getByRole('button', { name: 'Continue' }).click();
  await page.getByText('No router reaches this NetPilot yet').waitFor(); // this one is on loopback
  expect(await dialogOf(page).count()).toBe(0);
});
