import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { QUOTAS } from '../database/quotas.ts';
import { maintenanceTransaction, tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

/** Somebody with a home, and their ways to share it. */
async function home(owner?: Person) {
  const ann = owner ?? (await signIn());
  const [{ id, name }] = (await ann.request('GET', '/api/v1/homes')).json().items;
  const path = `/api/v1/homes/${id}`;
  const invite = async (role: string, more = {}) => {
    const answer = await ann.request('POST', `${path}/invitations`, { role, ...more });
    expect(answer.statusCode).toBe(201);
    return { ...answer.json(), secret: String(answer.json().url).split('/').at(-1) };
  };
  const accept = (person: Person, secret: string) =>
    person.request('POST', `/api/v1/invitations/${secret}/accept`);
  const join = async (role: string, more = {}) => {
    const person = await signIn();
    const { secret } = await invite(role, more);
    expect((await accept(person, secret)).statusCode).toBe(200);
    return person;
  };
  const membersOf = async (person: Person) =>
    (await person.request('GET', `${path}/members`)).json().items;
  return { ann, id, name, path, invite, accept, join, membersOf };
}

describe('homes', () => {
  test('are created, renamed, given a time zone, and deleted if they are empty and not the last', async () => {
    const { ann, path, id } = await home();
    const created = await ann.request('POST', '/api/v1/homes', {
      name: 'Cabin',
      timezone: 'Europe/Oslo',
    });
    expect(created.json()).toMatchObject({
      name: 'Cabin',
      timezone: 'Europe/Oslo',
      role: 'owner',
      is_own: true,
      owner_name: null,
      routers: 0,
      people: 0,
      new_devices: { access: 'allow', down_rate: null, up_rate: null, is_chosen: false },
    });
    for (const timezone of ['Europe/Atlantis', '+02:00', '', null])
      expect((await ann.request('PATCH', path, { timezone })).statusCode).toBe(400);
    expect((await ann.request('PATCH', path, { timezone: 'Asia/Kolkata' })).json()).toMatchObject({
      id,
      timezone: 'Asia/Kolkata',
    });
    const cabin = String(created.headers.location);
    const router = await createRouter(database.service, ann.userId);
    const move = (home_id: string) =>
      ann.request('PATCH', `/api/v1/routers/${router}`, { home_id });
    expect((await move(created.json().id)).json().home_id).toBe(created.json().id);
    expect((await ann.request('DELETE', cabin)).json()).toMatchObject({ status: 409 });
    expect((await move((await home()).id)).statusCode).toBe(404);
    expect((await move(id)).statusCode).toBe(200);
    expect((await ann.request('DELETE', cabin)).statusCode).toBe(204);
    expect((await ann.request('DELETE', path)).json().detail).toContain('routers in this home');
    expect((await ann.request('GET', '/api/v1/homes')).json().items).toHaveLength(1);
  });
});

describe('an invitation', () => {
  test('says what it is for, makes one person a member, and works once', async () => {
    const { ann, id, invite, accept, membersOf } = await home();
    await ann.request('PATCH', '/api/v1/me', { full_name: 'Ann' });
    const { secret, expires_at, url } = await invite('viewer');
    expect(url).toMatch(/\/join\/[\w-]{43}$/);
    expect(Date.parse(expires_at)).toBeGreaterThan(Date.now() + 6.9 * 24 * 3_600_000);
    const [bob, carl] = [await signIn(), await signIn()];
    await bob.request('PATCH', '/api/v1/me', { full_name: 'Bob' });
    const offer = await bob.request('GET', `/api/v1/invitations/${secret}`);
    expect(offer.json()).toEqual({
      home_id: id,
      home_name: 'Home',
      owner_name: 'Ann',
      role: 'viewer',
      expires_at,
    });
    expect((await accept(bob, secret)).json()).toMatchObject({
      id,
      role: 'viewer',
      is_own: false,
      owner_name: 'Ann',
    });
    // The answer may have been lost.
    expect((await accept(bob, secret)).json()).toMatchObject({ id, role: 'viewer' });
    expect((await accept(carl, secret)).json()).toMatchObject({
      status: 409,
      detail: expect.stringContaining('was used'),
    });
    expect((await carl.request('GET', `/api/v1/invitations/${secret}`)).statusCode).toBe(409);
    const bobs = (await bob.request('GET', '/api/v1/homes')).json().items;
    expect(bobs).toMatchObject([
      { is_own: true, role: 'owner' },
      { id, is_own: false, role: 'viewer', owner_name: 'Ann' },
    ]);
    expect(await membersOf(ann)).toMatchObject([
      { name: 'Bob', role: 'viewer', email: expect.stringContaining('@') },
    ]);
    expect(await membersOf(bob)).toMatchObject([{ name: 'Bob', email: null }]);
    await bob.request('PATCH', '/api/v1/me', { full_name: 'Robert' });
    expect(await membersOf(ann)).toMatchObject([{ name: 'Robert' }]);
    const { items } = (await ann.request('GET', '/api/v1/audit')).json();
    expect(items.slice(0, 2)).toMatchObject([
      { action: 'member.joined', actor_id: bob.userId, actor_name: 'Bob', subject_id: bob.userId },
      { action: 'member.invited', actor_id: null, actor_name: null },
    ]);
  });

  test('of simultaneous guests takes one', async () => {
    const { invite, accept } = await home();
    const { secret } = await invite('admin');
    const guests = await Promise.all([1, 2, 3, 4].map(() => signIn()));
    const answers = await Promise.all(guests.map((guest) => accept(guest, secret)));
    expect(answers.map(({ statusCode }) => String(statusCode)).toSorted()).toEqual([
      '200',
      '409',
      '409',
      '409',
    ]);
  });

  test('is refused to its sender, when it has expired, was withdrawn, or its owner is not active, and is unknown otherwise', async () => {
    const { ann, path, invite, accept } = await home();
    const bob = await signIn();
    const [expired, withdrawn, own] = [
      await invite('viewer'),
      await invite('viewer'),
      await invite('viewer'),
    ];
    expect((await ann.request('GET', `${path}/invitations`)).json().items).toHaveLength(3);
    expect((await accept(ann, own.secret)).json()).toMatchObject({
      status: 409,
      detail: expect.stringContaining('your own home'),
    });
    await asOwner(sql`update home_invitations set expires_at = now() where id = ${expired.id}`);
    expect((await accept(bob, expired.secret)).json()).toMatchObject({
      status: 409,
      detail: expect.stringContaining('expired'),
    });
    expect((await ann.request('DELETE', `${path}/invitations/${withdrawn.id}`)).statusCode).toBe(
      204,
    );
    for (const secret of [withdrawn.secret, 'x'.repeat(43)])
      expect((await accept(bob, secret)).statusCode).toBe(404);
    expect((await ann.request('GET', `${path}/invitations`)).json().items).toHaveLength(1);
    await asOwner(sql`update users set is_active = false where id = ${ann.userId}`);
    expect((await accept(bob, own.secret)).statusCode).toBe(404);
  });

  test('stores no secret, and is no more than quotas allow', async () => {
    const { ann, path, invite } = await home();
    const { secret } = await invite('viewer');
    const { rows } = await tenantTransaction(database.service, ann.userId, (transaction) =>
      sql<{
        row: string;
      }>`select i::text || (select string_agg(a::text, '') from audit_entries a) as row from home_invitations i`.execute(
        transaction,
      ),
    );
    expect(JSON.stringify(rows)).not.toContain(secret);
    for (let count = 1; count < QUOTAS.invitations; count += 1) await invite('viewer');
    expect(
      (await ann.request('POST', `${path}/invitations`, { role: 'viewer' })).json(),
    ).toMatchObject({
      type: '/problems/quota-exceeded',
      quota: 'invitations',
    });
  });
});

describe('a member', () => {
  test('is changed and removed by the owner only, leaves by themselves, and is nobody twice', async () => {
    const { ann, path, invite, accept, join, membersOf } = await home();
    const { id: tim } = (await ann.request('POST', `${path}/people`, { name: 'Tim' })).json();
    const [admin, child] = [await join('admin'), await join('child', { person_id: tim })];
    const change = (person: Person, body: object, member = child) =>
      person.request('PATCH', `${path}/members/${member.userId}`, body);
    expect((await change(admin, { role: 'viewer' })).statusCode).toBe(403);
    expect((await change(ann, { role: 'owner' })).statusCode).toBe(400);
    expect((await change(ann, { person_id: tim }, admin)).json().detail).toContain(
      'no member is yet',
    );
    expect((await change(ann, { role: 'viewer', person_id: null })).json()).toMatchObject({
      role: 'viewer',
      person_id: null,
    });
    expect((await change(ann, { person_id: tim })).statusCode).toBe(200);
    expect((await ann.request('GET', `${path}/people/${tim}`)).json().member_id).toBe(child.userId);
    expect((await accept(admin, (await invite('viewer')).secret)).json()).toMatchObject({
      status: 409,
      detail: expect.stringContaining('member of this home already'),
    });
    expect((await admin.request('DELETE', `${path}/members/${child.userId}`)).statusCode).toBe(403);
    expect((await child.request('DELETE', `${path}/members/${child.userId}`)).statusCode).toBe(204);
    expect((await child.request('GET', path)).statusCode).toBe(404);
    expect((await ann.request('DELETE', `${path}/members/${admin.userId}`)).statusCode).toBe(204);
    expect(await membersOf(ann)).toEqual([]);
    const { items } = (await ann.request('GET', '/api/v1/audit?action=member')).json();
    expect(items.slice(0, 2)).toMatchObject([
      { action: 'member.removed', actor_id: null, details: { has_left: false } },
      { action: 'member.removed', actor_id: child.userId, details: { has_left: true } },
    ]);
  });

  test('is gone with their account, with the home, and while its owner is not active', async () => {
    const { ann, path, join, membersOf } = await home();
    const [bob, carl] = [await join('admin'), await join('admin')];
    const { email } = (await bob.request('GET', '/api/v1/me')).json();
    expect((await bob.request('DELETE', '/api/v1/me', { email })).statusCode).toBe(204);
    expect(await membersOf(ann)).toMatchObject([{ member_id: carl.userId }]);
    await asOwner(sql`update users set is_active = false where id = ${ann.userId}`);
    expect((await carl.request('GET', path)).statusCode).toBe(404);
    expect((await carl.request('GET', '/api/v1/homes')).json().items).toHaveLength(1);
  });

  test('who is an admin links a router to this home, and takes none of another home', async () => {
    const { ann, id, join } = await home();
    const { id: cabin } = (await ann.request('POST', '/api/v1/homes', { name: 'Cabin' })).json();
    const admin = await join('admin');
    const headers = { 'netpilot-home': id };
    const code = await admin.request('POST', '/api/v1/pairing-codes', undefined, headers);
    expect(code.statusCode).toBe(201);
    const progress = `/api/v1/pairing-codes/${code.json().id}`;
    expect((await admin.request('GET', progress, undefined, headers)).json().state).toBe('waiting');
    expect((await admin.request('GET', progress)).statusCode).toBe(404);
    const elsewhere = await ann.request('POST', '/api/v1/pairing-codes', undefined, {
      'netpilot-home': cabin,
    });
    expect(elsewhere.statusCode).toBe(201);
    const homes = await tenantTransaction(database.service, ann.userId, (transaction) =>
      transaction.selectFrom('pairing_codes').select('home_id').orderBy('id').execute(),
    );
    expect(homes).toEqual([{ home_id: id }, { home_id: cabin }]);
  });

  test('with a token of theirs can do what both allow; one for a router of their own opens no home of others', async () => {
    const { path, id, join } = await home();
    const viewer = await join('viewer');
    const tokenOf = async (body: object) =>
      (await viewer.request('POST', '/api/v1/tokens', { token_name: 'x', ...body })).json().token;
    const use = (token: string, method: 'GET' | 'PATCH', url: string, body?: object) =>
      viewer.request(method, url, body, {
        cookie: '',
        authorization: `Bearer ${token}`,
        'netpilot-home': id,
      });
    const all = await tokenOf({ scopes: ['account', 'manage'] });
    expect((await use(all, 'GET', path)).json()).toMatchObject({ role: 'viewer' });
    expect((await use(all, 'PATCH', path, { name: 'x' })).statusCode).toBe(403);
    const router_id = await createRouter(database.service, viewer.userId);
    const limited = await tokenOf({ scopes: ['manage'], router_id });
    expect((await use(limited, 'GET', '/api/v1/devices')).statusCode).toBe(404);
  });
});

describe('a child', () => {
  test('sees what holds for their own devices, and asks for more, once in five minutes', async () => {
    const { ann, id, path, join } = await home();
    const { id: tim } = (await ann.request('POST', `${path}/people`, { name: 'Tim' })).json();
    const router_id = await createRouter(database.service, ann.userId);
    await tenantTransaction(database.service, ann.userId, (transaction) =>
      transaction
        .insertInto('user_devices')
        .values([
          {
            user_id: ann.userId,
            router_id,
            ip: '192.168.1.9',
            mac: '9a:8d:bc:e0:52:41',
            hostname: 'phone',
            person_id: tim,
          },
          { user_id: ann.userId, router_id, ip: '192.168.1.8', hostname: 'not his' },
        ])
        .execute(),
    );
    const child = await join('child', { person_id: tim });
    expect((await child.request('GET', `${path}/me`)).json()).toMatchObject({
      home: { id, name: 'Home' },
      role: 'child',
      person: { id: tim, name: 'Tim' },
      devices: [{ router_id, name: 'phone', access: { access: 'allow' } }],
    });
    const ask = (body: object) => child.request('POST', `${path}/asks`, body);
    expect((await ask({ minutes: 0 })).statusCode).toBe(400);
    expect((await ask({ minutes: 30, message: 'Only this level' })).statusCode).toBe(201);
    const again = await ask({ minutes: 30 });
    expect([again.statusCode, Number(again.headers['retry-after'])]).toEqual([
      429,
      expect.any(Number),
    ]);
    const { items } = (await ann.request('GET', '/api/v1/audit?action=access.asked')).json();
    expect(items).toMatchObject([
      {
        actor_id: child.userId,
        subject_id: tim,
        details: { name: 'Tim', minutes: 30, message: 'Only this level' },
      },
    ]);
    await asOwner(sql`update access_asks set asked_at = asked_at - interval '5 minutes'`);
    expect((await ask({ minutes: 30 })).statusCode).toBe(201);
  });

  test('a member without a person cannot ask', async () => {
    const { path, join } = await home();
    const child = await join('child');
    expect((await child.request('GET', `${path}/me`)).json()).toMatchObject({
      person: null,
      devices: [],
    });
    expect((await child.request('POST', `${path}/asks`, { minutes: 30 })).statusCode).toBe(409);
  });
});

async function asOwner(statement: ReturnType<typeof sql>): Promise<void> {
  await maintenanceTransaction(database.owner, (transaction) => statement.execute(transaction));
}
