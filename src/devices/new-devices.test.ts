/** What the API says of a device that nobody has reviewed yet: that it is new, and what and who it may be. */
import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

type Known = Partial<{
  mac: string;
  hostname: string;
  device_name: string;
  device_type: string;
  is_router: boolean;
  is_online: boolean;
  first_seen: string;
  last_seen: string;
  reviewed_at: string;
  shown_as: string;
  place: string;
}>;

/** A person with a router that has seen these devices; gives them as the list has them, in order. */
async function home(devices: Known[]) {
  const ann = await signIn();
  const router_id = await createRouter(database.service, ann.userId);
  const own = { user_id: ann.userId, router_id };
  const ids = await tenantTransaction(database.service, ann.userId, async (transaction) => {
    const rows = await transaction
      .insertInto('user_devices')
      .values(devices.map((device, index) => ({ ...own, ip: `10.0.0.${index + 1}`, ...device })))
      .returning('id')
      .execute();
    return rows.map(({ id }) => id);
  });
  const path = `/api/v1/routers/${router_id}/devices`;
  const list = async () => (await ann.request('GET', `${path}?sort=ip`)).json().items;
  return { ann, own, ids, path, list };
}

const REVIEWED = { reviewed_at: '2026-01-01T00:00:00Z' };

test('a device is new until somebody has reviewed it; the router never is', async () => {
  const { list } = await home([
    { mac: '00:11:22:00:00:01' },
    { mac: '00:11:22:00:00:02', ...REVIEWED },
    { mac: '00:11:22:00:00:03', is_router: true },
  ]);
  expect(await list()).toMatchObject([{ is_new: true }, { is_new: false }, { is_new: false }]);
});

test('what a device may be is guessed, until a person has said it', async () => {
  const { list, path, ids, ann } = await home([
    { hostname: 'Annas-iPhone' },
    { hostname: 'DESKTOP-4K2R7QX' },
    { hostname: 'Annas-iPhone', device_name: "Anna's phone", device_type: 'phone' },
  ]);
  expect(await list()).toMatchObject([
    {
      type_guess: { type: 'phone', reason: 'hostname', evidence: 'Annas-iPhone' },
      name_guess: 'Annas iPhone',
      device_type: null,
      device_name: null,
    },
    { type_guess: { type: 'desktop' }, name_guess: null },
    { type_guess: null, name_guess: null },
  ]);
  expect((await ann.request('GET', `${path}/${ids[0]}`)).json()).toMatchObject({
    type_guess: { type: 'phone' },
    name_guess: 'Annas iPhone',
    person_id: null,
    same_as: null,
  });
});

describe('a new device with a random MAC is probably', () => {
  const radio = { port: null, band: null, signal: null, down: null, up: null };
  const place = JSON.stringify({
    network: 'lan',
    ssid: 'Home',
    ...radio,
    since: '2026-01-01T00:00:00.000000Z',
  });
  const KNOWN = {
    mac: '9a:00:00:00:00:01',
    hostname: 'Annas-iPhone',
    device_name: "Anna's phone",
    first_seen: '2026-01-01T00:00:00Z',
    last_seen: '2026-11-27T17:58:00.5Z',
    place,
    ...REVIEWED,
  };
  const NEW = {
    mac: '9a:00:00:00:00:02',
    hostname: 'annas-iphone.fritz.box',
    is_online: true,
    first_seen: '2026-11-27T18:00:00.5Z',
    last_seen: '2026-11-27T18:01:00Z',
    place,
  };
  const SAME = {
    name: "Anna's phone",
    reasons: [
      { code: 'same_name', value: 'annas-iphone.fritz.box' },
      { code: 'left_before', value: '120' },
      { code: 'same_network', value: 'Home' },
      { code: 'random_mac', value: null },
    ],
  };

  test('the one with its name that had just left', async () => {
    const { list, ids, path, ann } = await home([KNOWN, NEW]);
    const [known, newcomer] = await list();
    expect(known.same_as).toBeNull();
    expect(newcomer.same_as).toEqual({ device_id: ids[0], ...SAME });
    expect((await ann.request('GET', `${path}/${ids[1]}`)).json()).toMatchObject({
      same_as: newcomer.same_as,
    });
  });

  test('the one that is blocked, and that is said', async () => {
    const { list, own, ids, ann } = await home([KNOWN, NEW]);
    await tenantTransaction(database.service, ann.userId, (transaction) =>
      transaction
        .insertInto('user_blocked_devices')
        .values({ ...own, device_ip: '10.0.0.1', device_mac: KNOWN.mac })
        .execute(),
    );
    const [, newcomer] = await list();
    expect(newcomer.same_as).toMatchObject({ device_id: ids[0] });
    expect(newcomer.same_as.reasons).toContainEqual({ code: 'was_blocked', value: null });
  });

  test.each<[string, Known, Known]>([
    ['online now', { is_online: true }, {}],
    ['of another name', { hostname: 'Tims-iPhone' }, {}],
    ['of a MAC that does not change', { mac: '00:11:22:00:00:01' }, {}],
    ['known, if the new one has been reviewed', {}, REVIEWED],
    ['known, if the new one has the MAC of its maker', {}, { mac: '00:11:22:00:00:02' }],
  ])('and not one %s', async (_which, known, newcomer) => {
    const { list } = await home([
      { ...KNOWN, ...known },
      { ...NEW, ...newcomer },
    ]);
    expect((await list())[1].same_as).toBeNull();
  });

  test('and not one of another router, which it could not be merged with', async () => {
    const { list, ann } = await home([NEW]);
    const other = await createRouter(database.service, ann.userId);
    await tenantTransaction(database.service, ann.userId, (transaction) =>
      transaction
        .insertInto('user_devices')
        .values({ user_id: ann.userId, router_id: other, ip: '10.0.0.9', ...KNOWN })
        .execute(),
    );
    expect((await list())[0].same_as).toBeNull();
  });
});
