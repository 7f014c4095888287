/** NetPilot with its web app on a port, and people signed in to it in browsers. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Services } from '../../src/api/app.ts';
import { afterAll, beforeEach, onTestFinished } from 'vitest';
import { type Person, type TestApp, createTestApp } from '../../testing/app.ts';
import type { TestDatabase } from '../../testing/database.ts';
import { freePort } from '../../testing/free-port.ts';
import {
  type BrowserOptions,
  hasChromium,
  launchChromium,
  openContext,
  openPage,
} from './chromium.ts';
import { type Home, moveIn } from './home.ts';

type WebApp = TestApp & {
  url: string;
  /** A browser with its own cookies; closed after the test. */
  openChromium: (options?: BrowserOptions) => Promise<BrowserContext>;
  /** Opens a page with the session cookie of a person. */
  openAs: (person: Person, context: BrowserContext, path?: string) => Promise<Opened>;
  /** Opens a page as a new person with a home (home.ts). */
  openHome: (
    path: string,
    options?: BrowserOptions,
  ) => Promise<Opened & { person: Person; home: Home }>;
};

export type Opened = { page: Page; complaints: string[] };

/** Listens on a free port and starts one Chromium; both are closed after the file's tests. */
export async function startWebApp(
  database: TestDatabase,
  services: Partial<Services> = {},
  environment: Record<string, string> = {},
): Promise<WebApp> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const testApp = await createTestApp(database, services, { ...environment, PUBLIC_URL: url });
  await testApp.app.listen({ host: '127.0.0.1', port });
  const openChromium = startChromium();
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
    openHome: async (path, options) => {
      const person = await testApp.signIn();
      const home = await moveIn(database.service, person.userId);
      const opened = await openAs(person, await openChromium(options), path);
      return { ...opened, person, home };
    },
  };
}

/** Returns a function that opens a context in the file's one Chromium; the file's tests are skipped if there is none. */
export function startChromium(): WebApp['openChromium'] {
  const browsers = new Map<boolean, Promise<Browser>>();
  afterAll(async () => {
    for (const browser of browsers.values()) await (await browser).close();
  });
  beforeEach(({ skip }) => skip(!hasChromium, 'no Chromium: apt-get install chromium'));
  return async (options = {}) => {
    const { isWhole = false } = options;
    const browser = browsers.get(isWhole) ?? launchChromium({ isWhole });
    browsers.set(isWhole, browser);
    const context = await openContext(await browser, options);
    onTestFinished(() => context.close());
    return context;
  };
}
