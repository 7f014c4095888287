import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

const MAC = '02:00:00:00:00:01';

/** A person whose router has seen one device. */
async function home(device: { mac: string | null; is_router?: boolean } = { mac: MAC }) {
  const ann = await signIn();
  const router = await createRouter(database.service, ann.userId);
  const { id } = await tenantTransaction(database.service, ann.userId, (transaction) =>
    transaction
      .insertInto('user_devices')
      .values({ user_id: ann.userId, router_id: router, ip: '10.0.0.1', ...device })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  const base = `/api/v1/routers/${router}`;
  const revision = async () => (await ann.request('GET', `${base}/policy`)).json().policy_revision;
  const audits = async (action: string) =>
    (await ann.request('GET', `/api/v1/audit?action=${action}`)).json().items;
  return { ann, router, base, device_id: id, revision, audits };
}

describe.each([
  { list: 'whitelist', note: 'description' },
  { list: 'blacklist', note: 'reason' },
] as const)('the $list', ({ list, note }) => {
  test('takes a device by its id, with its address and MAC, and raises the revision', async () => {
    const { ann, base, router, device_id, revision, audits } = await home();
    const answer = await ann.request('POST', `${base}/${list}`, {
      device_id,
      device_name: 'TV',
      [note]: 'why',
    });
    expect(answer.statusCode).toBe(201);
    const { delivery, ...entry } = answer.json();
    expect(entry).toMatchObject({
      router_id: router,
      device_id,
      device_ip: '10.0.0.1',
      device_mac: MAC,
      device_name: 'TV',
      [note]: 'why',
    });
    expect(entry).not.toHaveProperty('user_id');
    expect(delivery).toMatchObject({ state: 'pending', policy_revision: 2 });
    expect(await revision()).toBe(2);
    expect((await ann.request('GET', String(answer.headers.location))).json()).toEqual(entry);
    expect((await ann.request('GET', `${base}/${list}`)).json().items).toEqual([entry]);
    expect(await audits(`${list}.added`)).toMatchObject([
      { subject_id: entry.id, router_id: router, details: { device_mac: MAC, [note]: 'why' } },
    ]);
  });

  test.each([
    ['its MAC', { device_mac: '02-00-00-00-00-01' }],
    ['its address', { device_ip: '10.0.0.1' }],
    ['its MAC and another address', { device_mac: MAC, device_ip: '10.0.0.77' }],
  ])('knows a device by %s, and has it once', async (_how, named) => {
    const { ann, base, device_id, revision } = await home();
    const first = await ann.request('POST', `${base}/${list}`, named);
    expect(first.json()).toMatchObject({ device_id, device_mac: MAC });
    const again = await ann.request('POST', `${base}/${list}`, { device_id });
    expect(again.statusCode).toBe(409);
    expect(again.json().detail).toContain(first.json().id);
    expect(await revision()).toBe(2);
  });

  test('takes a device that was never seen, by address or MAC alone, or both', async () => {
    const { ann, base } = await home();
    const add = async (body: object) => (await ann.request('POST', `${base}/${list}`, body)).json();
    const unseen = { device_mac: '02:00:00:00:00:99', device_ip: '10.0.0.9' };
    expect(await add(unseen)).toMatchObject({ ...unseen, device_id: null });
    expect(await add({ device_ip: '10.0.0.9' })).toMatchObject({
      device_ip: '10.0.0.9',
      device_mac: null,
    });
    expect(await add({ device_ip: '10.0.0.9' })).toMatchObject({ status: 409 });
    const device_mac = '02:00:00:00:00:98';
    expect(await add({ device_mac })).toMatchObject({ device_mac, device_ip: '0.0.0.0' });
  });

  test.each([
    [{}, 'device_id'],
    [{ device_id: crypto.randomUUID(), device_ip: '10.0.0.1' }, 'device_id'],
    [{ device_id: 'tv' }, 'device_id'],
    [{ device_ip: '10.0.0' }, 'device_ip'],
    [{ device_ip: '0.0.0.0' }, 'device_ip'],
    [{ device_ip: '::1' }, 'device_ip'],
    [{ device_ip: '255.255.255.255' }, 'device_ip'],
    [{ device_mac: '02:00:00-00:00:01' }, 'device_mac'],
    [{ device_mac: 'ff:ff:ff:ff:ff:ff' }, 'device_mac'],
    [{ device_mac: '00:00:00:00:00:00' }, 'device_mac'],
    [{ device_ip: '10.0.0.1', device_name: '' }, 'device_name'],
    [{ device_ip: '10.0.0.1', [note]: 'x'.repeat(2001) }, note],
    [{ device_ip: '10.0.0.1', colour: 'red' }, 'colour'],
  ])('refuses %j, names the field, and leaves nothing', async (body, field) => {
    const { ann, base, revision, audits } = await home();
    const answer = await ann.request('POST', `${base}/${list}`, body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ field }]);
    expect(await revision()).toBe(1);
    expect(await audits(list)).toEqual([]);
  });

  test('gives one answer for one Idempotency-Key, and none for another request with it', async () => {
    const { ann, base, device_id, revision } = await home();
    const post = (body: object) =>
      ann.request('POST', `${base}/${list}`, body, { 'idempotency-key': 'one' });
    const [first, second] = await Promise.all([post({ device_id }), post({ device_id })]);
    expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
    expect(second.body).toBe(first.body);
    expect(second.headers.location).toBe(first.headers.location);
    expect((await post({ device_ip: '10.0.0.2' })).statusCode).toBe(409);
    expect(await revision()).toBe(2);
  });

  test('has its entries described, without a word to the router', async () => {
    const { ann, base, device_id, revision, audits } = await home();
    const { id } = (await ann.request('POST', `${base}/${list}`, { device_id })).json();
    const url = `${base}/${list}/${id}`;
    const tag = String((await ann.request('GET', url)).headers.etag);
    const first = await ann.request('PATCH', url, { [note]: 'new' }, { 'if-match': tag });
    expect(first.json()).toMatchObject({ id, [note]: 'new', delivery: { policy_revision: 2 } });
    expect(first.headers.etag).toBe((await ann.request('GET', url)).headers.etag);
    const late = await ann.request('PATCH', url, { [note]: 'late' }, { 'if-match': tag });
    expect(late.statusCode).toBe(412);
    expect((await ann.request('DELETE', url, undefined, { 'if-match': tag })).statusCode).toBe(412);
    await ann.request('PATCH', url, { [note]: 'new' });
    expect(await revision()).toBe(2);
    expect(await audits(`${list}.changed`)).toMatchObject([
      { details: { before: { [note]: null }, after: { [note]: 'new' } } },
    ]);
  });

  test('lets an entry go, and then takes the device again', async () => {
    const { ann, base, device_id, revision, audits } = await home();
    const { id } = (await ann.request('POST', `${base}/${list}`, { device_id })).json();
    const gone = await ann.request('DELETE', `${base}/${list}/${id}`);
    expect(gone.json()).toMatchObject({ delivery: { state: 'pending', policy_revision: 3 } });
    expect((await ann.request('GET', `${base}/${list}/${id}`)).statusCode).toBe(404);
    expect((await ann.request('DELETE', `${base}/${list}/${id}`)).statusCode).toBe(404);
    expect((await ann.request('POST', `${base}/${list}`, { device_id })).statusCode).toBe(201);
    expect(await revision()).toBe(4);
    expect(await audits(`${list}.removed`)).toMatchObject([
      { subject_id: id, details: { device_id, device_mac: MAC } },
    ]);
  });

  test('gives each entry once, newest first, page by page', async () => {
    const { ann, base } = await home();
    const added: string[] = [];
    for (let last = 1; last <= 7; last += 1) {
      const entry = await ann.request('POST', `${base}/${list}`, { device_ip: `10.0.1.${last}` });
      added.unshift(entry.json().id);
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = (await ann.request('GET', `${base}/${list}?limit=3${cursor}`)).json();
      seen.push(...page.items.map((item: { id: string }) => item.id));
      cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`;
    } while (cursor !== '');
    expect(seen).toEqual(added);
  });

  test("finds neither another user's things nor those of another router", async () => {
    const { ann, base, router, device_id } = await home();
    const bob = await home();
    const { id } = (await ann.request('POST', `${base}/${list}`, { device_id })).json();
    const office = await createRouter(database.service, ann.userId);
    const elsewhere = base.replace(router, office);
    for (const [person, place] of [
      [bob.ann, base],
      [bob.ann, bob.base],
      [ann, elsewhere],
    ] as const) {
      const tries = [
        person.request('GET', `${place}/${list}/${id}`),
        person.request('PATCH', `${place}/${list}/${id}`, { device_name: 'x' }),
        person.request('DELETE', `${place}/${list}/${id}`),
        person.request('POST', `${place}/${list}`, { device_id }),
      ];
      for (const answer of await Promise.all(tries)) expect(answer.statusCode).toBe(404);
    }
    expect(await bob.revision()).toBe(1);
  });
});

describe('an entry of the blacklist', () => {
  test('is switched off and on, and the router is told each time', async () => {
    const { ann, base, device_id, revision } = await home();
    const { id } = (await ann.request('POST', `${base}/blacklist`, { device_id })).json();
    const set = (is_active: boolean) =>
      ann.request('PATCH', `${base}/blacklist/${id}`, { is_active });
    expect((await set(false)).json()).toMatchObject({
      is_active: false,
      delivery: { policy_revision: 3 },
    });
    await set(false);
    expect(await revision()).toBe(3);
    await set(true);
    expect(await revision()).toBe(4);
  });

  test('is never for the router itself', async () => {
    const { ann, base, device_id } = await home({ mac: MAC, is_router: true });
    const answer = await ann.request('POST', `${base}/blacklist`, { device_id });
    expect(answer.statusCode).toBe(409);
    expect((await ann.request('POST', `${base}/whitelist`, { device_id })).statusCode).toBe(201);
  });
});
