import type { InjectOptions, Response } from 'light-my-request';
import { type Logger, pino } from 'pino';
import { afterAll } from 'vitest';
import { createSession } from '../src/accounts/sessions.ts';
import { sessionCookieName } from '../src/accounts/authentication.ts';
import { type Config, parseConfig } from '../src/config/config.ts';
import { tenantTransaction } from '../src/database/transaction.ts';
import type { App, Services } from '../src/api/app.ts';
import { createApp } from '../src/service/app.ts';
import { type TestDatabase, createUser } from './database.ts';

/** A person with a browser: requests carry its session's cookie. */
export type Person = {
  userId: string;
  sessionId: string;
  cookie: string;
  request: (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: object,
    headers?: Record<string, string>,
  ) => Promise<Response>;
};

/** The whole HTTP server on a test's database. */
export type TestApp = {
  app: App;
  config: Config;
  services: Services;
  signIn: (userId?: string) => Promise<Person>;
};

/** Puts the server together for a test file; closed after its tests. */
export async function createTestApp(
  database: TestDatabase,
  overrides: Partial<Services> = {},
  environment: Record<string, string> = {},
  logger: Logger = pino({ level: 'silent' }),
): Promise<TestApp> {
  const config = parseConfig(environment);
  const services: Services = {
    config,
    database: database.service,
    serviceAddress: database.addresses.service,
    wakes: database.wakes,
    secretKey: 'a key for tests only, 32 characters or more',
    onSessions: () => undefined,
    routerAccess: {
      host: 'routers.example.com',
      port: 2222,
      hostKeys: ['ssh-ed25519 AAAA', 'ssh-rsa AAAA'],
    },
    // A test that walks every operation sends more than any person.
    requestRules: { perSecond: 1_000_000, atOnce: 1_000_000 },
    ...overrides,
  };
  const app = await createApp(services, logger);
  afterAll(() => app.close());

  const signIn = async (existing?: string): Promise<Person> => {
    const userId = existing ?? (await createUser(database.service));
    const { token, sessionId } = await tenantTransaction(database.service, userId, (transaction) =>
      createSession(transaction, userId, { userAgent: 'test' }, 'now'),
    );
    const cookie = `${sessionCookieName(config)}=${token}`;
    return {
      userId,
      sessionId,
      cookie,
      request: (method, url, body, headers = {}) => {
        const options: InjectOptions = {
          method,
          url,
          headers: { cookie, ...headers },
          ...(body && { payload: body }),
        };
        return app.inject(options);
      },
    };
  };
  return { app, config, services, signIn };
}
