import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { recordScan } from '../devices/scan.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);

const [OLD, NEW, OTHER] = ['9a:00:00:00:00:01', '9a:00:00:00:00:02', '9a:00:00:00:00:03'] as const;

type Seen = { mac: string; ip?: string; online?: boolean; hostname?: string; at?: string };

/** A person with routers in a home, and what these see. */
async function home(routerCount = 1) {
  const ann = await signIn();
  const routers: string[] = [];
  for (let count = 0; count < routerCount; count += 1)
    routers.push(await createRouter(database.service, ann.userId));
  const [{ id: homeId }] = (await ann.request('GET', '/api/v1/homes')).json().items;
  const see = (seen: Seen, routerId = routers[0] ?? '') => {
    const {
      mac,
      ip = `10.0.0.${mac.slice(-1)}`,
      online = true,
      hostname = 'Annas-iPhone',
      at,
    } = seen;
    return recordScan(database.service, {
      userId: ann.userId,
      routerId,
      complete: false,
      neighbours: [{ mac, ip, online, hostname }],
      ...(at !== undefined && { at: new Date(at) }),
    });
  };
  const review = async (mac: string, body: object, router = routers[0]) => {
    const { id } = await deviceOf(ann, mac, router);
    return ann.request('POST', `/api/v1/routers/${router}/devices/${id}/review`, body);
  };
  const reviewAll = (only = {}) =>
    ann.request('POST', `/api/v1/homes/${homeId}/devices/review`, {
      decision: 'allow',
      all: true,
      ...only,
    });
  return {
    ann,
    routers,
    homeId,
    see,
    review,
    reviewAll,
    of: (mac: string, router = routers[0]) => deviceOf(ann, mac, router),
  };
}

/** The phone of Anna's that was known, and blocked, comes back with another MAC. */
async function returning() {
  const at = await home();
  await at.see({ mac: OLD, at: '2026-11-27T17:00:00Z' });
  await at.review(OLD, { decision: 'refuse' });
  await at.see({ mac: OLD, online: false, at: '2026-11-27T17:30:00Z' });
  await at.see({ mac: NEW, at: '2026-11-27T17:31:00Z' });
  return at;
}

async function deviceOf(ann: Person, mac: string, router = '') {
  const { items } = (await ann.request('GET', `/api/v1/routers/${router}/devices`)).json();
  return items.find(({ macs }: { macs: string[] }) => macs.includes(mac));
}

const quarantine = (ann: Person, homeId: string) =>
  ann.request('POST', `/api/v1/homes/${homeId}/rules`, {
    kind: 'new_device',
    target: 'everyone',
    access: 'block',
  });

async function reviewsOf(ann: Person) {
  const { items } = (await ann.request('GET', '/api/v1/audit?action=device.reviewed')).json();
  return items;
}

