import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { openPage } from './chromium.ts';
import { startWebApp } from './web-app.ts';

const web = await startWebApp(await createTestDatabase());

test('who is not signed in is led to the sign-in page, in their language', async () => {
  const context = await web.openChromium({ locale: 'de-DE' });
  const { page, complaints } = await openPage(context, web.url);
  await page.goto(`${web.url}/`);
  await page.getByRole('heading', { name: 'Bei NetPilot anmelden' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  expect(complaints).toEqual([]);
});

test('who is signed in sees the start, and nothing breaks the Content-Security-Policy', async () => {
  const { page, complaints } = await web.openAs(await web.signIn(), await web.openChromium());
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
  expect(complaints).toEqual([]);
});
