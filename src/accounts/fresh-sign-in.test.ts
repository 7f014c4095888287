/** What cannot be undone, or outlives a session, needs a sign-in of the last ten minutes. */
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { type Household, furnish } from '../../testing/household.ts';
import type { Claims } from '../../testing/issuer.ts';
import { readGuardedOperations, requestOf } from '../../testing/operations.ts';
import { newBrowser, somebody, startSignInService } from '../../testing/sign-in.ts';
import { GOOGLE_ISSUER } from '../config/config.ts';
import { maintenanceTransaction } from '../database/transaction.ts';
import { whenAuthenticated } from './freshness.ts';
import { createLocalLink } from './local-link.ts';
import { askAgain } from './openid.ts';

const database = await createTestDatabase();
const { app, config, signIn } = await createTestApp(database);
const service = await startSignInService(database);
const operations = await readGuardedOperations(app);

/** Every operation that needs it, and no other. */
const SENSITIVE = new Set([
  'DELETE /api/v1/me',
  'GET /api/v1/me/export',
  'POST /api/v1/tokens',
  'POST /api/v1/sign-in-links',
  'POST /api/v1/pairing-codes',
  'POST /api/v1/routers/{router_id}/unlink',
  'POST /api/v1/routers/{router_id}/replace',
  'DELETE /api/v1/routers/{router_id}',
  'DELETE /api/v1/homes/{home_id}',
  'POST /api/v1/homes/{home_id}/invitations',
  'POST /api/v1/homes/{home_id}/alert-channels',
  'PATCH /api/v1/homes/{home_id}/members/{member_id}',
]);

const ENDLESS = 'GET /api/v1/events';
const TOO_OLD = '/problems/sign-in-too-old';

describe('with a sign-in of 11 minutes ago', () => {
  let ann: Person;
  let household: Household;
  beforeEach(async () => {
    ann = await signIn();
    household = await furnish(database.service, ann.userId);
    await age(ann, '11 minutes');
  });

  test.each(operations.filter(({ name }) => name !== ENDLESS))('$name', async (operation) => {
    const { headers, ...request } = requestOf(operation, household);
    const answer = await app.inject({ ...request, headers: { ...headers, cookie: ann.cookie } });
    const isTooOld = answer.body.includes(TOO_OLD);
    expect(isTooOld).toBe(SENSITIVE.has(operation.name));
    expect(answer.statusCode === 403).toBe(isTooOld);
  });

  test('a copied cookie makes no token, and the answer says what to do', async () => {
    const answer = await ann.request('POST', '/api/v1/tokens', { token_name: 'x', days: 366 });
    expect(answer.json()).toMatchObject({
      type: TOO_OLD,
      status: 403,
      detail: expect.stringContaining('`netpilot user link`'),
    });
    expect(answer.json()).not.toHaveProperty('sign_in_url');
    expect((await ann.request('GET', '/api/v1/tokens')).json().items).toHaveLength(1);
    const { items } = (await ann.request('GET', '/api/v1/sessions')).json();
    expect(items).toMatchObject([{ is_fresh: false, authenticated_at: expect.any(String) }]);
  });

  test('the document says so', async () => {
    const { paths } = (await app.inject('/openapi.json')).json();
    for (const { path, method, name } of operations) {
      const { description = '' } = paths[path][method.toLowerCase()];
      expect(description.includes(TOO_OLD)).toBe(SENSITIVE.has(name));
    }
  });
});

test('a sign-in of 9 minutes ago is new enough, however old the session is', async () => {
  const ann = await signIn();
  await age(ann, '9 minutes');
  expect((await ann.request('POST', '/api/v1/pairing-codes')).statusCode).toBe(201);
});

test('using a session does not make its sign-in newer', async () => {
  const ann = await signIn();
  await age(ann, '11 minutes');
  await ann.request('PATCH', '/api/v1/me', { full_name: 'Ann' });
  expect((await ann.request('POST', '/api/v1/pairing-codes')).statusCode).toBe(403);
});

test('a token needs only its scope: nobody signs in with it', async () => {
  const ann = await signIn();
  const wish = { token_name: 'backup', scopes: ['account'] };
  const { token } = (await ann.request('POST', '/api/v1/tokens', wish)).json();
  await age(ann, '2 days');
  const headers = { authorization: `Bearer ${token}` };
  expect((await app.inject({ url: '/api/v1/me/export', headers })).statusCode).toBe(200);
});

test('a new local link signs in again', async () => {
  const ann = await signIn();
  await age(ann, '11 minutes');
  const { email } = (await ann.request('GET', '/api/v1/me')).json();
  const { url } = await createLocalLink(database.service, { email, publicUrl: config.publicUrl });
  const { pathname, search, host } = new URL(url);
  const opened = await app.inject({
    url: pathname + search,
    headers: { host, cookie: ann.cookie },
  });
  const [cookie] = opened.cookies;
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/pairing-codes',
    headers: { cookie: `${cookie?.name}=${cookie?.value}` },
  });
  expect(answer.statusCode).toBe(201);
  expect((await ann.request('GET', '/api/v1/me')).statusCode).toBe(401);
});

