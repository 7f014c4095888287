/** Everything that can go wrong between NetPilot, the issuer and anyone in between. */
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { sql } from 'kysely';
import { Value } from 'typebox/value';
import { afterEach, describe, expect, test } from 'vitest';
import type { Browser } from '../../testing/browser.ts';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import { newBrowser, somebody, startSignInService } from '../../testing/sign-in.ts';
import { maintenanceTransaction } from '../database/transaction.ts';
import { Problem } from '../api/problem.ts';

const database = await createTestDatabase();
const { comeBack, issuer, signIn, url } = await startSignInService(database);
// Nobody has asked these issuers for anything yet.
const [late, failing, fresh] = [
  await startSignInService(database),
  await startSignInService(database),
  await startSignInService(database),
];
const misnamed = await startSignInService(database, { nameOf: () => 'https://evil.example' });

afterEach(() => {
  issuer.intercept = undefined;
});

describe('a callback is refused', () => {
  test('with a state that is not its own', async () => {
    const by = newBrowser();
    const callback = await comeBack(somebody(), by);
    const state = callback.searchParams.get('state') ?? '';
    const other = (character: string) => (character === 'A' ? 'B' : 'A');
    const tampered = [
      `${other(state.charAt(0))}${state.slice(1)}`,
      `${state.slice(0, -2)}${other(state.charAt(state.length - 2))}${state.slice(-1)}`,
    ];
    for (const wrong of [...tampered, 'made.up', 'x']) {
      callback.searchParams.set('state', wrong);
      expect(await refusal(by, callback)).toContain('did not begin in this browser');
    }
  });

  test('without a state', async () => {
    const by = newBrowser();
    const callback = await comeBack(somebody(), by);
    callback.searchParams.delete('state');
    const page = await by.visit(callback);
    expect(page.status).toBe(400);
    expect(JSON.parse(page.text).errors).toMatchObject([{ field: 'state' }]);
  });

  test('in another browser, which may have begun a sign-in itself; the right one still gets in', async () => {
    const [ann, eve] = [newBrowser(), newBrowser()];
    const callback = await comeBack(somebody(), ann);
    expect(await refusal(eve, callback)).toContain('did not begin in this browser');
    await comeBack(somebody(), eve);
    expect(await refusal(eve, callback)).toContain('did not begin in this browser');
    expect((await ann.visit(callback, '/devices')).status).toBe(303);
  });

  test('with a browser cookie that we did not sign', async () => {
    const callback = await comeBack(somebody(), newBrowser());
    const by = newBrowser({ cookie: 'netpilot_sign_in=made-up.c2lnbmF0dXJl' });
    expect(await refusal(by, callback)).toContain('did not begin in this browser');
  });

  test('the second time', async () => {
    const by = newBrowser();
    const callback = await comeBack(somebody(), by);
    await by.visit(callback, '/devices');
    expect(await refusal(by, callback)).toContain('was already finished');
  });

  test('all but once, when it comes many times at once', async () => {
    const by = newBrowser();
    const callback = await comeBack(somebody(), by);
    const pages = await Promise.all(
      Array.from({ length: 6 }, () => by.visit(callback, '/devices')),
    );
    expect(pages.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      303, 403, 403, 403, 403, 403,
    ]);
  });

  test('after ten minutes', async () => {
    const by = newBrowser();
    const callback = await comeBack(somebody(), by);
    await asOwner(sql`update sign_in_attempts set expires_at = now()`);
    expect(await refusal(by, callback)).toContain('took more than 10 minutes');
  });

  test('with a code that ran out', async () => {
    const by = newBrowser();
    const callback = await comeBack(somebody(), by);
    await issuer.expireCode(callback.searchParams.get('code') ?? '');
    expect(await refusal(by, callback)).toContain('took too long');
  });

  test('with the code of another sign-in', async () => {
    const [ann, eve] = [newBrowser(), newBrowser()];
    const [own, foreign] = [await comeBack(somebody(), ann), await comeBack(somebody(), eve)];
    own.searchParams.set('code', foreign.searchParams.get('code') ?? '');
    expect(await refusal(ann, own)).toContain('took too long');
  });

  test('with an ID token of another nonce', async () => {
    const by = newBrowser();
    const callback = await comeBack(somebody(), by);
    await asOwner(sql`update sign_in_attempts set nonce = 'another'`);
    expect(await refusal(by, callback)).toContain('does not belong to this sign-in');
  });

  test('with another PKCE verifier', async () => {
    const by = newBrowser();
    const callback = await comeBack(somebody(), by);
    await asOwner(sql`update sign_in_attempts set code_verifier = ${'v'.repeat(43)}`);
    expect(await refusal(by, callback)).toContain('took too long');
  });

  test('from another issuer, or from none (RFC 9207)', async () => {
    for (const iss of ['https://evil.example', undefined]) {
      const by = newBrowser();
      const callback = await comeBack(somebody(), by);
      if (iss === undefined) callback.searchParams.delete('iss');
      else callback.searchParams.set('iss', iss);
      expect(await refusal(by, callback)).toContain('does not belong to this sign-in');
    }
  });

  test('where the person said no to the issuer', async () => {
    const by = newBrowser();
    expect(await refusal(by, await comeBack(undefined, by))).toContain(
      'did not sign you in (access_denied)',
    );
  });
});

