/** `npm run screenshots`: each page on a phone and a desktop, light and dark, and the pictures of the guide. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../src/config/config.ts';
import type { BrowserContext, Page } from 'playwright-core';
import { type BrowserOptions, openContext, openPage } from './chromium.ts';
import { type Home, moveIn } from './home.ts';
import { onStage } from './stage.ts';

const [, , folder = join(PROJECT_FOLDER, 'docs/screenshots'), only = ''] = process.argv;

const guide = join(PROJECT_FOLDER, 'docs/guide/pictures');

const SIZES = {
  phone: { width: 390, height: 844, isTouched: true },
  desktop: { width: 1280, height: 800 },
};
const COLORS = ['light', 'dark'] as const;

await mkdir(folder, { recursive: true });
await onStage(async ({ url, database, browser, addUser, signIn }) => {
  const userId = await addUser();
  const home = await moveIn(database, userId, { isPictured: true });
  const pages: Record<string, string> = {
    'sign-in': '/sign-in',
    home: '/',
    devices: '/devices',
    'device-panel': `/devices?device=${home.routerId}/${home.devices.get('90:47:48:3f:2a:91')}`,
    device: `/routers/${home.routerId}/devices/${home.devices.get('90:47:48:3f:2a:91')}`,
    people: '/people',
    person: `/people/${home.people.get('Leo')}`,
    rules: '/rules',
    household: '/settings/home',
    routers: '/routers',
    activity: '/activity',
    import: '/settings/data/import',
    settings: '/settings',
    alerts: '/settings/alerts',
    'alert-log': '/settings/alerts/log',
    access: '/settings/access',
    data: '/settings/data',
    account: '/settings/account',
  };
  for (const [size, box] of Object.entries(SIZES))
    for (const colorScheme of COLORS) await photograph({ ...box, colorScheme }, size, pages);
  await photographGuide(guidePictures(home));

  /** What a person sees on a phone, as far down as the guide speaks of. */
  async function photographGuide(wanted: Record<string, string>): Promise<void> {
    const context = await openContext(browser, {
      ...SIZES.phone,
      height: 640,
      colorScheme: 'light',
      timeZone: 'Europe/Berlin',
    });
    await signIn(context, userId);
    for (const [name, path] of Object.entries(wanted)) {
      if (!`guide-${name}`.includes(only)) continue;
      const page = await openAt(context, path);
      await page.screenshot({ path: join(guide, `${name}.png`) });
      await page.close();
    }
    await context.close();
  }

  async function openAt(context: BrowserContext, path: string): Promise<Page> {
    const { page } = await openPage(context, url);
    await page.goto(`${url}${path}`);
    await page.locator('main').waitFor();
    await page.waitForTimeout(600).catch(() => undefined);
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    return page;
  }

  async function photograph(options: BrowserOptions, size: string, wanted: Record<string, string>) {
    const context = await openContext(browser, { ...options, timeZone: 'Europe/Berlin' });
    await signIn(context, userId);
    for (const [name, path] of Object.entries(wanted)) {
      if (!name.includes(only)) continue;
      const page = await openAt(context, path);
      await page.screenshot({ path: join(folder, `${name}-${size}-${options.colorScheme}.png`) });
      await page.close();
    }
    await context.close();
  }
});

/** By the names that docs/guide/ has for them. */
function guidePictures({ routerId, devices, people }: Home): Record<string, string> {
  return {
    home: '/',
    'new-device': '/',
    people: '/people',
    person: `/people/${people.get('Leo')}`,
    rules: '/rules',
    routers: '/routers',
    access: '/settings/home',
    device: `/routers/${routerId}/devices/${devices.get('90:47:48:3f:2a:91')}`,
  };
}
