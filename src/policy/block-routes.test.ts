import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { blocksOf } from '../database/models.ts';
import { type TenantTransaction, tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);

type Known = { ip: string; mac?: string; is_router?: boolean; holds_ip?: boolean };
const TV = { ip: '10.0.0.1', mac: '02:00:00:00:00:01' };

/** A person whose router, at 10.0.0.254, has seen one device. */
async function home(device: Known = TV) {
  const ann = await signIn();
  const router = await createRouter(database.service, ann.userId);
  const inTenant = <Result>(work: (transaction: TenantTransaction) => Promise<Result>) =>
    tenantTransaction(database.service, ann.userId, work);
  const { id } = await inTenant(async (transaction) => {
    await transaction.updateTable('user_routers').set({ router_ip: '10.0.0.254' }).execute();
    return transaction
      .insertInto('user_devices')
      .values({ user_id: ann.userId, router_id: router, ...device })
      .returning('id')
      .executeTakeFirstOrThrow();
  });
  const base = `/api/v1/routers/${router}`;
  return {
    ann,
    router,
    base,
    device_id: id,
    inTenant,
    block: (body: object, headers?: Record<string, string>) =>
      ann.request('POST', `${base}/blocks`, body, headers),
    unblock: (block: string) => ann.request('POST', `${base}/blocks/${block}/unblock`),
    list: async (query = '') => (await ann.request('GET', `${base}/blocks${query}`)).json().items,
    revision: async () => (await ann.request('GET', `${base}/policy`)).json().policy_revision,
    audits: async () => (await ann.request('GET', '/api/v1/audit?action=block')).json().items,
  };
}

describe('a blocked device', () => {
  test('is blocked by its MAC, shown as blocked, and the change is pending', async () => {
    const { ann, base, router, device_id, block, list, revision, audits } = await home();
    const answer = await block({ device_id });
    expect(answer.statusCode).toBe(201);
    const { delivery, ...blocked } = answer.json();
    expect(blocked).toEqual({
      id: expect.any(String),
      router_id: router,
      device_id,
      device_ip: TV.ip,
      device_mac: TV.mac,
      block_type: 'manual',
      blocked_at: expect.any(String),
      unblocked_at: null,
      is_active: true,
    });
    expect(delivery).toEqual({
      state: 'pending',
      policy_revision: 2,
      applied_revision: 0,
      reason: 'The router has not connected yet.',
      reason_code: 'never_connected',
    });
    expect(await list()).toEqual([blocked]);
    expect((await ann.request('GET', String(answer.headers.location))).json()).toEqual(blocked);
    expect((await ann.request('GET', `${base}/devices/${device_id}`)).json()).toMatchObject({
      is_blocked: true,
    });
    expect(await revision()).toBe(2);
    expect(await audits()).toMatchObject([
      { action: 'block.started', subject_id: blocked.id, details: { device_mac: TV.mac } },
    ]);
  });

  test('is blocked once: another time is a conflict that names the block', async () => {
    const { block, device_id, revision } = await home();
    const { id } = (await block({ device_id })).json();
    for (const named of [{ device_id }, { device_mac: '0200.0000.0001' }, { device_ip: TV.ip }]) {
      const again = await block(named);
      expect(again.statusCode).toBe(409);
      expect(again.json().detail).toContain(id);
    }
    expect(await revision()).toBe(2);
  });

  test('is blocked once by many requests at the same moment', async () => {
    const { block, device_id, list, revision } = await home();
    const answers = await Promise.all(Array.from({ length: 6 }, () => block({ device_id })));
    const made = answers.filter(({ statusCode }) => statusCode === 201);
    const refused = answers.filter(({ statusCode }) => statusCode === 409);
    expect([made.length, refused.length]).toEqual([1, 5]);
    expect(await list()).toHaveLength(1);
    expect(await revision()).toBe(2);
  });

  test('is unblocked, once, and keeps the history of each block', async () => {
    const { ann, base, block, unblock, device_id, list, revision, audits } = await home();
    const first = (await block({ device_id })).json();
    const ended = (await unblock(first.id)).json();
    expect(ended).toMatchObject({
      id: first.id,
      is_active: false,
      unblocked_at: expect.any(String),
      delivery: { policy_revision: 3 },
    });
    expect((await unblock(first.id)).json()).toEqual(ended);
    expect(await revision()).toBe(3);
    expect((await ann.request('GET', `${base}/devices/${device_id}`)).json()).toMatchObject({
      is_blocked: false,
    });
    const second = (await block({ device_id })).json();
    const ids = async (query?: string) => (await list(query)).map(({ id }: { id: string }) => id);
    expect(await ids()).toEqual([second.id]);
    expect(await ids('?state=ended')).toEqual([first.id]);
    expect(await ids('?state=all')).toEqual([second.id, first.id]);
    expect(await ids(`?state=all&device_id=${device_id}`)).toEqual([second.id, first.id]);
    expect(await ids(`?state=all&device_id=${crypto.randomUUID()}`)).toEqual([]);
    expect((await audits()).map(({ action }: { action: string }) => action)).toEqual([
      'block.started',
      'block.ended',
      'block.started',
    ]);
  });

  test('is unblocked by many requests at the same moment, and the router is told once', async () => {
    const { block, unblock, device_id, revision } = await home();
    const { id } = (await block({ device_id })).json();
    const answers = await Promise.all(Array.from({ length: 4 }, () => unblock(id)));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(await revision()).toBe(3);
  });

  test('that began later than the clock says now can be unblocked all the same', async () => {
    const { block, unblock, device_id, inTenant } = await home();
    const { id } = (await block({ device_id })).json();
    await inTenant((transaction) =>
      transaction
        .updateTable('user_blocked_devices')
        .set({ blocked_at: '2125-01-01T00:00:00Z' })
        .execute(),
    );
    expect((await unblock(id)).json()).toMatchObject({
      unblocked_at: '2125-01-01T00:00:00.000000Z',
    });
  });

  test('stays blocked when it is forgotten', async () => {
    const { ann, base, block, device_id, list } = await home();
    await block({ device_id });
    expect((await ann.request('DELETE', `${base}/devices/${device_id}`)).statusCode).toBe(204);
    expect(await list()).toMatchObject([{ device_id: null, device_mac: TV.mac, is_active: true }]);
  });
});

