/** Somebody who signs in comes to the cell that they live in, or to one that is open. */
import { describe, expect, test } from 'vitest';
import { createBrowser } from '../../testing/browser.ts';
import { startCells } from '../../testing/cells.ts';
import { createUser } from '../../testing/database.ts';
import { newBrowser, somebody } from '../../testing/sign-in.ts';

const { cell, directory, issuer, publicUrl } = await startCells([3, 7]);
const [three, seven] = [cell(3), cell(7)];

const get = (path: string, headers: Record<string, string>) =>
  fetch(`${publicUrl}${path}`, { headers });

async function signIn(person: ReturnType<typeof somebody>, browser = newBrowser()) {
  issuer.person = person;
  const page = await browser.visit(`${publicUrl}/auth/sign-in?return_to=/devices`, '/devices');
  const cookie = browser.cookie(publicUrl, 'netpilot_session');
  return { page, cookie, browser };
}

describe('somebody who signs in', () => {
  test('comes to the cell that they live in, wherever the sign-in began', async () => {
    const person = somebody();
    const userId = await createUser(seven.database.service, person.email);
    await directory.claim(
      { user_id: userId, email: person.email ?? '', issuer: null, subject: null },
      7,
    );
    const { page, cookie } = await signIn(person);
    expect(page.url.pathname).toBe('/devices');
    expect(cookie).toMatch(/^7\./);
    const me = await get('/api/v1/me', { cookie: `netpilot_session=${cookie}` });
    expect(await me.json()).toMatchObject({ id: userId });
    // The directory knows them by identity from now on.
    expect(
      await directory.find({ issuer: issuer.url, subject: person.sub, email: 'other@example.com' }),
    ).toMatchObject({ user_id: userId, cell: 7 });
    expect((await signIn(person)).cookie).toMatch(/^7\./);
  });

  test('is seen there with the address of their browser', async () => {
    const person = somebody();
    await directory.run('insert into directory.people (email, cell) values ($1, 7)', [
      person.email,
    ]);
    const { cookie } = await signIn(person, createBrowser({ 'x-forwarded-for': '198.18.77.7' }));
    const sessions = await get('/api/v1/sessions', { cookie: `netpilot_session=${cookie}` });
    expect(await sessions.json()).toMatchObject({ items: [{ ip_address: '198.18.77.7' }] });
  });

  test('and is new comes to a cell that is open', async () => {
    expect((await signIn(somebody())).cookie).toMatch(/^3\./);
    await directory.run(`update directory.cells set state = 'full' where cell = 3`);
    const person = somebody();
    expect((await signIn(person)).cookie).toMatch(/^7\./);
    await directory.run(`update directory.cells set state = 'full' where cell = 7`);
    const { page } = await signIn(somebody());
    expect({ status: page.status, path: page.url.pathname }).toEqual({
      status: 503,
      path: '/auth/callback',
    });
    // Who lives there still comes in.
    expect((await signIn(person)).cookie).toMatch(/^7\./);
    await directory.run(`update directory.cells set state = 'open'`);
  });

  test('asks again who they are in the cell of their session', async () => {
    const person = somebody();
    await directory.run('insert into directory.people (email, cell) values ($1, 7)', [
      person.email,
    ]);
    const { browser } = await signIn(person);
    const again = await browser.visit(
      `${publicUrl}/auth/sign-in?fresh=true&return_to=/settings`,
      '/settings',
    );
    expect(again.url.pathname).toBe('/settings');
    browser.forget(issuer.url);
    issuer.person = somebody();
    const other = await browser.visit(
      `${publicUrl}/auth/sign-in?fresh=true&return_to=/settings`,
      '/settings',
    );
    expect(other.status).toBe(403);
  });

  test('cannot say by a header who they are', async () => {
    const page = await fetch(`${publicUrl}/auth/callback?state=7.x.y`, {
      headers: { 'netpilot-sign-in': Buffer.from('{"cell":7}').toString('base64url') },
    });
    expect(page.status).toBe(403);
  });
});

test('a home of another cell cannot be joined, and the answer says what to do', async () => {
  const [ann, bob] = [await three.enter(), await seven.enter()];
  const homes = await (await get('/api/v1/homes', { cookie: bob.cookie })).text();
  const [, home = ''] = /"id":"([^"]+)"/.exec(homes) ?? [];
  const invited = await fetch(`${publicUrl}/api/v1/homes/${home}/invitations`, {
    method: 'POST',
    headers: { cookie: bob.cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ role: 'viewer' }),
  });
  const url = textIn(await invited.json(), 'url');
  const secret = url.slice(url.lastIndexOf('/') + 1);
  expect(secret).toMatch(/^7\.[\w-]{43}$/);
  const offer = await get(`/api/v1/invitations/${secret}`, { cookie: ann.cookie });
  expect(offer.status).toBe(409);
  expect(await offer.json()).toMatchObject({
    detail: expect.stringContaining('netpilot cell move'),
  });
  // Who has no account yet gets one where the home is.
  const person = somebody();
  issuer.person = person;
  const browser = newBrowser();
  await browser.visit(`${publicUrl}/auth/sign-in?return_to=/join/${secret}`, `/join/${secret}`);
  expect(browser.cookie(publicUrl, 'netpilot_session')).toMatch(/^7\./);
});

function textIn(answer: unknown, name: string): string {
  return String(Reflect.get(Object(answer), name));
}
