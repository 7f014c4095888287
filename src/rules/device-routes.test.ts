import { describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { recordScan } from '../devices/scan.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

const PHONE = '9a:00:00:00:00:01';
const OTHER = '9a:00:00:00:00:02';

/** A person with a home, routers in it, and people. */
async function home(routerCount = 1) {
  const ann = await signIn();
  const routers: string[] = [];
  for (let count = 0; count < routerCount; count += 1)
    routers.push(await createRouter(database.service, ann.userId));
  const [{ id: homeId }] = (await ann.request('GET', '/api/v1/homes')).json().items;
  const personOf = async (name: string): Promise<string> =>
    (await ann.request('POST', `/api/v1/homes/${homeId}/people`, { name })).json().id;
  return { ann, routers, homeId, tim: await personOf('Tim'), anna: await personOf('Anna') };
}

const see = ({ userId }: Person, routerId = '', ...macs: string[]) =>
  recordScan(database.service, {
    userId,
    routerId,
    complete: false,
    neighbours: macs.map((mac, index) => ({
      mac,
      ip: `10.0.0.${index + 1}`,
      online: true,
      hostname: 'phone',
    })),
  });

/** The device with this MAC at a router, as the API has it. */
async function deviceOf(ann: Person, router = '', mac = PHONE) {
  const { items } = (await ann.request('GET', `/api/v1/routers/${router}/devices`)).json();
  const device = items.find(({ macs }: { macs: string[] }) => macs.includes(mac));
  return { ...device, url: `/api/v1/routers/${router}/devices/${device?.id}` };
}

const revisionsOf = ({ userId }: Person) =>
  tenantTransaction(database.service, userId, async (transaction) => {
    const rows = await transaction
      .selectFrom('router_policies')
      .select('policy_revision')
      .orderBy('router_id')
      .execute();
    return rows.map(({ policy_revision }) => policy_revision);
  });

const addRule = async (ann: Person, homeId: string, rule: object) => {
  const answer = await ann.request('POST', `/api/v1/homes/${homeId}/rules`, rule);
  expect(answer.statusCode).toBe(201);
};

describe('a device is given to a person', () => {
  test('who then has it, and it is not new any more', async () => {
    const { ann, routers, homeId, tim } = await home();
    await see(ann, routers[0], PHONE);
    const { url, is_new } = await deviceOf(ann, routers[0]);
    expect(is_new).toBe(true);
    const answer = await ann.request('PATCH', url, { person_id: tim });
    expect(answer.json()).toMatchObject({ person_id: tim, is_new: false, device_name: null });
    const people = (await ann.request('GET', `/api/v1/homes/${homeId}/people`)).json().items;
    expect(people).toMatchObject([
      { name: 'Anna', devices: 0 },
      { name: 'Tim', devices: 1 },
    ]);
    const { items } = (await ann.request('GET', '/api/v1/audit?action=device.changed')).json();
    expect(items).toMatchObject([
      { details: { before: { person_id: null }, after: { person_id: tim } } },
    ]);
  });

  test('of every router of the home that knows it, with all its parts, and of no other home', async () => {
    const { ann, routers, homeId, tim } = await home(3);
    const [first, second, elsewhere] = routers;
    const { id: otherHome } = (
      await ann.request('POST', '/api/v1/homes', { name: 'Cabin' })
    ).json();
    await ann.request('PATCH', `/api/v1/routers/${elsewhere}`, { home_id: otherHome });
    for (const router of routers) await see(ann, router, PHONE, OTHER);
    const part = await deviceOf(ann, second, OTHER);
    const whole = await deviceOf(ann, second, PHONE);
    await ann.request('POST', `${whole.url}/merge`, { device_id: part.id });
    // By the MAC of the part, the whole device of the second router is meant.
    const { url } = await deviceOf(ann, first, OTHER);
    await ann.request('PATCH', url, { person_id: tim });
    expect(await deviceOf(ann, second)).toMatchObject({ person_id: tim, is_new: false });
    expect(await deviceOf(ann, first, PHONE)).toMatchObject({ person_id: null, is_new: true });
    expect(await deviceOf(ann, elsewhere, OTHER)).toMatchObject({ person_id: null, is_new: true });
    const person = await ann.request('GET', `/api/v1/homes/${homeId}/people/${tim}`);
    expect(person.json()).toMatchObject({ devices: 2 });
  });

  test('and is nobody’s again, but known', async () => {
    const { ann, routers, tim } = await home();
    await see(ann, routers[0], PHONE);
    const { url } = await deviceOf(ann, routers[0]);
    await ann.request('PATCH', url, { person_id: tim });
    const answer = await ann.request('PATCH', url, { person_id: null });
    expect(answer.json()).toMatchObject({ person_id: null, is_new: false });
  });

  test('only of the home of its router', async () => {
    const { ann, routers } = await home();
    const bob = await home();
    const { id: cabin } = (await ann.request('POST', '/api/v1/homes', { name: 'Cabin' })).json();
    const guest = (
      await ann.request('POST', `/api/v1/homes/${cabin}/people`, { name: 'Guest' })
    ).json();
    await see(ann, routers[0], PHONE);
    const { url } = await deviceOf(ann, routers[0]);
    for (const person_id of [guest.id, bob.tim, routers[0]]) {
      const { statusCode } = await ann.request('PATCH', url, { person_id });
      expect([400, 404]).toContain(statusCode);
    }
    expect(await deviceOf(ann, routers[0])).toMatchObject({ person_id: null, is_new: true });
  });

  test('by who has seen whose it is, if they say so', async () => {
    const { ann, routers, tim, anna } = await home();
    await see(ann, routers[0], PHONE);
    const { url } = await deviceOf(ann, routers[0]);
    const { etag } = (await ann.request('GET', url)).headers;
    await ann.request('PATCH', url, { person_id: tim });
    const late = await ann.request('PATCH', url, { person_id: anna }, { 'if-match': String(etag) });
    expect(late.statusCode).toBe(412);
  });

  test('and the routers of the home are told only if there is a rule for the person, or for new devices', async () => {
    const { ann, routers, homeId, tim, anna } = await home(2);
    await see(ann, routers[0], PHONE, OTHER);
    const { url } = await deviceOf(ann, routers[0]);
    const before = await revisionsOf(ann);
    await ann.request('PATCH', url, { person_id: tim });
    expect(await revisionsOf(ann)).toEqual(before);
    await addRule(ann, homeId, { kind: 'pause', target: 'person', person_id: anna, minutes: 30 });
    const paused = await revisionsOf(ann);
    await ann.request('PATCH', url, { person_id: anna });
    const given = await revisionsOf(ann);
    expect(given).toEqual(paused.map((revision) => revision + 1));
    await ann.request('PATCH', url, { person_id: null });
    const taken = await revisionsOf(ann);
    expect(taken).toEqual(given.map((revision) => revision + 1));
    await ann.request('PATCH', url, { person_id: tim });
    expect(await revisionsOf(ann)).toEqual(taken);
    await addRule(ann, homeId, { kind: 'new_device', target: 'everyone', access: 'block' });
    const quarantined = await revisionsOf(ann);
    await ann.request('PATCH', (await deviceOf(ann, routers[0], OTHER)).url, { person_id: tim });
    expect(await revisionsOf(ann)).toEqual(quarantined.map((revision) => revision + 1));
  });

  test('and the routers are told when a person with rules is deleted', async () => {
    const { ann, routers, homeId, tim } = await home(2);
    await see(ann, routers[0], PHONE);
    await ann.request('PATCH', (await deviceOf(ann, routers[0])).url, { person_id: tim });
    await addRule(ann, homeId, { kind: 'pause', target: 'person', person_id: tim, minutes: 30 });
    const before = await revisionsOf(ann);
    await ann.request('DELETE', `/api/v1/homes/${homeId}/people/${tim}`);
    expect(await revisionsOf(ann)).toEqual(before.map((revision) => revision + 1));
  });
});

describe('a device that comes to another router of the home', () => {
  test('is of the same person there, and not new', async () => {
    const { ann, routers, tim } = await home(2);
    await see(ann, routers[0], PHONE);
    await ann.request('PATCH', (await deviceOf(ann, routers[0])).url, { person_id: tim });
    await see(ann, routers[1], PHONE, OTHER);
    expect(await deviceOf(ann, routers[1])).toMatchObject({ person_id: tim, is_new: false });
    expect(await deviceOf(ann, routers[1], OTHER)).toMatchObject({ person_id: null, is_new: true });
  });

  test('is new there if it is blocked here: nobody has decided on it there', async () => {
    const { ann, routers, tim } = await home(2);
    await see(ann, routers[0], PHONE);
    await ann.request('PATCH', (await deviceOf(ann, routers[0])).url, { person_id: tim });
    await ann.request('POST', `/api/v1/routers/${routers[0]}/blocks`, { device_mac: PHONE });
    await see(ann, routers[1], PHONE);
    expect(await deviceOf(ann, routers[1])).toMatchObject({ person_id: tim, is_new: true });
  });

  test('is new if it comes to another home', async () => {
    const { ann, routers, tim } = await home(2);
    const { id: cabin } = (await ann.request('POST', '/api/v1/homes', { name: 'Cabin' })).json();
    await ann.request('PATCH', `/api/v1/routers/${routers[1]}`, { home_id: cabin });
    await see(ann, routers[0], PHONE);
    await ann.request('PATCH', (await deviceOf(ann, routers[0])).url, { person_id: tim });
    await see(ann, routers[1], PHONE);
    expect(await deviceOf(ann, routers[1])).toMatchObject({ person_id: null, is_new: true });
  });
});

test('a new device that is merged with a known one is known, and new again when that is undone', async () => {
  const { ann, routers, tim } = await home();
  await see(ann, routers[0], PHONE, OTHER);
  const known = await deviceOf(ann, routers[0], PHONE);
  await ann.request('PATCH', known.url, { person_id: tim });
  const newcomer = await deviceOf(ann, routers[0], OTHER);
  await ann.request('POST', `${known.url}/merge`, { device_id: newcomer.id });
  expect(await deviceOf(ann, routers[0], OTHER)).toMatchObject({ person_id: tim, is_new: false });
  await ann.request('POST', `${known.url}/unmerge`, { device_id: newcomer.id });
  expect(await deviceOf(ann, routers[0], OTHER)).toMatchObject({ person_id: null, is_new: true });
  await ann.request('POST', `${newcomer.url}/merge`, { device_id: known.id });
  expect(await deviceOf(ann, routers[0], PHONE)).toMatchObject({
    id: newcomer.id,
    person_id: tim,
    is_new: false,
  });
});
