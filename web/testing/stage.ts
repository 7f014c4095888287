/** All of NetPilot on an embedded server of its own, and a browser, outside of Vitest: for pictures and measurements. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { sessionCookieName } from '../../src/accounts/authentication.ts';
import { createSession } from '../../src/accounts/sessions.ts';
import { parseConfig } from '../../src/config/config.ts';
import { SERVICE_ROLE } from '../../src/config/database-address.ts';
import { openDeployment } from '../../src/database/deployment.ts';
import { type Database, openDatabase } from '../../src/database/pool.ts';
import { tenantTransaction } from '../../src/database/transaction.ts';
import { serve } from '../../src/service/start.ts';
import { freePort } from '../../testing/free-port.ts';
import { launchChromium } from './chromium.ts';

export type Stage = {
  url: string;
  database: Database;
  browser: Browser;
  /** Somebody with an account. */
  addUser: () => Promise<string>;
  /** Gives a browser the cookie of a new session of that user's. */
  signIn: (context: BrowserContext, userId: string) => Promise<void>;
};

/** Sets everything up, does the work, and takes all of it away again. */
export async function onStage(work: (stage: Stage) => Promise<void>): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'netpilot-stage-'));
  stack.defer(() => rm(folder, { recursive: true }));
  const [port, routersPort] = [await freePort(), await freePort()];
  const url = `http://localhost:${port}`;
  const config = parseConfig({
    NETPILOT_DATA: folder,
    PORT: String(port),
    PUBLIC_URL: url,
    ROUTERS_PUBLIC_HOST: '127.0.0.1',
    ROUTERS_PORT: String(routersPort),
    COMMANDS_SERVER_PORT: '0',
    LOG_LEVEL: 'error',
  });
  const service = await serve(config);
  stack.defer(service.stop);
  const deployment = await openDeployment(config);
  stack.defer(deployment.leave);
  const { database, close } = openDatabase(deployment.addresses.service, { role: SERVICE_ROLE });
  stack.defer(close);
  const browser = await launchChromium({ isWhole: true });
  stack.defer(() => browser.close());

  await work({
    url,
    database,
    browser,
    addUser: async () => {
      const id = randomUUID();
      await tenantTransaction(database, id, (transaction) =>
        transaction
          .insertInto('users')
          .values({ id, email: `${id}@example.com` })
          .execute(),
      );
      return id;
    },
    signIn: async (context, userId) => {
      const { token } = await tenantTransaction(database, userId, (transaction) =>
        createSession(
          transaction,
          userId,
          {
            userAgent:
              'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
            ipAddress: '192.168.8.22',
          },
          'now',
        ),
      );
      await context.addCookies([
        { name: sessionCookieName(config), value: token, url, httpOnly: true, sameSite: 'Lax' },
      ]);
    },
  });
}
