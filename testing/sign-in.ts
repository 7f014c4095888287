/** NetPilot listening, with a real issuer to sign in at. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { afterAll } from 'vitest';
import { type TestApp, createTestApp } from './app.ts';
import { type Browser, type Page, createBrowser } from './browser.ts';
import type { TestDatabase } from './database.ts';
import { freePort } from './free-port.ts';
import { type Claims, type Issuer, type IssuerOptions, startIssuer } from './issuer.ts';

export type SignInService = Pick<TestApp, 'app' | 'config' | 'services'> & {
  /** Where it listens: PUBLIC_URL. */
  url: string;
  issuer: Issuer;
  /** The whole way, from NetPilot to the issuer and back to `returnTo`. */
  signIn: (person: Claims, browser?: Browser, returnTo?: string) => Promise<Page>;
  /** The same, asked to sign in again; ends where that leads, or is refused. */
  signInAgain: (person: Claims, browser: Browser) => Promise<Page>;
  /** The way up to the callback, which is not asked for: its address, as the issuer gave it. */
  comeBack: (person: Claims | undefined, browser: Browser) => Promise<URL>;
};

/** Both are closed after the file's tests. */
export async function startSignInService(
  database: TestDatabase,
  options: IssuerOptions & { logger?: Logger; environment?: Record<string, string> } = {},
): Promise<SignInService> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const issuer = await startIssuer(`${url}/auth/callback`, options);
  afterAll(() => issuer.stop());
  const environment = {
    PUBLIC_URL: url,
    OIDC_ISSUER: issuer.url,
    GOOGLE_CLIENT_ID: issuer.clientId,
    GOOGLE_CLIENT_SECRET: issuer.clientSecret,
    TRUSTED_PROXIES: '127.0.0.1',
    SIGN_UP: 'open',
    ...options.environment,
  };
  const { app, config, services } = await createTestApp(database, {}, environment, options.logger);
  await app.listen({ host: '127.0.0.1', port });

  const go = (person: Claims | undefined, by: Browser, returnTo: string, stopAt: string) => {
    issuer.person = person;
    return by.visit(`${url}/auth/sign-in?return_to=${encodeURIComponent(returnTo)}`, stopAt);
  };
  return {
    app,
    config,
    services,
    url,
    issuer,
    signIn: (person, by = newBrowser(), returnTo = '/devices') =>
      go(person, by, returnTo, new URL(returnTo, url).pathname),
    signInAgain: (person, by) => {
      issuer.person = person;
      return by.visit(`${url}/auth/sign-in?fresh=true&return_to=/settings`, '/settings');
    },
    comeBack: async (person, by) => (await go(person, by, '/devices', '/auth/callback')).url,
  };
}

/** A person nobody has met before, with a verified e-mail. */
export function somebody(more: Partial<Claims> = {}): Claims {
  const sub = randomUUID();
  return { sub, email: `${sub}@example.com`, email_verified: true, name: 'Ann Example', ...more };
}

/** A browser at an address of its own, so that one test's attempts do not count against another's. */
export function newBrowser(headers: Record<string, string> = {}): Browser {
  return createBrowser({ 'x-forwarded-for': nextAddress(), ...headers });
}

let addresses = 0;

/** Of the network kept for documentation and benchmarks (RFC 2544). */
function nextAddress(): string {
  addresses += 1;
  return `198.18.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`;
}
