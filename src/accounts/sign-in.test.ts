import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type TestDatabase, createTestDatabase, createUser } from '../../testing/database.ts';
import { newBrowser, somebody, startSignInService } from '../../testing/sign-in.ts';
import { maintenanceTransaction } from '../database/transaction.ts';
import { hashSecret } from '../sealing.ts';

const database = await createTestDatabase();
const { comeBack, issuer, signIn, url } = await startSignInService(database);
const strict = await startSignInService(database, { claimsIn: 'userinfo' });
const slashed = await startSignInService(database, { nameOf: (address) => `${address}/` });

describe('the first sign-in', () => {
  test('makes the user, opens a session and leads to where the person wanted to go', async () => {
    const by = newBrowser({ 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' });
    const ann = somebody({ picture: 'https://pictures.example/ann.png' });
    const page = await signIn(ann, by, '/routers?view=all#top');
    expect(page.status).toBe(303);
    expect(page.headers.get('location')).toBe('/routers?view=all#top');
    expect(page.headers.get('cache-control')).toBe('no-store');

    const me = JSON.parse((await by.send('GET', `${url}/api/v1/me`)).text);
    expect(me).toMatchObject({
      email: ann.email,
      full_name: 'Ann Example',
      avatar_url: 'https://pictures.example/ann.png',
      issuer: issuer.url,
    });
    expect(me.last_login).not.toBeNull();
    const sessions = JSON.parse((await by.send('GET', `${url}/api/v1/sessions`)).text);
    expect(sessions.items).toMatchObject([
      {
        device: 'Firefox on Linux',
        is_current: true,
        ip_address: expect.stringMatching(/^198\.18\./),
      },
    ]);
    expect(await auditOf(database, ann.email)).toEqual(['user.created', 'session.started']);
  });

  test('gives cookies that scripts, other sites and plain lines do not get', async () => {
    const by = newBrowser();
    await signIn(somebody(), by);
    const [binding, session] = by.received.filter((line) => line.startsWith('netpilot_'));
    for (const [line, seconds] of [
      [binding, 600],
      [session, 604_800],
    ] as const) {
      const attributes = (line ?? '').split('; ').slice(1).toSorted();
      expect(attributes).toEqual([
        'HttpOnly',
        `Max-Age=${seconds}`,
        'Path=/',
        'SameSite=Lax',
        'Secure',
      ]);
    }
    expect(session).toMatch(/^netpilot_session=[\w-]{43};/);
  });

  test('of one person in two windows at once ends with one user', async () => {
    const ann = somebody();
    const windows = [newBrowser(), newBrowser(), newBrowser(), newBrowser()];
    const callbacks: URL[] = [];
    for (const by of windows) callbacks.push(await comeBack(ann, by));
    const pages = await Promise.all(
      windows.map((by, index) => by.visit(callbacks[index] ?? '', '/devices')),
    );
    expect(pages.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
    // Their transactions began in any order: one that waited has an earlier time than the user.
    expect((await auditOf(database, ann.email)).toSorted()).toEqual([
      ...windows.map(() => 'session.started'),
      'user.created',
    ]);
  });

  test('in two tabs of one browser works in both', async () => {
    const by = newBrowser();
    const ann = somebody();
    const callbacks = [await comeBack(ann, by), await comeBack(ann, by)];
    for (const callback of callbacks)
      expect(await by.visit(callback, '/devices')).toMatchObject({ status: 303 });
  });

  test('takes a user known from an import, by the verified e-mail', async () => {
    const ann = somebody({ email: 'Imported@Example.com' });
    const userId = await createUser(database.service, 'imported@example.com');
    const by = newBrowser();
    await signIn(ann, by);
    expect(JSON.parse((await by.send('GET', `${url}/api/v1/me`)).text)).toMatchObject({
      id: userId,
      full_name: 'Ann Example',
    });
    expect(await auditOf(database, 'imported@example.com')).toEqual([
      'user.linked',
      'session.started',
    ]);
  });

  test('reads the e-mail at userinfo where the issuer tells it only there', async () => {
    const ann = somebody();
    const by = newBrowser();
    await strict.signIn(ann, by);
    expect(JSON.parse((await by.send('GET', `${strict.url}/api/v1/me`)).text)).toMatchObject({
      email: ann.email,
    });
  });
});

test('an issuer whose name ends in a slash works without it in the configuration', async () => {
  expect(slashed.config.issuer?.url).not.toMatch(/\/$/);
  const ann = somebody();
  expect((await slashed.signIn(ann)).status).toBe(303);
  expect(await userOf(ann.sub)).toMatchObject({ issuer: `${slashed.issuer.url}/` });
});

describe('a later sign-in', () => {
  test('updates name, picture, e-mail and last login, and makes no second user', async () => {
    const ann = somebody();
    await signIn(ann);
    const before = await userOf(ann.sub);
    const picture = 'https://pictures.example/new.png';
    await signIn({ ...ann, name: 'Ann Married', picture, email: `new-${ann.email}` });
    const after = await userOf(ann.sub);
    expect(after).toMatchObject({
      id: before.id,
      full_name: 'Ann Married',
      avatar_url: picture,
      email: `new-${ann.email}`,
    });
    expect(String(after.last_login) > String(before.last_login)).toBe(true);
  });

  test('keeps the e-mail where the new one belongs to another account', async () => {
    const [ann, bob] = [somebody(), somebody()];
    await signIn(ann);
    await signIn(bob);
    await signIn({ ...ann, email: bob.email ?? '' });
    expect(await userOf(ann.sub)).toMatchObject({ email: ann.email });
  });

  test('keeps what the issuer no longer tells', async () => {
    const ann = somebody();
    await signIn(ann);
    const { name: _name, ...nameless } = ann;
    await signIn(nameless);
    expect(await userOf(ann.sub)).toMatchObject({ full_name: 'Ann Example' });
  });

  test('opens a session of a new token, and ends the one it replaces', async () => {
    const [ann, by] = [somebody(), newBrowser()];
    await signIn(ann, by);
    const first = by.cookie(url, 'netpilot_session');
    await signIn(ann, by);
    expect(by.cookie(url, 'netpilot_session')).not.toBe(first);
    const old = await newBrowser().send('GET', `${url}/api/v1/me`, {
      cookie: `netpilot_session=${first}`,
    });
    expect(old.status).toBe(401);
    const sessions = JSON.parse((await by.send('GET', `${url}/api/v1/sessions`)).text);
    expect(sessions.items).toHaveLength(1);
  });

  test('does not take up a token that somebody planted', async () => {
    const planted = 'A'.repeat(43);
    const by = newBrowser();
    const callback = await comeBack(somebody(), by);
    const answer = await fetch(callback, {
      redirect: 'manual',
      headers: {
        cookie: `netpilot_session=${planted}; netpilot_sign_in=${by.cookie(url, 'netpilot_sign_in')}`,
      },
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.getSetCookie().join()).not.toContain(planted);
  });
});

describe('signing out', () => {
  test('ends the session at once and takes the cookie back', async () => {
    const [ann, by] = [somebody(), newBrowser()];
    await signIn(ann, by);
    const cookie = `netpilot_session=${by.cookie(url, 'netpilot_session')}`;
    expect((await by.send('POST', `${url}/auth/sign-out`)).status).toBe(204);
    expect(by.cookie(url, 'netpilot_session')).toBeUndefined();
    const again = await newBrowser().send('GET', `${url}/api/v1/me`, { cookie });
    expect(again.status).toBe(401);
    expect(await auditOf(database, ann.email)).toEqual([
      'user.created',
      'session.started',
      'session.ended',
    ]);
  });

  test('is not done by GET, nor by a page of another site', async () => {
    const by = newBrowser();
    await signIn(somebody(), by);
    expect((await by.send('GET', `${url}/auth/sign-out`)).status).toBe(404);
    const foreign = await by.send('POST', `${url}/auth/sign-out`, {
      origin: 'https://evil.example',
    });
    expect(foreign.status).toBe(403);
    expect((await by.send('GET', `${url}/api/v1/me`)).status).toBe(200);
  });
});

test.each(['/auth/sign-in', '/auth/callback?state=x'])(
  '%s is answered twenty times a minute to one address, and goes on for others',
  async (path) => {
    const by = newBrowser();
    for (let attempt = 0; attempt < 20; attempt += 1)
      expect((await by.send('GET', url + path)).status).not.toBe(429);
    const page = await by.send('GET', url + path);
    expect(JSON.parse(page.text)).toMatchObject({
      status: 429,
      type: '/problems/too-many-requests',
    });
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await newBrowser().send('GET', url + path)).status).not.toBe(429);
  },
);

test('somebody who began a sign-in finishes it, whatever strangers of the same network try', async () => {
  const proxy = { 'x-forwarded-for': '198.19.0.1' };
  const stranger = newBrowser(proxy);
  for (let attempt = 0; attempt < 30; attempt += 1)
    await stranger.send('GET', `${url}/auth/callback?state=x`);
  expect((await stranger.send('GET', `${url}/auth/callback?state=x`)).status).toBe(429);
  expect((await signIn(somebody(), newBrowser(proxy))).status).toBe(303);
});

test('a return to another site is refused before anything is asked of the issuer', async () => {
  const page = await newBrowser().visit(`${url}/auth/sign-in?return_to=//evil.example`);
  expect(page.url.origin).toBe(url);
  expect(JSON.parse(page.text)).toMatchObject({ status: 400, errors: [{ field: 'return_to' }] });
});

test('what only fetches a preview (HEAD) neither begins nor finishes a sign-in', async () => {
  const by = newBrowser();
  const callback = await comeBack(somebody(), by);
  expect((await by.send('HEAD', callback)).status).toBe(404);
  expect((await by.visit(callback, '/devices')).status).toBe(303);
});

test('the database knows a hash of the token, and of the state, but neither of them', async () => {
  const by = newBrowser();
  const callback = await comeBack(somebody(), by);
  const state = callback.searchParams.get('state') ?? '';
  expect(await rowsWith(state)).toBe(0);
  await by.visit(callback, '/devices');
  const token = by.cookie(url, 'netpilot_session') ?? '';
  expect(token).toHaveLength(43);
  expect(await rowsWith(token)).toBe(0);
  expect(await rowsWith(Buffer.from(token).toString('hex'))).toBe(0);
  expect(await rowsWith(Buffer.from(token, 'base64url').toString('hex'))).toBe(0);
  expect(await rowsWith(hashSecret(token).toString('hex'))).toBe(1);
});

async function userOf(sub: string) {
  return maintenanceTransaction(database.owner, (transaction) =>
    transaction
      .selectFrom('users')
      .selectAll()
      .where('google_id', '=', sub)
      .executeTakeFirstOrThrow(),
  );
}

async function auditOf({ owner }: TestDatabase, email = ''): Promise<string[]> {
  const rows = await maintenanceTransaction(owner, (transaction) =>
    transaction
      .selectFrom('audit_entries')
      .innerJoin('users', 'users.id', 'audit_entries.user_id')
      .select('action')
      .where('email', '=', email)
      .orderBy('at')
      .orderBy('audit_entries.id')
      .execute(),
  );
  return rows.map(({ action }) => action);
}

/** How many rows of all tables show this text in any column. */
async function rowsWith(text: string): Promise<number> {
  return maintenanceTransaction(database.owner, async (transaction) => {
    const { rows: tables } = await sql<{ name: string }>`
      select relname as name from pg_class
      where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace`.execute(
      transaction,
    );
    let count = 0;
    for (const { name } of tables) {
      const { rows } = await sql<{ count: number }>`
        select count(*) as count from ${sql.table(name)} t where position(${text} in t::text) > 0`.execute(
        transaction,
      );
      count += rows[0]?.count ?? 0;
    }
    return count;
  });
}
