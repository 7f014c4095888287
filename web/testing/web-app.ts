/** NetPilot listening with its web app, and people who are signed in to it in browsers. */
import type { BrowserContext, Page } from 'playwright-core';
import type { Services } from '../../src/api/app.ts';
import { afterAll, beforeEach, onTestFinished } from 'vitest';
import { type Person, type TestApp, createTestApp } from '../../testing/app.ts';
import type { TestDatabase } from '../../testing/database.ts';
import { freePort } from '../../testing/free-port.ts';
import { type Look, hasChromium, launchChromium, openContext, openPage } from './chromium.ts';
import { type Home, moveIn } from './home.ts';

export type WebApp = TestApp & {
  url: string;
  /** A browser with its own cookies; closed after the test. */
  openChromium: (look?: Look) => Promise<BrowserContext>;
  /** Opens a page as a person, whose session's cookie the browser gets. */
  openAs: (person: Person, context: BrowserContext, path?: string) => Promise<Opened>;
  /** A person who has just moved in, with a home (home.ts), at a page. */
  openHome: (path: string, look?: Look) => Promise<Opened & { person: Person; home: Home }>;
};

export type Opened = { page: Page; complaints: string[] };

/** Listens on a port of its own, and starts one Chromium; both are closed after the file's tests. */
export async function startWebApp(
  database: TestDatabase,
  services: Partial<Services> = {},
): Promise<WebApp> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const testApp = await createTestApp(database, services, { PUBLIC_URL: url });
  await testApp.app.listen({ host: '127.0.0.1', port });
  const openChromium = await startChromium();
  const openAs: WebApp['openAs'] = async ({ cookie }, context, path = '/') => {
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }]);
    const opened = await openPage(context, url);
    await opened.page.goto(`${url}${path}`);
    return opened;
  };
  return {
    ...testApp,
    url,
    openChromium,
    openAs,
    openHome: async (path, look) => {
      const person = await testApp.signIn();
      const home = await moveIn(database.service, person.userId);
      const opened = await openAs(person, await openChromium(look), path);
      return { ...opened, person, home };
    },
  };
}

/** One Chromium for the file's tests, which are skipped where there is none; gives what opens a browser of its own in it. */
export async function startChromium(): Promise<WebApp['openChromium']> {
  const browser = hasChromium ? await launchChromium() : undefined;
  afterAll(() => browser?.close());
  beforeEach(({ skip }) => skip(!hasChromium, 'no Chromium: apt-get install chromium'));
  return async (look) => {
    if (browser === undefined) throw new Error('There is no Chromium.');
    const context = await openContext(browser, look);
    onTestFinished(() => context.close());
    return context;
  };
}
