/** `npm run screenshots`: each page on a phone and a desktop, light and dark, and the pictures of the guide. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../src/config/config.ts';
import type { Database } from '../../src/database/pool.ts';
import { tenantTransaction } from '../../src/database/transaction.ts';
import type { BrowserContext, Page } from 'playwright-core';
import { type BrowserOptions, openContext, openPage } from './chromium.ts';
import { type Home, moveIn } from './home.ts';
import { pagesOf } from './pages.ts';
import { onStage } from './stage.ts';

const [, , folder = join(PROJECT_FOLDER, 'docs/screenshots'), only = ''] = process.argv;

const guide = join(PROJECT_FOLDER, 'docs/guide/pictures');

const SIZES = {
  phone: { width: 390, height: 844, isTouched: true },
  desktop: { width: 1280, height: 800 },
};
const COLORS = ['light', 'dark'] as const;

/** Pages of which there is little to see. */
const NOT_PICTURED = new Set(['invitation', 'help', 'help topic', 'no such page']);

await mkdir(folder, { recursive: true });
await onStage(async ({ url, database, browser, addUser, signIn }) => {
  const userId = await addUser();
  const home = await moveIn(database, userId, { isPictured: true });
  const pages = pagesOf(home).filter(([name]) => !NOT_PICTURED.has(name));
  for (const [size, box] of Object.entries(SIZES))
    for (const colorScheme of COLORS) await photograph({ ...box, colorScheme }, size, pages);
  await photographGuide(guidePictures(home));
  await settle(database, userId, home);
  await photographGuide({ home: '/' });

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

  async function photograph(options: BrowserOptions, size: string, wanted: typeof pages) {
    const context = await openContext(browser, { ...options, timeZone: 'Europe/Berlin' });
    await signIn(context, userId);
    for (const [name, path] of wanted) {
      if (!name.includes(only)) continue;
      const page = await openAt(context, path);
      await page.screenshot({ path: join(folder, `${name}-${size}-${options.colorScheme}.png`) });
      await page.close();
    }
    await context.close();
  }
});

/** Allows what waits, and what comes: all is well then. */
async function settle(database: Database, user_id: string, { homeId }: Home): Promise<void> {
  await tenantTransaction(database, user_id, async (transaction) => {
    await transaction
      .updateTable('user_devices')
      .set({ reviewed_at: new Date().toISOString() })
      .where('reviewed_at', 'is', null)
      .execute();
    const decided = { kind: 'new_device', target: 'everyone', access: 'allow' };
    await transaction
      .insertInto('access_rules')
      .values({ user_id, home_id: homeId, ...decided })
      .execute();
  });
}

/** By the names that docs/guide/ has for them; `home` comes last, once all is well. */
function guidePictures({ routerId, devices, people }: Home): Record<string, string> {
  return {
    'new-device': '/',
    people: '/people',
    person: `/people/${people.get('Leo')}`,
    rules: '/rules',
    routers: '/routers',
    access: '/settings/home',
    device: `/routers/${routerId}/devices/${devices.get('90:47:48:3f:2a:91')}`,
  };
}
