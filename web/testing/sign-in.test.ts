import { expect, test } from 'vitest';
import { sessionCookieName } from '../../src/accounts/authentication.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { somebody, startSignInService } from '../../testing/sign-in.ts';
import { openPage } from './chromium.ts';
import { startChromium, startWebApp } from './web-app.ts';

const database = await createTestDatabase();
const service = await startSignInService(database);
const byInvitation = await startSignInService(database, { environment: { SIGN_UP: 'invited' } });
const local = await startWebApp(database);
const openChromium = startChromium();

/** A browser without any session, at a page. */
async function open(path: string) {
  const opened = await openPage(await openChromium(), service.url);
  await opened.page.goto(`${service.url}${path}`);
  await opened.page.getByRole('heading', { name: 'Sign in to NetPilot' }).waitFor();
  return opened;
}

test('sign-in leads to the issuer, and back to the page that was opened', async () => {
  const person = somebody({ name: 'Ann Example' });
  service.issuer.person = person;
  const { page, complaints } = await open('/settings');
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  expect(await page.getByLabel('Email').inputValue()).toBe(person.email);
  expect(page.url()).toBe(`${service.url}/settings`);
  const beyond = complaints.filter((complaint) => !complaint.includes(service.issuer.url));
  expect(beyond).toEqual([]);
});

test('signing out ends the session and leads to the sign-in page', async () => {
  service.issuer.person = somebody();
  const { page } = await open('/settings');
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out' }).first().click();
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
  await page.goto(`${service.url}/devices`);
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
  const names = (await page.context().cookies()).map(({ name }) => name);
  expect(names).not.toContain(sessionCookieName(service.config));
});

test('a refused sign-in is shown, with a way to retry', async () => {
  service.issuer.person = undefined;
  const { page } = await open('/');
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  service.issuer.person = somebody();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Welcome to NetPilot', level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/');
});

test.each([
  ['en', 'Sign in', 'has no account here', 'Sign in with another account'],
  ['de', 'Anmelden', 'hat hier kein Konto', 'Anderes Konto verwenden'],
])(
  'who is not invited learns who can help, in %s, and can take another account',
  async (language, signIn, refused, other) => {
    const person = somebody();
    const { issuer, url } = byInvitation;
    issuer.person = person;
    const context = await openChromium();
    await context.addCookies([{ name: 'netpilot_language', value: language, url }]);
    const { page } = await openPage(context, url);
    await page.goto(`${url}/settings`);
    await page.getByRole('link', { name: signIn }).click();
    await page.getByRole('alert').getByText(`${person.email} ${refused}`).waitFor();
    await page.getByText(`bin/netpilot user invite ${person.email}`).waitFor();
    const link = page.getByRole('link', { name: other });
    expect(await link.getAttribute('href')).toContain('fresh=true');
  },
);

test('a session that is ended elsewhere leads to the sign-in page, and back', async () => {
  const person = await local.signIn();
  const { page } = await local.openAs(person, await openChromium(), '/activity');
  await page.getByRole('heading', { name: 'Activity', level: 1 }).waitFor();
  const other = await local.signIn(person.userId);
  await other.request('POST', '/api/v1/sessions/end-others');
  await page.getByRole('heading', { name: 'Sign in to NetPilot' }).waitFor();
  expect(new URL(page.url()).searchParams.get('return_to')).toBe('/activity');
});

test('without an issuer the page shows how to get a link, and nothing else', async () => {
  const { page } = await openPage(await openChromium(), local.url);
  await page.goto(local.url);
  await page.getByText('bin/netpilot user link').waitFor();
  expect(await page.getByRole('link').count()).toBe(0);
  await page.goto(`${local.url}/auth/local?token=used`);
  const alert = page.getByRole('alert');
  expect(await alert.textContent()).toContain('already used');
  expect(await alert.textContent()).not.toContain('`');
  const person = await local.signIn();
  const { page: other } = await local.openAs(
    person,
    await openChromium(),
    '/auth/local?token=used',
  );
  await other.getByRole('heading', { name: 'Welcome to NetPilot', level: 1 }).waitFor();
});
