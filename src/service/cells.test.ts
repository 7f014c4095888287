/** Cells: a request reaches the cell of who sends it by its secret alone, and somebody who signs in the one they live in. */
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, createTestApp } from '../../testing/app.ts';
import { createBrowser } from '../../testing/browser.ts';
import { named, startCells } from '../../testing/cells.ts';
import { openEventStream } from '../../testing/event-stream.ts';
import { freePort } from '../../testing/free-port.ts';
import { newBrowser, somebody } from '../../testing/sign-in.ts';
import { openCells } from '../cells/cells.ts';
import { makeKeyPair } from '../ssh-key.ts';
import { nameCell } from '../secret-cell.ts';

const { cell, directory, directoryAddress, directoryUrl, issuer, publicUrl } = await startCells([
  3, 7,
]);
const [three, seven] = [cell(3), cell(7)];
/** Somebody of cell 7, and an account of cell 3. */
const bob = await seven.enter();
const ann = await three.enter();

const get = (path: string, headers: Record<string, string>) =>
  fetch(`${publicUrl}${path}`, { headers });

async function tokenOf(person: typeof bob, url: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/tokens`, {
    method: 'POST',
    headers: { cookie: person.cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ token_name: 'test', scopes: ['account', 'control', 'manage'] }),
  });
  expect(answer.status).toBe(201);
  return textIn(await answer.json(), 'token');
}

describe('a request goes to the cell that its secret names', () => {
  test('by a cookie', async () => {
    const me = await get('/api/v1/me', { cookie: bob.cookie });
    expect(await me.json()).toMatchObject({ id: bob.userId });
    const own = await get('/api/v1/me', { cookie: ann.cookie });
    expect(await own.json()).toMatchObject({ id: ann.userId });
  });

  test('by an API token', async () => {
    const token = await tokenOf(bob, publicUrl);
    expect(token).toMatch(/^np_7_[0-9A-Za-z]{49}$/);
    const me = await get('/api/v1/me', { authorization: `Bearer ${token}` });
    expect(await me.json()).toMatchObject({ id: bob.userId });
  });

  test('with its body, and what is answered as it is answered there', async () => {
    const name = `Summer house ${'x'.repeat(40)}`;
    const created = await fetch(`${publicUrl}/api/v1/homes`, {
      method: 'POST',
      headers: {
        cookie: bob.cookie,
        'content-type': 'application/json',
        connection: 'x-hop',
        'x-hop': 'y',
      },
      body: JSON.stringify({ name }),
    });
    expect(created.status).toBe(201);
    const own = await seven.app.inject({ url: '/api/v1/homes', headers: { cookie: bob.cookie } });
    expect(JSON.stringify(own.json())).toContain(name);
    const me = await get('/api/v1/me', { cookie: bob.cookie });
    const directly = await fetch(`${seven.url}/api/v1/me`, { headers: { cookie: bob.cookie } });
    expect([...me.headers.keys()]).toEqual([...directly.headers.keys()]);
    expect(me.headers.get('etag')).toBe(directly.headers.get('etag'));
  });

  test('with a large upload, as it comes', async () => {
    const form = new FormData();
    form.append('files', new Blob([Buffer.alloc(3_000_000, 'x')]), 'devices.json');
    const send = (url: string) =>
      fetch(`${url}/api/v1/imports`, {
        method: 'POST',
        headers: { cookie: bob.cookie },
        body: form,
      });
    const [through, directly] = [await send(publicUrl), await send(seven.url)];
    expect(through.status).toBe(directly.status);
    expect(through.headers.get('content-type')).toBe(directly.headers.get('content-type'));
  });

  test('with an event stream, that ends there when nobody reads it', async () => {
    const stream = await openEventStream(`${publicUrl}/api/v1/events`, { cookie: bob.cookie });
    expect(stream.status).toBe(200);
    await fetch(`${publicUrl}/api/v1/me`, {
      method: 'PATCH',
      headers: { cookie: bob.cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ full_name: 'Bob' }),
    });
    expect(await stream.take(1)).toHaveLength(1);
    stream.close();
    await expect.poll(() => connectionsOf(seven.app.server)).toBeLessThan(20);
  });

  test('with the address of who sent it, and no other that they claim', async () => {
    const seen: unknown[] = [];
    const port = await freePort();
    const other = createServer((request, response) => {
      seen.push(request.headers);
      response.end('{}');
    }).listen(port, '127.0.0.1');
    afterAll(() => other.close());
    const app = await cellThatKnows(11, `http://127.0.0.1:${port}`);
    await app.inject({
      url: '/api/v1/me',
      remoteAddress: '198.18.0.9',
      headers: {
        cookie: 'netpilot_session=11.secret',
        'x-forwarded-for': '192.0.2.66',
        'proxy-authorization': 'Basic x',
        te: 'trailers',
      },
    });
    expect(seen).toMatchObject([{ 'x-forwarded-for': '198.18.0.9', 'netpilot-passed-on': '3' }]);
    expect(seen).not.toMatchObject([{ te: 'trailers' }]);
    expect(seen).not.toMatchObject([{ 'proxy-authorization': 'Basic x' }]);
  });
});

