/** NetPilot listening with its web app, and people who are signed in to it in a browser. */
import type { BrowserContext, Page } from 'playwright-core';
import { type Person, type TestApp, createTestApp } from '../../testing/app.ts';
import type { TestDatabase } from '../../testing/database.ts';
import { freePort } from '../../testing/issuer.ts';
import { openPage } from './chromium.ts';

export type WebApp = TestApp & {
  url: string;
  /** Opens a page as a person, whose session's cookie the browser gets. */
  openAs: (
    person: Person,
    context: BrowserContext,
    path?: string,
  ) => Promise<{ page: Page; complaints: string[] }>;
};

/** Listens on a port of its own; closed after the file's tests. */
export async function startWebApp(database: TestDatabase): Promise<WebApp> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const testApp = await createTestApp(database, {}, { PUBLIC_URL: url });
  await testApp.app.listen({ host: '127.0.0.1', port });

  return {
    ...testApp,
    url,
    openAs: async ({ cookie }, context, path = '/') => {
      const [name = '', value = ''] = cookie.split('=');
      await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }]);
      const opened = await openPage(context, url);
      await opened.page.goto(`${url}${path}`);
      return opened;
    },
  };
}
