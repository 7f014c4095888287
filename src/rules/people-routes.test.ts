import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { JPEG, PNG, WEBP, pngOf } from '../../testing/pictures.ts';
import { QUOTAS } from '../database/quotas.ts';
import { tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);

/** Somebody signed in, and the address of the people of their home. */
async function home() {
  const ann = await signIn();
  const { id } = await tenantTransaction(database.service, ann.userId, (transaction) =>
    transaction.selectFrom('homes').select('id').executeTakeFirstOrThrow(),
  );
  const people = `/api/v1/homes/${id}/people`;
  const add = async (name: string, more: object = {}) => {
    const answer = await ann.request('POST', people, { name, ...more });
    expect(answer.statusCode).toBe(201);
    return { ...answer.json(), url: String(answer.headers.location) };
  };
  return { ann, homeId: id, people, add };
}

async function actionsOf(ann: Person): Promise<string[]> {
  const { items } = (await ann.request('GET', '/api/v1/audit')).json();
  return items.map(({ action }: { action: string }) => action);
}

describe('a person', () => {
  test('is added by name, gets a colour that nobody has yet, and is listed by name', async () => {
    const { ann, homeId, people, add } = await home();
    await add('Tim');
    await add('anna');
    const zoe = await add('Zoë', { colour: 'pink' });
    expect(zoe).toEqual({
      url: `${people}/${zoe.id}`,
      id: zoe.id,
      home_id: homeId,
      name: 'Zoë',
      colour: 'pink',
      has_picture: false,
      member_id: null,
      devices: 0,
      access: expect.objectContaining({ access: 'allow', until: null }),
    });
    const { items } = (await ann.request('GET', people)).json();
    expect(items).toMatchObject([
      { name: 'anna', colour: 'green' },
      { name: 'Tim', colour: 'blue' },
      { name: 'Zoë', colour: 'pink' },
    ]);
    expect((await ann.request('GET', zoe.url)).json()).toEqual(items[2]);
    expect(await actionsOf(ann)).toEqual(['person.created', 'person.created', 'person.created']);
  });

  test('has a name of their own in the home, whatever its case, also by requests at the same moment', async () => {
    const { ann, people, add } = await home();
    const answers = await Promise.all(
      ['Tim', 'tim', 'TIM'].map((name) => ann.request('POST', people, { name })),
    );
    expect(
      answers.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other),
    ).toEqual([201, 409, 409]);
    const anna = await add('Anna');
    const renamed = await ann.request('PATCH', anna.url, { name: 'tIM' });
    expect(renamed.statusCode).toBe(409);
    expect(renamed.json().detail).toMatch(/already a person with the name/i);
    expect((await ann.request('PATCH', anna.url, { name: 'ANNA' })).statusCode).toBe(200);
  });

  test('has what the rules say for them, with or without devices', async () => {
    const { ann, homeId, people, add } = await home();
    const [tim] = [await add('Tim'), await add('Anna')];
    const pause = {
      kind: 'pause',
      target: 'person',
      person_id: tim.id,
      access: 'block',
      minutes: 30,
    };
    const { statusCode, body } = await ann.request('POST', `/api/v1/homes/${homeId}/rules`, pause);
    expect([statusCode, body]).toEqual([201, expect.any(String)]);
    const { id, until_at } = JSON.parse(body);
    const { items } = (await ann.request('GET', people)).json();
    expect(items).toMatchObject([
      { name: 'Anna', access: { access: 'allow', because: { kind: 'none' }, next: null } },
      {
        name: 'Tim',
        access: {
          access: 'block',
          because: { kind: 'pause', rule_id: id, target: 'person' },
          until: until_at,
          next: { at: until_at, access: 'allow' },
        },
      },
    ]);
    expect((await ann.request('GET', tim.url)).json()).toEqual(items[1]);
  });

  test('is added once for an Idempotency-Key', async () => {
    const { ann, people } = await home();
    const send = () =>
      ann.request('POST', people, { name: 'Tim' }, { 'idempotency-key': 'one-tap' });
    const [first, second] = [await send(), await send()];
    expect(second.statusCode).toBe(201);
    expect(second.json()).toEqual(first.json());
  });

  test('is changed only by who has seen the present version, if they say which', async () => {
    const { ann, add } = await home();
    const { url } = await add('Tim');
    const { etag } = (await ann.request('GET', url)).headers;
    const change = (body: object) => ann.request('PATCH', url, body, { 'if-match': String(etag) });
    expect((await change({ colour: 'teal' })).json()).toMatchObject({ colour: 'teal' });
    expect((await change({ colour: 'red' })).statusCode).toBe(412);
    const { items } = (await ann.request('GET', '/api/v1/audit?action=person.changed')).json();
    expect(items).toMatchObject([
      { details: { name: 'Tim', before: { colour: 'blue' }, after: { colour: 'teal' } } },
    ]);
  });

  test.each([
    [{ name: '' }],
    [{ name: ' \t' }],
    [{ name: 'x'.repeat(256) }],
    [{ name: 'two\nlines' }],
    [{ name: 'Tim', colour: 'ultraviolet' }],
    [{ name: 'Tim', role: 'admin' }],
    [{}],
  ])('is not added as %j', async (body) => {
    const { ann, people } = await home();
    expect((await ann.request('POST', people, body)).statusCode).toBe(400);
  });

  test('is deleted with their rules, and their devices stay', async () => {
    const { ann, homeId, add } = await home();
    const { id, url } = await add('Tim');
    const router_id = await createRouter(database.service, ann.userId);
    const own = { user_id: ann.userId };
    await tenantTransaction(database.service, ann.userId, async (transaction) => {
      await transaction
        .insertInto('user_devices')
        .values({ ...own, router_id, ip: '10.0.0.1', person_id: id })
        .execute();
      await transaction
        .insertInto('access_rules')
        .values({
          ...own,
          home_id: homeId,
          kind: 'pause',
          target: 'person',
          person_id: id,
          access: 'block',
        })
        .execute();
    });
    expect((await ann.request('GET', url)).json()).toMatchObject({ devices: 1 });
    expect((await ann.request('DELETE', url)).statusCode).toBe(204);
    expect((await ann.request('GET', url)).statusCode).toBe(404);
    await tenantTransaction(database.service, ann.userId, async (transaction) => {
      const devices = await transaction.selectFrom('user_devices').select('person_id').execute();
      expect(devices).toEqual([{ person_id: null }]);
      expect(await transaction.selectFrom('access_rules').selectAll().execute()).toEqual([]);
    });
  });

  test('who two routers know by one device has one', async () => {
    const { ann, add } = await home();
    const { id, url } = await add('Tim');
    const mac = '02:00:00:00:00:01';
    for (const router_id of ['a', 'b'].map((name) => `${name}-${id}`)) {
      await createRouter(database.service, ann.userId, router_id);
      await tenantTransaction(database.service, ann.userId, (transaction) =>
        transaction
          .insertInto('user_devices')
          .values({ user_id: ann.userId, router_id, ip: '10.0.0.1', mac, person_id: id })
          .execute(),
      );
    }
    expect((await ann.request('GET', url)).json()).toMatchObject({ devices: 1 });
  });

  test(`is not added beyond ${QUOTAS.people} of one home`, async () => {
    const { ann, homeId, people } = await home();
    await tenantTransaction(database.service, ann.userId, (transaction) =>
      sql`insert into people (user_id, home_id, name) select current_user_id(), ${homeId}, n::text
          from generate_series(1, ${QUOTAS.people - 1}) n`.execute(transaction),
    );
    const answers = await Promise.all(
      ['Tim', 'Anna'].map((name) => ann.request('POST', people, { name })),
    );
    expect(
      answers.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other),
    ).toEqual([201, 409]);
    expect(answers.find(({ statusCode }) => statusCode === 409)?.json()).toMatchObject({
      type: '/problems/quota-exceeded',
      quota: 'people',
    });
  });
});