describe('the number opens nothing', () => {
  test('a wrong one is refused by the cell that it names', async () => {
    const answer = await get('/api/v1/me', { cookie: named(bob.cookie, 3) });
    expect(answer.status).toBe(401);
    const elsewhere = await get('/api/v1/me', { cookie: named(ann.cookie, 7) });
    expect(elsewhere.status).toBe(401);
  });

  test('a secret without one works in its own cell', async () => {
    const answer = await get('/api/v1/me', { cookie: named(ann.cookie, undefined) });
    expect(answer.status).toBe(200);
    const token = (await tokenOf(ann, publicUrl)).replace(/^np_3_/, 'np_');
    expect((await get('/api/v1/me', { authorization: `Bearer ${token}` })).status).toBe(200);
  });

  test('an unknown one is said to be', async () => {
    const answer = await get('/api/v1/me', { cookie: 'netpilot_session=99.secret' });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({
      type: '/problems/unauthenticated',
      detail: expect.stringContaining('This names cell 99, which is not one of the cells here'),
    });
  });

  test('a browser with an unknown one can sign in', async () => {
    const browser = createBrowser({ cookie: 'netpilot_session=99.secret' });
    issuer.person = somebody();
    const page = await browser.visit(`${publicUrl}/auth/sign-in`, '/auth/callback');
    expect(page.url.pathname).toBe('/auth/callback');
  });
});

test('nothing goes round: a wrong address in the directory is noticed at the second visit', async () => {
  const port = await freePort();
  const app = await cellThatKnows(12, `http://127.0.0.1:${port}`);
  await app.listen({ host: '127.0.0.1', port });
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/me`, {
    headers: { cookie: 'netpilot_session=12.secret' },
  });
  expect(answer.status).toBe(401);
});

describe('a router is linked', () => {
  test('by a code that names its cell in its first characters', async () => {
    const answer = await fetch(`${publicUrl}/api/v1/pairing-codes`, {
      method: 'POST',
      headers: { cookie: bob.cookie },
    });
    const made = await answer.json();
    const code = textIn(made, 'code');
    expect(code).toMatch(/^007(-[0-9A-Z]{4}){3}$/);
    const [, script = ''] = /(\/install\.sh\?code=[^']+)/.exec(textIn(made, 'install_line')) ?? [];
    expect((await fetch(`${publicUrl}${script}`)).status).toBe(200);
    const progress = await get(`/api/v1/pairing-codes/${textIn(made, 'id')}`, {
      cookie: bob.cookie,
    });
    expect(await progress.json()).toMatchObject({ state: 'fetched' });
    const { publicKey } = makeKeyPair();
    for (const url of [publicUrl, publicUrl, seven.url]) {
      const linked = await fetch(`${url}/agent/register`, {
        method: 'POST',
        body: new URLSearchParams({ code, router_id: 'mac-1', public_key: publicKey }),
      });
      expect(await linked.text()).toContain('router_id mac-1\n');
    }
    const routers = await get('/api/v1/routers', { cookie: bob.cookie });
    expect(await routers.json()).toMatchObject({ items: [{ router_id: 'mac-1' }] });
  });

  test('by none that names a cell there is not', async () => {
    const refused = await fetch(`${publicUrl}/agent/register`, {
      method: 'POST',
      body: new URLSearchParams({
        code: '00Z-AAAA-AAAA-AAAA',
        router_id: 'mac-2',
        public_key: makeKeyPair().publicKey,
      }),
    });
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({
      detail: 'This belongs to cell 31, which is not one of the cells.',
    });
  });
});

test('a link in an alert leads to its cell, in any browser', async () => {
  const secret = nameCell(7, 'A'.repeat(43));
  const there = await fetch(`${seven.url}/alerts/act/${secret}`);
  const here = await fetch(`${publicUrl}/alerts/act/${secret}`, {
    headers: { cookie: ann.cookie },
  });
  expect([here.status, here.headers.get('content-type')]).toEqual([
    there.status,
    there.headers.get('content-type'),
  ]);
});

describe('while the directory is away', () => {
  const gone = Promise.withResolvers<void>();

  beforeAll(async () => {
    // Both cells know each other from before.
    await directory.run('alter schema directory rename to elsewhere');
    gone.resolve();
  });
  afterAll(() => directory.run('alter schema elsewhere rename to directory'));

  test('who is signed in notices nothing, also in another cell', async () => {
    await gone.promise;
    expect((await get('/api/v1/me', { cookie: ann.cookie })).status).toBe(200);
    expect((await get('/api/v1/me', { cookie: bob.cookie })).status).toBe(200);
  });

  test('who signs in is told to come back', async () => {
    issuer.person = somebody();
    const page = await newBrowser().visit(`${publicUrl}/auth/sign-in`);
    expect(page.status).toBe(503);
  });
});

test('a cell that does not answer is said to be away', async () => {
  await seven.app.close();
  const answer = await get('/api/v1/me', { cookie: bob.cookie });
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('2');
  expect(await answer.json()).toMatchObject({
    detail: 'This belongs to cell 7, which does not answer: try again later.',
  });
  expect((await get('/api/v1/me', { cookie: ann.cookie })).status).toBe(200);
});

function textIn(answer: unknown, name: string): string {
  return String(Reflect.get(Object(answer), name));
}

function connectionsOf(server: {
  getConnections: (tell: (error: Error | null, count: number) => void) => void;
}) {
  return new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
}

/** Another api of cell 3, to which the directory has named one more cell. It does not listen. */
async function cellThatKnows(number: number, url: string): Promise<TestApp['app']> {
  await directory.run(`insert into directory.cells values ($1, $2, 'r.example.com', 2222)`, [
    number,
    url,
  ]);
  const known = await openCells({ number: 3, directory: directoryAddress }, () => undefined);
  afterAll(() => known.close());
  await directory.run('delete from directory.cells where cell = $1', [number]);
  const environment = { PUBLIC_URL: publicUrl, CELL: '3', DIRECTORY_URL: directoryUrl };
  return (await createTestApp(three.database, { cells: known }, environment)).app;
}
