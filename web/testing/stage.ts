/** NetPilot with its web app on an embedded server of its own, outside of Vitest: for pictures and measurements. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Browser, BrowserContext } from 'playwright-core';
import { sessionCookieName } from '../../src/accounts/authentication.ts';
import { createSession } from '../../src/accounts/sessions.ts';
import { parseConfig } from '../../src/config/config.ts';
import { SERVICE_ROLE } from '../../src/database/address.ts';
import { joinEmbeddedServer } from '../../src/database/embedded/server.ts';
import { migrateUp } from '../../src/database/migrate.ts';
import { type Database, openDatabase } from '../../src/database/pool.ts';
import { prepareEmbeddedDatabase } from '../../src/database/roles.ts';
import { tenantTransaction } from '../../src/database/transaction.ts';
import { createApp } from '../../src/http/app.ts';
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
  const server = await joinEmbeddedServer({ dataFolder: folder });
  stack.defer(server.leave);
  await prepareEmbeddedDatabase(server.addresses);
  await migrateUp(server.addresses.admin);
  const { database, close } = openDatabase(server.addresses.service, { role: SERVICE_ROLE });
  stack.defer(close);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const config = parseConfig({ PUBLIC_URL: url });
  const app = await createApp(
    {
      config,
      database,
      serviceAddress: server.addresses.service,
      secretKey: randomUUID(),
      commandsServer: undefined,
      routerAccess: { host: 'netpilot.example.com', port: 2222, hostKey: 'ssh-ed25519 AAAA' },
    },
    pino({ level: 'silent' }),
  );
  stack.defer(() => app.close());
  await app.listen({ host: '127.0.0.1', port });
  const browser = await launchChromium();
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
        createSession(transaction, userId, {
          userAgent:
            'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
          ipAddress: '192.168.8.22',
        }),
      );
      await context.addCookies([
        { name: sessionCookieName(config), value: token, url, httpOnly: true, sameSite: 'Lax' },
      ]);
    },
  });
}