describe('at an issuer', () => {
  const { issuer, signInAgain, url } = service;

  /** Tries what needs a new sign-in. */
  const link = async (by: Browser) => {
    const page = await by.send('POST', `${url}/api/v1/pairing-codes`);
    return { status: page.status, ...JSON.parse(page.text) };
  };
  const me = async (by: Browser) => JSON.parse((await by.send('GET', `${url}/api/v1/me`)).text);

  /** Somebody who signed in as people do, at an issuer that says nothing of when. */
  const arrive = async (): Promise<{ ann: Claims; by: Browser }> => {
    const [ann, by] = [somebody(), newBrowser()];
    await service.signIn(ann, by);
    return { ann, by };
  };

  test('a sign-in that may have asked nobody is not new; signing in again is, and leads back', async () => {
    const { ann, by } = await arrive();
    expect(await link(by)).toMatchObject({
      status: 403,
      type: TOO_OLD,
      sign_in_url: '/auth/sign-in?fresh=true',
    });
    const asked: URL[] = [];
    issuer.intercept = (request) => {
      asked.push(new URL(request.url ?? '', issuer.url));
      return false;
    };
    const page = await signInAgain(ann, by);
    issuer.intercept = undefined;
    expect(page.url.pathname).toBe('/settings');
    const authorization = asked.find(({ pathname }) => pathname === '/auth');
    expect(Object.fromEntries(authorization?.searchParams ?? [])).toMatchObject({
      max_age: '0',
      prompt: 'login',
    });
    expect(await link(by)).toMatchObject({ status: 201 });
    const { items } = JSON.parse((await by.send('GET', `${url}/api/v1/sessions`)).text);
    expect(items).toMatchObject([{ is_fresh: true, is_current: true }]);
  });

  test('somebody else may not come back: nothing is signed in, created or changed', async () => {
    const { ann, by } = await arrive();
    for (const other of [somebody(), (await arrive()).ann]) {
      // Signed out at the issuer, where they now sign in as somebody else.
      by.forget(issuer.url);
      const page = await signInAgain(other, by);
      expect(JSON.parse(page.text)).toMatchObject({
        status: 403,
        detail: expect.stringContaining('somebody else'),
      });
      expect(await me(by)).toMatchObject({ email: ann.email });
    }
    expect(await link(by)).toMatchObject({ type: TOO_OLD });
  });

  test('an issuer that ignores the wish counts from its answer to it', async () => {
    const { ann, by } = await arrive();
    issuer.intercept = (request) => {
      request.url = request.url?.replace(/&(max_age|prompt)=\w+/g, '') ?? '';
      return false;
    };
    await signInAgain(ann, by);
    issuer.intercept = undefined;
    expect(await link(by)).toMatchObject({ status: 201 });
  });

  test('nobody has to be signed in for it', async () => {
    const [ann, by] = [somebody(), newBrowser()];
    await signInAgain(ann, by);
    expect(await me(by)).toMatchObject({ email: ann.email });
    expect(await link(by)).toMatchObject({ status: 201 });
  });
});

describe('when somebody authenticated', () => {
  const now = new Date('2026-11-26T12:00:00Z');
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

  test.each([
    ['what the issuer says', { isFresh: false, authTime: ago(3600) }, ago(3600)],
    ['what the issuer says, asked again', { isFresh: true, authTime: ago(30) }, ago(30)],
    ['now, if its clock is ahead', { isFresh: true, authTime: ago(-90) }, 'now'],
    ['now, if it was asked again and does not say', { isFresh: true, authTime: undefined }, 'now'],
    ['unknown, if it was not', { isFresh: false, authTime: undefined }, 'unknown'],
  ] as const)('is %s', (_what, attempt, expected) => {
    expect(whenAuthenticated(attempt, now)).toEqual(expected);
  });

  test('is refused if the issuer says that it did not ask again', () => {
    expect(() => whenAuthenticated({ isFresh: true, authTime: ago(601) }, now)).toThrow(
      'The issuer did not ask you to sign in again',
    );
  });
});

test('Google is asked in the way that it knows', () => {
  expect(askAgain(GOOGLE_ISSUER)).toEqual({ max_age: '0', prompt: 'select_account' });
  expect(askAgain('https://login.example')).toEqual({ max_age: '0', prompt: 'login' });
});

/** As if the person had signed in so long ago. */
async function age({ userId }: Person, time: string): Promise<void> {
  await maintenanceTransaction(database.owner, (transaction) =>
    sql`update user_sessions set created_at = now() - interval '3 days',
          authenticated_at = now() - ${time}::interval
        where user_id = ${userId} and token_name is null`.execute(transaction),
  );
}
