/** What a router tells besides: where devices are, and what it is itself. */
import { describe, expect, test } from 'vitest';
import { connectAgent, linkRouter } from '../../testing/agent.ts';
import { createTestApp } from '../../testing/app.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { rowsOf } from '../../testing/data-folder.ts';
import { tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

const TV = '02:00:00:00:00:01';
const PHONE = '02:00:00:00:00:02';

/** A router that is connected, with two devices that are stored. */
async function home() {
  const ann = await signIn();
  const router = await linkRouter(database, ann.userId);
  const { port } = await startTestCommandsServer(database);
  const agent = await connectAgent(port, router, {
    features: 'places,router,health,usage,wake',
    devices: [`${TV} 10.0.0.1 online tv`, `${PHONE} 10.0.0.2 online phone`],
  });
  const base = `/api/v1/routers/${router.routerId}`;
  const devices = async (query = '') => {
    const { items }: { items: { id: string; mac: string; place: object | null }[] } = (
      await ann.request('GET', `${base}/devices?sort=ip${query}`)
    ).json();
    return items;
  };
  await expect.poll(() => devices(), { timeout: 10_000 }).toHaveLength(2);
  /** The rows as they are stored, with when they were last written. */
  const written = () =>
    tenantTransaction(database.service, ann.userId, (transaction) =>
      transaction.selectFrom('user_devices').select(['mac', 'updated_at']).orderBy('mac').execute(),
    );
  const places = async () => (await devices()).map(({ place }) => place);
  const facts = async () => (await ann.request('GET', `${base}/facts`)).json();
  const usage = async () => (await ann.request('GET', `${base}/usage`)).json();
  const ids = async () => (await devices()).map(({ id }) => id);
  return { ann, agent, devices, places, facts, written, base, usage, ids };
}

const WIFI = { network: 'guest', port: 'phy1-ap0', band: '5', ssid: 'Müllers Netz' };

describe('where a device is', () => {
  test('is seen in the list and found by a search, whichever comes first, the device or its place', async () => {
    const { agent, devices, places } = await home();
    agent.say(`place ${TV} lan lan3 - - - - -`);
    agent.say(`place ${PHONE} guest phy1-ap0 5 M%C3%BCllers%20Netz -61 866700000 6000000`);
    agent.say('place 02:00:00:00:00:03 lan lan4 - - - - -');
    agent.say('event online 02:00:00:00:00:03 10.0.0.3 -');
    const since = expect.stringMatching(/^\d{4}-.*T.*\.\d{6}Z$/);
    await expect
      .poll(places)
      .toMatchObject([
        { network: 'lan', port: 'lan3', band: null, ssid: null, signal: null, since },
        { ...WIFI, signal: -61, down: 866_700_000, up: 6_000_000, since },
        {},
      ]);
    expect((await devices('&text=m%C3%BCllers')).map(({ mac }) => mac)).toEqual([PHONE]);
    expect((await devices('&text=lan3')).map(({ mac }) => mac)).toEqual([TV]);
  });

  test('is written when it changes, or the signal by 10 dB, and not for less', async () => {
    const { agent, places, written } = await home();
    const say = (signal: number) => agent.say(`place ${PHONE} lan phy1-ap0 5 Home ${signal} - -`);
    say(-61);
    await expect.poll(places).toMatchObject([null, { signal: -61 }]);
    const [, { since } = { since: '' }] = (await places()).map((place) => ({
      since: '',
      ...place,
    }));
    const before = await written();
    say(-70);
    agent.say(`place ${TV} lan lan3 - - - - -`);
    await expect.poll(places).toMatchObject([{ port: 'lan3' }, { signal: -61 }]);
    expect((await written())[1]).toEqual(before[1]);
    say(-71);
    await expect.poll(places).toMatchObject([{}, { signal: -71, since }]);
    agent.say(`place ${PHONE} lan lan1 - - - - -`);
    await expect.poll(places).toMatchObject([{}, { port: 'lan1', ssid: null, signal: null }]);
    expect((await places())[1]).not.toMatchObject({ since });
  });

  test('is an event when it changes, not with its signal: an open page shows it', async () => {
    const { agent, ann, places, ids } = await home();
    const events = () =>
      rowsOf(
        database.service,
        ann.userId,
        `select subject_id from events where type = 'device.placed' order by number`,
      );
    const say = (port: string, signal: number) =>
      agent.say(`place ${PHONE} lan ${port} 5 Home ${signal} - -`);
    const [, phone] = await ids();
    for (const [port, signal] of [
      ['phy1-ap0', -61],
      ['phy1-ap0', -80],
      ['phy0-ap0', -80],
    ] as const) {
      say(port, signal);
      await expect.poll(places).toMatchObject([null, { port, signal }]);
    }
    expect(await events()).toEqual([{ subject_id: phone }, { subject_id: phone }]);
  });
});

describe('what a router says of itself', () => {
  test('is its latest facts', async () => {
    const { agent, facts, ann, base } = await home();
    expect((await ann.request('GET', `${base}/facts`)).statusCode).toBe(404);
    agent.say(
      'router Cudy%20WR3000 OpenWrt%2024.10.4 3600 0.07 262144000 131072000 up 203.0.113.7 2001:db8::7 software',
    );
    await expect.poll(facts).toMatchObject({
      model: 'Cudy WR3000',
      release: 'OpenWrt 24.10.4',
      load: 0.07,
      memory_total: 262_144_000,
      memory_available: 131_072_000,
      internet: 'up',
      public_ip4: '203.0.113.7',
      public_ip6: '2001:db8::7',
      offloading: 'software',
    });
    const { booted_at, reported_at } = await facts();
    expect(Date.parse(reported_at) - Date.parse(booted_at)).toBeCloseTo(3_600_000, -4);
    agent.say('router - - 1 12.50 1 0 none - - off');
    await expect.poll(facts).toMatchObject({ model: null, internet: 'none', public_ip4: null });
  });

  test.each([
    'place 02:00:00:00:00:01 lan lan3 - - - -',
    'place 02:00:00:00:00:01 lan lan3 7 - - - -',
    'place 02:00:00:00:00:01 $(reboot) lan3 - - - - -',
    'place 02:00:00:00:00:01 lan lan3 - a b - - -',
    'router - - 1 0.07 1 0 maybe - - off',
    'router - - 1 0.07 1 0 up 203.0.113.7/24 - off',
    'router - - 1 7 1 0 up - - off',
    'health 1.1.1.1 101 -',
    'health 1.1.1.1 0 12',
    'use 02:00:00:00:00:01 1',
    'use 02:00:00:00:00:01 -1 0',
    'use 02:00:00:00:00:01 9007199254740993 0',
    'used 60000 1 counted',
    'used 0 0 counted',
    'used 60000 0 guessed',
  ])('ends the connection if it is not a line of the protocol: %s', async (line) => {
    const { agent } = await home();
    agent.say(line);
    await agent.ended;
    expect(agent.isEnded()).toBe(true);
  });
});

describe('what devices use', () => {
  test('is the latest sample, of those that are known', async () => {
    const { agent, usage, ann, base, ids } = await home();
    expect((await ann.request('GET', `${base}/usage`)).statusCode).toBe(404);
    agent.say(`use ${TV} 9007199254740991 7 02:00:00:00:00:99 1 1`);
    agent.say(`use ${PHONE} 5 0`);
    agent.say('used 60010 3 counted');
    const [tv, phone] = await ids();
    await expect.poll(usage).toMatchObject({ milliseconds: 60_010, counting: 'counted' });
    expect((await usage()).devices).toEqual(
      expect.arrayContaining([
        { device_id: tv, down: Number.MAX_SAFE_INTEGER, up: 7 },
        { device_id: phone, down: 5, up: 0 },
      ]),
    );
    agent.say('used 2000 0 partly');
    await expect.poll(usage).toMatchObject({ counting: 'partly', devices: [] });
  });

  test('is measured more often for as long as somebody asks', async () => {
    const { agent, ann, base } = await home();
    const answer = await ann.request('POST', `${base}/usage/watch`);
    expect(answer.statusCode).toBe(202);
    expect(Date.parse(answer.json().usage_wanted_until)).toBeGreaterThan(Date.now());
    await agent.until(() => agent.heard.some((line) => /^usage (60|59)$/.test(line)));
    expect(agent.heard).toContain('health 1.1.1.1 9.9.9.9');
  });
});

describe('how well the internet answers', () => {
  test('is asked of the addresses that the owner chooses, and of nobody if nobody is chosen', async () => {
    const { agent, ann, base } = await home();
    const told = (line: string) => agent.until(() => agent.heard.includes(line));
    await told('health 1.1.1.1 9.9.9.9');
    const choose = (health_targets: string[] | null) =>
      ann.request('PATCH', base, { health_targets });
    expect((await choose(['2001:db8::9'])).json()).toMatchObject({
      health_targets: ['2001:db8::9'],
    });
    await told('health 2001:db8::9 -');
    await choose([]);
    await told('health - -');
    for (const wrong of [
      ['127.0.0.1'],
      ['224.0.0.1'],
      ['example.org'],
      ['1.1.1.1', '2.2.2.2', '3.3.3.3'],
    ])
      expect((await choose(wrong)).statusCode).toBe(400);
    await choose(null);
    // Other lines may have come since.
    const asked = () => agent.heard.filter((line) => line.startsWith('health '));
    await agent.until(() => asked().at(-1) === 'health 1.1.1.1 9.9.9.9');
  });

  test('is the latest of each target', async () => {
    const { agent, facts } = await home();
    agent.say('router - - 1 0.07 1 0 up - - off');
    agent.say('health 1.1.1.1 20 12.345');
    agent.say('health 9.9.9.9 100 -');
    const health = async () => (await facts()).health;
    await expect.poll(health).toMatchObject([
      { target: '1.1.1.1', loss: 20, round_trip: 12.345 },
      { target: '9.9.9.9', loss: 100, round_trip: null },
    ]);
    agent.say('health 1.1.1.1 0 9.000');
    await expect.poll(health).toMatchObject([{ loss: 0, round_trip: 9 }, {}]);
  });
});

describe('a device', () => {
  test('is woken once, with each of its MACs, by a router that can', async () => {
    const { agent, ann, base, ids } = await home();
    const [tv] = await ids();
    const answer = await ann.request('POST', `${base}/devices/${tv}/wake`);
    expect(answer.statusCode).toBe(202);
    await agent.until(() => agent.heard.includes(`wake ${TV}`));
    await ann.request('POST', `${base}/usage/watch`);
    await agent.until(() => agent.heard.some((line) => line.startsWith('usage ')));
    expect(agent.heard.filter((line) => line.startsWith('wake '))).toEqual([`wake ${TV}`]);
  });

  test('is not woken by one that cannot, nor by one that is away', async () => {
    const ann = await signIn();
    const router = await linkRouter(database, ann.userId);
    const { port } = await startTestCommandsServer(database);
    const agent = await connectAgent(port, router, { devices: [`${TV} 10.0.0.1 online tv`] });
    const base = `/api/v1/routers/${router.routerId}`;
    const devices = async () => (await ann.request('GET', `${base}/devices`)).json().items;
    await expect.poll(devices, { timeout: 10_000 }).toHaveLength(1);
    const [{ id }] = await devices();
    const wake = async () => (await ann.request('POST', `${base}/devices/${id}/wake`)).statusCode;
    expect(await wake()).toBe(409);
    expect((await ann.request('POST', `${base}/usage/watch`)).statusCode).toBe(409);
    agent.client.end();
    const isConnected = async () => (await ann.request('GET', base)).json().is_connected;
    await expect.poll(isConnected).toBe(false);
    expect(await wake()).toBe(409);
    expect(agent.heard.filter((line) => /^(wake|usage|health) /.test(line))).toEqual([]);
  });
});