describe('a person is refused', () => {
  test.each([
    ['whose e-mail is not verified', { email_verified: false }, 'has not verified the e-mail'],
    [
      'of whose e-mail nobody says that it is verified',
      { email_verified: undefined },
      'has not verified',
    ],
    ['without e-mail', { email: undefined }, 'sent no e-mail address'],
    ['with an e-mail that is none', { email: 'nobody' }, 'sent no e-mail address'],
  ])('%s', async (_who, claims, detail) => {
    const by = newBrowser();
    const person = { ...somebody(), ...claims };
    expect(await refusal(by, await comeBack(JSON.parse(JSON.stringify(person)), by))).toContain(
      detail,
    );
    expect(await countUsers(person.sub)).toBe(0);
  });

  test('whose unverified e-mail is that of an imported user, who stays as they are', async () => {
    const email = `${randomUUID()}@example.com`;
    await createUser(database.service, email);
    const by = newBrowser();
    const eve = somebody({ email, email_verified: false });
    expect(await refusal(by, await comeBack(eve, by))).toContain('has not verified');
    expect(await countUsers(eve.sub)).toBe(0);
  });

  test('who has been made inactive', async () => {
    const ann = somebody();
    await signIn(ann);
    await asOwner(sql`update users set is_active = false where google_id = ${ann.sub}`);
    const by = newBrowser();
    expect(await refusal(by, await comeBack(ann, by))).toContain('is deactivated');
    expect(by.cookie(url, 'netpilot_session')).toBeUndefined();
  });

  test('whose e-mail belongs to the account of another identity', async () => {
    const ann = somebody();
    await signIn(ann);
    const by = newBrowser();
    const page = await by.visit(await comeBack(somebody({ email: ann.email ?? '' }), by));
    expect(page.status).toBe(409);
    expect(JSON.parse(page.text).detail).toContain('signs in with another identity');
  });

  test('a person that another issuer knows by the `sub` of somebody else', async () => {
    const ann = somebody();
    await signIn(ann);
    await asOwner(
      sql`update users set issuer = 'https://other.example' where google_id = ${ann.sub}`,
    );
    const by = newBrowser();
    const page = await by.visit(await comeBack({ ...somebody(), sub: ann.sub }, by));
    expect(page.status).toBe(409);
    expect(by.cookie(url, 'netpilot_session')).toBeUndefined();
  });
});