describe('a picture', () => {
  const put = (ann: Person, url: string, bytes: Buffer, type = 'image/png', more: object = {}) =>
    app.inject({
      method: 'PUT',
      url: `${url}/picture`,
      headers: { cookie: ann.cookie, 'content-type': type, ...more },
      payload: bytes,
    });

  test.each([
    ['image/png', PNG],
    ['image/jpeg', JPEG],
    ['image/webp', WEBP.lossy],
  ])(
    'is served as the %s that it is, can do nothing, and is kept by its browser alone',
    async (type, bytes) => {
      const { ann, add } = await home();
      const { url } = await add('Tim');
      // Whatever the sender says of it.
      expect((await put(ann, url, bytes, 'image/png')).statusCode).toBe(204);
      expect((await ann.request('GET', url)).json()).toMatchObject({ has_picture: true });
      const answer = await ann.request('GET', `${url}/picture`);
      expect(answer.rawPayload.equals(bytes)).toBe(true);
      expect(answer.headers).toMatchObject({
        'content-type': type,
        'content-length': String(bytes.length),
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'private, no-cache',
        'cross-origin-resource-policy': 'same-origin',
        etag: expect.stringMatching(/^"/),
      });
    },
  );

  test('is sent again only if it has changed', async () => {
    const { ann, add } = await home();
    const { url } = await add('Tim');
    const { headers } = await put(ann, url, PNG);
    const again = () =>
      ann.request('GET', `${url}/picture`, undefined, {
        'if-none-match': `W/"x", ${headers.etag}`,
      });
    expect(await again()).toMatchObject({ statusCode: 304, body: '' });
    const other = await put(ann, url, JPEG, 'image/jpeg', { 'if-match': headers.etag });
    expect(other.statusCode).toBe(204);
    expect((await again()).statusCode).toBe(200);
    const outdated = await put(ann, url, PNG, 'image/png', { 'if-match': headers.etag });
    expect(outdated.statusCode).toBe(412);
  });

  test('is removed, and then there is none', async () => {
    const { ann, add } = await home();
    const { url } = await add('Tim');
    expect((await ann.request('GET', `${url}/picture`)).statusCode).toBe(404);
    await put(ann, url, PNG);
    expect((await ann.request('DELETE', `${url}/picture`)).statusCode).toBe(204);
    expect((await ann.request('GET', `${url}/picture`)).statusCode).toBe(404);
    expect((await ann.request('DELETE', `${url}/picture`)).statusCode).toBe(404);
    expect(await actionsOf(ann)).toEqual(['person.changed', 'person.changed', 'person.created']);
  });

  const padded = (bytes: number) => Buffer.concat([PNG, Buffer.alloc(bytes - PNG.length)]);
  test.each([
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml', 415],
    [
      'SVG that is said to be PNG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'image/png',
      400,
    ],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>'), 'image/webp', 400],
    ['nothing', Buffer.alloc(0), 'image/png', 400],
    ['JSON', Buffer.from('{}'), 'application/json', 400],
    ['a text', Buffer.from('x'), 'text/plain', 400],
    ['pixels without end', pngOf(60_000, 60_000), 'image/png', 400],
    ['256 KB', padded(256 * 1024), 'image/png', 204],
    ['one byte more', padded(256 * 1024 + 1), 'image/png', 413],
    ['megabytes', padded(2 ** 22), 'image/png', 413],
  ])('of %s as %s is answered with its status', async (_name, bytes, type, status) => {
    const { ann, add } = await home();
    const { url } = await add('Tim');
    const answer = await put(ann, url, bytes, type);
    expect(answer.statusCode).toBe(status);
    expect((await ann.request('GET', url)).json()).toMatchObject({ has_picture: status === 204 });
  });

  test('is refused when all of them together are too large', async () => {
    const { ann, homeId, add } = await home();
    const { url } = await add('Tim');
    await tenantTransaction(database.service, ann.userId, (transaction) =>
      sql`insert into people (user_id, home_id, name, picture)
          select current_user_id(), ${homeId}, n::text, decode(repeat('00', 262144), 'hex')
          from generate_series(1, 100) n`.execute(transaction),
    );
    expect((await put(ann, url, PNG)).json()).toMatchObject({
      type: '/problems/quota-exceeded',
      quota: 'picture_bytes',
    });
  });
});