describe('what cannot be blocked', () => {
  test.each([
    ['the device that is the router', { ip: '10.0.0.7', is_router: true }, '10.0.0.7'],
    ['who holds the address of the router', { ip: '10.0.0.254' }, '10.0.0.254'],
    ['the address of the router', TV, '10.0.0.254'],
    ['the same, written otherwise', TV, '::ffff:10.0.0.254'],
  ])('is %s', async (_what, device, device_ip) => {
    const { block, revision, list, audits } = await home(device);
    const answer = await block({ device_ip, confirm: true });
    expect(answer.statusCode).toBe(409);
    expect(answer.json().detail).toContain('router itself');
    expect(await revision()).toBe(1);
    expect(await list()).toEqual([]);
    expect(await audits()).toEqual([]);
  });

  test.each(['10.0.0.1', '::ffff:10.0.0.1'])(
    'is, without a confirmation, the device in use at %s',
    async (remoteAddress) => {
      const { ann, base, device_id, revision } = await home();
      const block = (payload: object) =>
        app.inject({
          method: 'POST',
          url: `${base}/blocks`,
          headers: { cookie: ann.cookie },
          remoteAddress,
          payload,
        });
      const named = [
        { device_id },
        { device_ip: TV.ip, confirm: false },
        { device_mac: TV.mac, device_ip: '10.0.0.77' },
      ];
      for (const body of named) {
        const refused = await block(body);
        expect(refused.statusCode).toBe(409);
        expect(refused.json().detail).toContain('"confirm": true');
        expect(refused.json().errors).toMatchObject([{ field: 'confirm' }]);
      }
      expect(await revision()).toBe(1);
      expect((await block({ device_id, confirm: true })).statusCode).toBe(201);
    },
  );

  test('is not a device that had the address of the one in use before', async () => {
    const { ann, base, device_id } = await home({ ...TV, holds_ip: false });
    const answer = await app.inject({
      method: 'POST',
      url: `${base}/blocks`,
      headers: { cookie: ann.cookie },
      remoteAddress: TV.ip,
      payload: { device_id },
    });
    expect(answer.statusCode).toBe(201);
  });

  test.each([
    [{}, 'device_id'],
    [{ device_ip: 'tv' }, 'device_ip'],
    [{ device_ip: '239.1.2.3' }, 'device_ip'],
    [{ device_ip: '10.0.0.1', confirm: 'yes' }, 'confirm'],
    [{ device_ip: '10.0.0.1', block_type: 'blacklist' }, 'block_type'],
  ])('is %j; the field is named', async (body, field) => {
    const { block } = await home();
    const answer = await block(body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ field }]);
  });

  test("is another user's, or another router's", async () => {
    const { ann, base, router, block, device_id, list } = await home();
    const bob = await home();
    const { id } = (await block({ device_id })).json();
    const office = base.replace(router, await createRouter(database.service, ann.userId));
    for (const [person, place] of [
      [bob.ann, base],
      [bob.ann, bob.base],
      [ann, office],
    ] as const) {
      const tries = [
        person.request('GET', `${place}/blocks/${id}`),
        person.request('POST', `${place}/blocks`, { device_id }),
        person.request('POST', `${place}/blocks/${id}/unblock`),
      ];
      for (const answer of await Promise.all(tries)) expect(answer.statusCode).toBe(404);
    }
    expect(await list()).toMatchObject([{ id, is_active: true }]);
  });
});

