/** `npm run screenshots`: each page on a phone and a desktop, light and dark. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../src/config/config.ts';
import { type BrowserOptions, openContext, openPage } from './chromium.ts';
import { moveIn } from './home.ts';
import { onStage } from './stage.ts';

const [, , folder = join(PROJECT_FOLDER, 'docs/screenshots'), only = ''] = process.argv;

const SIZES = {
  phone: { width: 390, height: 844, isTouched: true },
  desktop: { width: 1280, height: 800 },
};
const COLORS = ['light', 'dark'] as const;

await mkdir(folder, { recursive: true });
await onStage(async ({ url, database, browser, addUser, signIn }) => {
  const userId = await addUser();
  const home = await moveIn(database, userId);
  const pages: Record<string, string> = {
    'sign-in': '/sign-in',
    home: '/',
    devices: '/devices',
    device: `/routers/${home.routerId}/devices/${home.devices.get('90:47:48:3f:2a:91')}`,
    people: '/people',
    person: `/people/${home.people.get('Leo')}`,
    rules: '/rules',
    household: '/home',
    routers: '/routers',
    activity: '/activity',
    import: '/import',
    settings: '/settings',
  };
  for (const [size, box] of Object.entries(SIZES))
    for (const colorScheme of COLORS) await photograph({ ...box, colorScheme }, size, pages);

  async function photograph(options: BrowserOptions, size: string, wanted: Record<string, string>) {
    const context = await openContext(browser, options);
    await signIn(context, userId);
    for (const [name, path] of Object.entries(wanted)) {
      if (!name.includes(only)) continue;
      const { page } = await openPage(context, url);
      await page.goto(`${url}${path}`);
      await page.locator('main').waitFor();
      await page.waitForTimeout(600).catch(() => undefined);
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      await page.screenshot({ path: join(folder, `${name}-${size}-${options.colorScheme}.png`) });
      await page.close();
    }
    await context.close();
  }
});