describe('a new device is', () => {
  test('allowed: what held for new devices does not hold for it any more', async () => {
    const { ann, homeId, see, review, of } = await home();
    await see({ mac: NEW });
    await quarantine(ann, homeId);
    expect(await of(NEW)).toMatchObject({
      is_new: true,
      access: { access: 'block', because: { kind: 'new_device' } },
    });
    const answer = await review(NEW, { decision: 'allow' });
    expect(answer.json()).toMatchObject({
      is_new: false,
      access: { access: 'allow' },
      delivery: { state: 'pending' },
    });
    expect(await reviewsOf(ann)).toMatchObject([
      { subject_id: answer.json().id, details: { decision: 'allow', mac: NEW } },
    ]);
  });

  test('refused: it is blocked at every router of the home that knows it, once', async () => {
    const { see, review, of, routers } = await home(3);
    for (const router of routers.slice(0, 2)) await see({ mac: NEW }, router);
    for (let time = 0; time < 2; time += 1) {
      const answer = await review(NEW, { decision: 'refuse' });
      expect(answer.json()).toMatchObject({
        is_new: false,
        is_blocked: true,
        access: { access: 'block', because: { kind: 'block' } },
      });
    }
    expect(await of(NEW, routers[1])).toMatchObject({ is_new: false, is_blocked: true });
    // At a third router it would be new, and asked about again.
    await see({ mac: NEW }, routers[2]);
    expect(await of(NEW, routers[2])).toMatchObject({ is_new: true, is_blocked: false });
  });

  test('given to a person with the same tap, whose rules it gets', async () => {
    const { ann, homeId, see, review } = await home();
    await see({ mac: NEW });
    const people = `/api/v1/homes/${homeId}/people`;
    const { id: tim } = (await ann.request('POST', people, { name: 'Tim' })).json();
    const pause = { kind: 'pause', target: 'person', person_id: tim, minutes: 30 };
    await ann.request('POST', `/api/v1/homes/${homeId}/rules`, pause);
    const answer = await review(NEW, { decision: 'allow', person_id: tim });
    expect(answer.json()).toMatchObject({
      is_new: false,
      person_id: tim,
      access: { access: 'block', because: { kind: 'pause' } },
    });
  });

  test('merged with the known one that it probably is, whose block holds again', async () => {
    const { review, of } = await returning();
    const { same_as, access } = await of(NEW);
    expect(access).toMatchObject({ access: 'allow' });
    expect(same_as.reasons).toContainEqual({ code: 'was_blocked', value: null });
    const answer = await review(NEW, { decision: 'allow', same_as: same_as.device_id });
    expect(answer.json()).toMatchObject({
      id: same_as.device_id,
      macs: [OLD, NEW],
      is_new: false,
      is_blocked: true,
      same_as: null,
    });
  });

  test('not refused, nor given to a person who is cut off, by the device itself without a confirmation', async () => {
    const { ann, homeId, see, of } = await home();
    await see({ mac: NEW, ip: '10.0.0.99' });
    const people = `/api/v1/homes/${homeId}/people`;
    const { id: person_id } = (await ann.request('POST', people, { name: 'Tim' })).json();
    const pause = { kind: 'pause', target: 'person', person_id, minutes: 30 };
    await ann.request('POST', `/api/v1/homes/${homeId}/rules`, pause);
    const { id, router_id } = await of(NEW);
    const byItself = (method: 'POST' | 'PATCH', what: string, payload: object) =>
      app.inject({
        method,
        url: `/api/v1/routers/${router_id}/devices/${id}${what}`,
        headers: { cookie: ann.cookie },
        remoteAddress: '10.0.0.99',
        payload,
      });
    for (const refused of [
      await byItself('POST', '/review', { decision: 'refuse' }),
      await byItself('POST', '/review', { decision: 'allow', person_id }),
      await byItself('PATCH', '', { person_id }),
    ]) {
      expect(refused.statusCode).toBe(409);
      expect(refused.json()).toMatchObject({ errors: [{ field: 'confirm' }] });
    }
    expect(await of(NEW)).toMatchObject({ is_new: true, person_id: null, is_blocked: false });
    expect((await byItself('POST', '/review', { decision: 'allow' })).statusCode).toBe(200);
    const confirmed = await byItself('PATCH', '', { person_id, confirm: true });
    expect(confirmed.json()).toMatchObject({ person_id, access: { access: 'block' } });
  });

  test.each([
    [{ decision: 'maybe' }, 400],
    [{}, 400],
    [{ decision: 'allow', person_id: '01a21acc-16e4-718e-9078-145981c4ba40' }, 404],
    [{ decision: 'allow', same_as: '01a21acc-16e4-718e-9078-145981c4ba40' }, 404],
  ])('not reviewed by %j', async (body, status) => {
    const { see, review, of } = await home();
    await see({ mac: NEW });
    expect((await review(NEW, body)).statusCode).toBe(status);
    expect(await of(NEW)).toMatchObject({ is_new: true });
  });

  test('never the router itself', async () => {
    const { ann, see, review } = await home();
    await see({ mac: NEW });
    await tenantTransaction(database.service, ann.userId, (transaction) =>
      sql`update user_devices set is_router = true`.execute(transaction),
    );
    expect((await review(NEW, { decision: 'refuse' })).statusCode).toBe(409);
  });
});

describe('all new devices of a home are allowed', () => {
  test('in one go, at all of its routers, and at those of no other home', async () => {
    const { ann, see, reviewAll, of, routers } = await home(3);
    const { id: cabin } = (await ann.request('POST', '/api/v1/homes', { name: 'Cabin' })).json();
    await ann.request('PATCH', `/api/v1/routers/${routers[2]}`, { home_id: cabin });
    for (const router of routers) await see({ mac: OTHER, hostname: 'TV' }, router);
    await see({ mac: NEW, hostname: 'Tims-iPhone' });
    expect((await reviewAll()).json()).toEqual({ reviewed: 3, left: [] });
    expect((await reviewAll()).json()).toEqual({ reviewed: 0, left: [] });
    expect(await of(OTHER, routers[1])).toMatchObject({ is_new: false });
    expect(await of(OTHER, routers[2])).toMatchObject({ is_new: true });
    expect(await reviewsOf(ann)).toMatchObject([
      { details: { devices: 0 } },
      { details: { decision: 'allow', devices: 3 } },
    ]);
  });

  test('or only those that are here now, also where another router knows them', async () => {
    const { see, reviewAll, of, routers } = await home(2);
    await see({ mac: OTHER, hostname: 'TV' });
    await see({ mac: OTHER, hostname: 'TV', online: false }, routers[1]);
    await see({ mac: NEW, hostname: 'Tims-iPhone', online: false });
    expect((await reviewAll({ online: true })).json()).toEqual({ reviewed: 2, left: [] });
    expect(await of(OTHER, routers[1])).toMatchObject({ is_new: false });
    expect(await of(NEW)).toMatchObject({ is_new: true });
  });

  test('but not one that probably is blocked under another MAC', async () => {
    const { see, reviewAll, of, routers } = await returning();
    await see({ mac: OTHER, hostname: 'TV' });
    const { id } = await of(NEW);
    expect((await reviewAll()).json()).toEqual({
      reviewed: 1,
      left: [{ router_id: routers[0], device_id: id }],
    });
    expect(await of(NEW)).toMatchObject({ is_new: true });
    expect(await of(OTHER)).toMatchObject({ is_new: false });
  });
});