describe('an Idempotency-Key', () => {
  test('makes one block of many requests, and gives each the same answer', async () => {
    const { block, device_id, inTenant } = await home();
    const post = () => block({ device_id }, { 'idempotency-key': 'again' });
    const answers = [await post(), ...(await Promise.all([post(), post()]))];
    expect(new Set(answers.map(({ statusCode, body }) => statusCode + body)).size).toBe(1);
    const replayed = answers.map(({ headers }) => headers['idempotent-replayed']);
    expect(replayed).toEqual([undefined, 'true', 'true']);
    const blocks = await inTenant((transaction) =>
      transaction
        .selectFrom('user_blocked_devices')
        .select('id')
        .where('device_id', '=', device_id)
        .execute(),
    );
    expect(blocks).toHaveLength(1);
    const other = await block({ device_ip: '10.0.0.2' }, { 'idempotency-key': 'again' });
    expect(other.statusCode).toBe(409);
  });
});

test('a block that cannot be stored leaves no audit, no revision and no answer for its key', async () => {
  const { block, device_id, audits, revision, list } = await home();
  const post = () => block({ device_id }, { 'idempotency-key': 'fails' });
  await database.owner.transaction().execute(async (transaction) => {
    await sql`
      create function refuse() returns trigger language plpgsql as $$
      begin raise exception 'the disk is full'; end $$`.execute(transaction);
    // Deferred: it strikes at the commit, when everything else is written.
    await sql`
      create constraint trigger refuse after insert on user_blocked_devices
      deferrable initially deferred for each row execute function refuse()`.execute(transaction);
  });
  try {
    expect((await post()).statusCode).toBe(500);
    expect([await audits(), await list(), await revision()]).toEqual([[], [], 1]);
  } finally {
    await sql`drop trigger refuse on user_blocked_devices`.execute(database.owner);
  }
  expect((await post()).statusCode).toBe(201);
});

test('whatever is blocked and unblocked, in whatever order, the blocks tell it and each change counts once', async () => {
  const step = fc.record({ device: fc.integer({ min: 1, max: 3 }), isBlock: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const { ann, router, block, unblock, revision, inTenant } = await home();
      const active = new Map<number, string>();
      const statuses: { seen: number[]; expected: number[] } = { seen: [], expected: [] };
      for (const { device, isBlock } of steps) {
        const current = active.get(device);
        if (isBlock) {
          const answer = await block({ device_ip: `10.0.1.${device}` });
          statuses.seen.push(answer.statusCode);
          statuses.expected.push(current === undefined ? 201 : 409);
          if (current === undefined) active.set(device, answer.json().id);
        } else if (current !== undefined) {
          statuses.seen.push((await unblock(current)).statusCode);
          statuses.expected.push(200);
          active.delete(device);
        }
      }
      expect(statuses.seen).toEqual(statuses.expected);
      const count = (status: number) => statuses.seen.filter((seen) => seen === status).length;
      const ofRouter = { user_id: ann.userId, router_id: router };
      const blocks = await inTenant((transaction) => blocksOf(transaction, ofRouter).execute());
      expect(blocks).toHaveLength(count(201));
      const activeIds = blocks.filter(({ is_active }) => is_active).map(({ id }) => id);
      expect(activeIds.toSorted()).toEqual([...active.values()].toSorted());
      expect(await revision()).toBe(1 + count(201) + count(200));
    }),
    { numRuns: 20 },
  );
});

test('45-mapped-address: a block by an IPv4-mapped address is for the device that has the IPv4 address', async () => {
  const { block, device_id } = await home();
  const known = await block({ device_ip: `::ffff:${TV.ip}` });
  expect(known.json()).toMatchObject({ device_id, device_ip: TV.ip, device_mac: TV.mac });
  const unknown = await block({ device_ip: '::ffff:192.168.1.77' });
  expect(unknown.json()).toMatchObject({ device_id: null, device_ip: '192.168.1.77' });
});

test.each(['fe80::1:2%br-lan', 'FE80:0:0::0001:0002', 'fe80::1:0002%eth0.2'])(
  '45-mapped-address: %s is the address of the device that has it, however a program writes it',
  async (device_ip) => {
    const { block } = await home({ ip: 'fe80::1:2', mac: TV.mac });
    expect((await block({ device_ip })).json()).toMatchObject({
      device_ip: 'fe80::1:2',
      device_mac: TV.mac,
    });
  },
);
