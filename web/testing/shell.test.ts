import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { openPage } from './chromium.ts';
import { startWebApp } from './web-app.ts';

const web = await startWebApp(await createTestDatabase());

test('a person who is not signed in gets the sign-in page, in their language', async () => {
  const context = await web.openChromium({ locale: 'de-DE' });
  const { page, complaints } = await openPage(context, web.url);
  await page.goto(`${web.url}/`);
  await page.getByRole('heading', { name: 'Bei NetPilot anmelden' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  expect(complaints).toEqual([]);
});

test('a person who is signed in gets the home page, and nothing violates the Content-Security-Policy', async () => {
  const { page, complaints } = await web.openAs(await web.signIn(), await web.openChromium());
  await page.getByRole('heading', { name: 'Welcome to NetPilot', level: 1 }).waitFor();
  expect(complaints).toEqual([]);
});

test.each([
  ['/', 'Welcome to NetPilot', ['/api/v1/events']],
  ['/devices', 'Devices', ['/api/v1/devices', '/api/v1/events']],
])(
  'the first data of %s comes with the document or beside its files, once',
  async (path, title, wanted) => {
    const context = await web.openChromium();
    const asked: string[] = [];
    context.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/api/v1/')) asked.push(pathname);
    });
    const { page } = await web.openAs(await web.signIn(), context, path);
    await page.getByRole('heading', { name: title, exact: true }).waitFor();
    await expect.poll(() => asked).toEqual(wanted);
  },
);

test('the chosen theme is there before the app starts', async () => {
  const context = await web.openChromium({ colorScheme: 'light' });
  const { page } = await web.openAs(await web.signIn(), context, '/settings');
  await page.getByText('Dark', { exact: true }).click();
  await page.goto(web.url, { waitUntil: 'commit' });
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe(
    'dark',
  );
});

test('the app can be installed in Chromium', async () => {
  const context = await web.openChromium({ isWhole: true });
  const { page } = await web.openAs(await web.signIn(), context);
  const devtools = await context.newCDPSession(page);
  const { errors, data = '{}' } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // Of a page that it would install; no browser of a test's own keeps anything.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
  const { icons }: { icons: { src: string; sizes: string }[] } = JSON.parse(data);
  for (const { src, sizes } of icons.filter((icon) => icon.src.endsWith('.png'))) {
    const size = await page.evaluate(async (address) => {
      const picture = new Image();
      picture.src = address;
      await picture.decode();
      return `${picture.naturalWidth}x${picture.naturalHeight}`;
    }, src);
    expect([src, size]).toEqual([src, sizes]);
  }
});

test("the API's own page works under the policy of all pages", async () => {
  const { page, complaints } = await web.openHome('/');
  await page.goto(`${web.url}/docs`);
  await page.getByRole('heading', { name: 'NetPilot' }).waitFor();
  await page.getByText('List the routers').first().waitFor();
  // Swagger UI would set a style inline; it does without.
  expect(complaints.filter((complaint) => !complaint.includes('inline style'))).toEqual([]);
});

test('a page has its name, its heading the focus, and a wrong address a way back', async () => {
  const { page, home, complaints } = await web.openHome('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  const navigation = page.getByRole('navigation', { name: 'Main' });
  await navigation.getByRole('link', { name: 'People' }).click();
  const focused = page.locator('h1:focus');
  await focused.waitFor();
  expect([await page.title(), await focused.textContent()]).toEqual([
    'People · NetPilot',
    'People',
  ]);
  await page.goto(`${web.url}/nowhere`);
  await page.getByRole('heading', { name: 'Page not found', level: 1 }).waitFor();
  await navigation.getByRole('link', { name: 'Devices' }).waitFor();
  await page.getByRole('link', { name: 'Go to Home' }).click();
  await page.waitForURL(`${web.url}/`);
  await page.goto(`${web.url}/routers/${home.routerId}/devices/none`);
  await page.getByRole('heading', { name: 'This device is not here', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Devices' }).click();
  await page.waitForURL(`${web.url}/devices`);
  expect(complaints).toEqual([]);
});

test.each([
  ['/import', '/settings/data/import'],
  ['/home', '/settings/home'],
])('the address of before, %s, leads to %s', async (before, now) => {
  const { page } = await web.openHome(before);
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe(now);
});