describe('an issuer', () => {
  test('that is down when NetPilot starts stops nobody from starting, and works once it is up', async () => {
    await late.issuer.stop();
    expect((await fetch(`${late.url}/healthz`)).status).toBe(200);
    const by = newBrowser();
    const page = await by.visit(`${late.url}/auth/sign-in`);
    expect(page.status).toBe(503);
    expect(JSON.parse(page.text).detail).toContain(late.issuer.url);
    await late.issuer.start();
    expect((await late.signIn(somebody(), by)).status).toBe(303);
  });

  test('that is down at the callback is told of as such', async () => {
    const by = newBrowser();
    const callback = await failing.comeBack(somebody(), by);
    await failing.issuer.stop();
    expect((await by.visit(callback)).status).toBe(503);
    await failing.issuer.start();
    expect((await failing.signIn(somebody(), by)).status).toBe(303);
  });

  test.each([
    ['a page', 200, 'text/html', '<html>Please log in to the Wi-Fi</html>'],
    ['half an answer', 200, 'application/json', '{"access_token":"secret-half'],
    ['an error of its own', 500, 'text/plain', 'oops'],
    ['nothing', 204, 'application/json', ''],
  ])('that gives %s for its metadata or its tokens cannot sign in', async (_what, ...answer) => {
    const by = newBrowser();
    const callback = await comeBack(somebody(), by);
    issuer.intercept = (_request, response) => reply(response, ...answer);
    const page = await by.visit(callback);
    expect(page.status).toBe(503);
    expect(page.text).not.toContain('secret-half');

    fresh.issuer.intercept = issuer.intercept;
    expect((await newBrowser().visit(`${fresh.url}/auth/sign-in`)).status).toBe(503);
  });

  test('that goes by another name than the one configured is not asked', async () => {
    const page = await newBrowser().visit(`${misnamed.url}/auth/sign-in`);
    expect(JSON.parse(page.text)).toMatchObject({
      status: 503,
      detail: expect.stringContaining('it calls itself https://evil.example'),
    });
  });

  test('that gives no ID token signs nobody in', async () => {
    const by = newBrowser();
    const callback = await comeBack(somebody(), by);
    issuer.intercept = (_request, response) =>
      reply(response, 200, 'application/json', '{"access_token":"a","token_type":"bearer"}');
    expect(await refusal(by, callback)).toContain('does not belong to this sign-in');
  });

  test('whose ID token has another signature signs nobody in', async () => {
    const by = newBrowser();
    const callback = await comeBack(somebody(), by);
    issuer.intercept = (request, response) => {
      const end = response.end.bind(response);
      response.end = (chunk?: unknown) =>
        end(request.url === '/token' ? withForgedSignature(String(chunk)) : chunk);
      return false;
    };
    expect(await refusal(by, callback)).toContain('signature verification failed');
  });

  test('that refuses our client is told of as a mistake in the configuration', async () => {
    const by = newBrowser();
    const callback = await comeBack(somebody(), by);
    issuer.intercept = (request, response) =>
      request.url === '/token' &&
      reply(response, 401, 'application/json', '{"error":"invalid_client"}');
    const page = await by.visit(callback);
    expect(page.status).toBe(503);
    expect(JSON.parse(page.text).detail).toContain('GOOGLE_CLIENT_SECRET');
  });
});

/** Why a callback was refused, once it is clear that it was, and that no cookie was given. */
async function refusal(by: Browser, callback: URL): Promise<string> {
  const page = await by.visit(callback);
  expect(page.headers.getSetCookie()).toEqual([]);
  const { status, detail } = Value.Parse(Problem, JSON.parse(page.text));
  expect(status).toBe(403);
  return detail ?? '';
}

function reply(response: ServerResponse, status: number, type: string, body: string): true {
  response.writeHead(status, { 'content-type': type }).end(body);
  return true;
}

/** The token endpoint's answer of the same length, whose ID token's signature is nobody's. */
function withForgedSignature(answer: string): string {
  return answer.replace(
    /("id_token":"[\w-]+\.[\w-]+\.)([\w-]+)/,
    (_all, signed: string, signature: string) => `${signed}${'A'.repeat(signature.length)}`,
  );
}

async function countUsers(sub: string): Promise<number> {
  return maintenanceTransaction(database.owner, async (transaction) => {
    const rows = await transaction
      .selectFrom('users')
      .select('id')
      .where('google_id', '=', sub)
      .execute();
    return rows.length;
  });
}

async function asOwner(statement: ReturnType<typeof sql>): Promise<void> {
  await maintenanceTransaction(database.owner, (transaction) => statement.execute(transaction));
}
