/** The bridge between a home that this test has in memory, and Debian's mosquitto. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ALLOWED,
  BASE,
  BLOCKED,
  HOME,
  HOSTILE,
  PERSON,
  deviceOf,
  houseOf,
  startBridgeAt,
} from '../../testing/bridge.ts';
import { type Watcher, findRefusals, watchBroker } from '../../testing/home-assistant.ts';
import { type Mosquitto, hasMosquitto, startMosquitto } from '../../testing/mosquitto.ts';
import { ForbiddenError, UnauthenticatedError, UnavailableError } from '../errors.ts';
import { NOTHING_HELD } from './holding.ts';
import type { Decided, House } from './house.ts';
import { messagesOf } from './messages.ts';
import { routerKey, topicsOf } from './topics.ts';

const device = (number: number, name: string) => `${BASE}/device/${deviceOf(number).id}/${name}`;
const person = (name: string) => `${BASE}/person/${PERSON}/${name}`;
const configOf = (kind: string, id: string) =>
  `homeassistant/device/netpilot_${HOME}_${kind}_${id}/config`;
const own = (retained: ReadonlyMap<string, string>) =>
  [...retained.keys()].filter((topic) => topic.includes(HOME));

describe.skipIf(!hasMosquitto)('With mosquitto', () => {
  let broker: Mosquitto;
  let url: string;
  let watcher: Watcher;
  beforeAll(async () => {
    broker = await startMosquitto();
    url = `mqtt://127.0.0.1:${broker.port}`;
    watcher = await watchBroker(broker.port);
  });
  afterAll(async () => {
    await watcher?.end();
    await broker?.remove();
  });
  const startBridge = (house: House) => startBridgeAt(url, house, { watcher });

  test('200 devices are there, each in messages that Home Assistant takes, and then the bridge says so', async () => {
    const before = watcher.heard.length;
    await startBridge(houseOf(200)).ready();
    const heard = watcher.heard.slice(before);
    expect(heard.at(-1)).toBe(`${BASE}/status online`);
    const configs = [...watcher.retained].filter(([topic]) => topic.endsWith('/config'));
    expect(configs).toHaveLength(203);
    expect(configs.flatMap(([topic, payload]) => findRefusals(topic, payload))).toEqual([]);
    // Ids, and names that are given here.
    for (const topic of own(watcher.retained)) expect(topic).toMatch(/^[\w/-]+$/);
    const [, one = ''] = configs.find(([topic]) => topic.includes(deviceOf(7).id)) ?? [];
    expect(JSON.parse(one)).toMatchObject({
      device: {
        identifiers: [`netpilot_${deviceOf(7).id}`],
        connections: [['mac', '02:00:00:00:00:07']],
        name: HOSTILE,
        via_device: `netpilot_${HOME}_${routerKey(HOSTILE)}`,
      },
      availability: [
        { topic: `${BASE}/status` },
        { topic: `${BASE}/router/${routerKey(HOSTILE)}/status` },
      ],
      availability_mode: 'all',
      components: {
        presence: { platform: 'device_tracker', source_type: 'router' },
        internet: {
          platform: 'switch',
          optimistic: false,
          command_topic: device(7, 'internet/set'),
        },
        internet_state: { platform: 'binary_sensor' },
        usage_today: { device_class: 'data_size', state_class: 'total_increasing' },
      },
    });
    expect(one).not.toContain('expire_after');
    const ids = configs.flatMap(([, payload]) =>
      Object.values(Object(JSON.parse(payload)).components).map((each) => Object(each).unique_id),
    );
    const unique = ids.filter((id) => id !== undefined);
    expect(new Set(unique).size).toBe(unique.length);
  });

  test('states say who is here, what they have, how long, and how much they used', async () => {
    const until = new Date(Date.now() + 29.5 * 60_000).toISOString();
    const paused: Decided = { ...BLOCKED, until, because: { kind: 'pause', name: 'Dinner' } };
    const bridge = startBridge(
      houseOf(0, {
        people: [{ id: PERSON, name: 'Tim', access: paused, used: 2_000 }],
        devices: [
          deviceOf(1, { access: paused }),
          deviceOf(2, { is_online: false, used: null, person_id: null }),
          deviceOf(3, { access: { ...ALLOWED, access: 'limit' } }),
        ],
      }),
    );
    await bridge.ready();
    await watcher.until(device(2, 'usage_today'), undefined);
    const states = (number: number) =>
      ['presence', 'internet', 'minutes_left', 'usage_today'].map((name) =>
        watcher.retained.get(device(number, name)),
      );
    expect(states(1)).toEqual(['home', 'OFF', '30', '1.500']);
    expect(states(2)).toEqual(['not_home', 'ON', 'None', undefined]);
    expect(states(3)).toEqual(['home', 'ON', 'None', '1.500']);
    expect(watcher.retained.get(person('internet'))).toBe('OFF');
    expect(watcher.retained.get(person('usage_today'))).toBe('0.002');
    expect(JSON.parse(watcher.retained.get(device(1, 'access')) ?? '')).toEqual({
      decision: 'block',
      reason: 'pause',
      rule: 'Dinner',
      until,
      is_applied: true,
    });
    expect(JSON.parse(watcher.retained.get(device(1, 'attributes')) ?? '')).toEqual({
      ip: '192.168.1.1',
      mac: '02:00:00:00:00:01',
      hostname: HOSTILE,
      person: 'Tim',
      in_zones: ['zone.home'],
    });
    expect(JSON.parse(watcher.retained.get(device(2, 'attributes')) ?? '')).toMatchObject({
      person: null,
      in_zones: [],
    });
  });

  test('what was deleted while the bridge was not running is removed, the announcement first', async () => {
    const first = startBridge(houseOf(3));
    await first.ready();
    await first.end();
    // Of others, and what somebody else left there.
    const foreign = ['homeassistant/device/other/config', 'netpilot/other/device/1/internet'];
    for (const topic of foreign) await watcher.send(topic, '{}', true);
    const before = watcher.heard.length;
    const second = startBridge(houseOf(1));
    await second.ready();
    await watcher.untilThat(
      (retained) => own(retained).filter((topic) => topic.includes(deviceOf(3).id)).length === 0,
    );
    const removed = watcher.heard.slice(before).filter((each) => each.endsWith(' '));
    expect(removed.slice(0, 2).every((each) => each.includes('/config '))).toBe(true);
    expect(own(watcher.retained).some((topic) => topic.includes(deviceOf(2).id))).toBe(false);
    expect(foreign.every((topic) => watcher.retained.has(topic))).toBe(true);
    // The same while it runs.
    second.change(houseOf(0, { people: [] }));
    await watcher.untilThat(
      (retained) => !own(retained).some((topic) => /\/device\/[\da-f-]{36}|person/.test(topic)),
    );
    expect(watcher.retained.has(configOf('device', deviceOf(1).id))).toBe(false);
    for (const topic of foreign) await watcher.send(topic, '', true);
  });

  test('a switch follows what its router has confirmed, never what was asked for or decided', async () => {
    const bridge = startBridge(houseOf(1));
    await bridge.ready();
    await watcher.until(device(1, 'internet'), 'ON');
    await watcher.send(device(1, 'internet/set'), 'OFF');
    await expect
      .poll(() => bridge.state.requests)
      .toEqual([{ thing: { kind: 'device', id: deviceOf(1).id }, internet: false }]);
    const [router] = houseOf(1).routers;
    if (router === undefined) throw new Error('no router');
    const decided = { devices: [deviceOf(1, { access: BLOCKED })] };
    const pending = houseOf(0, { ...decided, routers: [{ ...router, is_applied: false }] });
    bridge.change(pending);
    await watcher.until(device(1, 'access'), /"is_applied":false/);
    expect(watcher.retained.get(device(1, 'internet'))).toBe('ON');
    // All but that device.
    const refused = new Set([deviceOf(1).id]);
    bridge.change({ ...pending, routers: [{ ...router, is_applied: undefined, refused }] });
    bridge.change({
      ...pending,
      routers: [{ ...router, is_applied: undefined, refused }],
      people: [],
    });
    await watcher.until(person('internet'), undefined);
    expect(watcher.retained.get(device(1, 'internet'))).toBe('ON');
    bridge.change(houseOf(0, decided));
    await watcher.until(device(1, 'internet'), 'OFF');
    // A router that is away: it is not known who left, and what it does.
    bridge.change(
      houseOf(0, {
        devices: [deviceOf(1, { is_online: false })],
        routers: [{ ...router, is_connected: false, is_applied: false, has_internet: null }],
      }),
    );
    await watcher.until(`${BASE}/router/${routerKey(HOSTILE)}/status`, 'offline');
    await watcher.until(`${BASE}/router/${routerKey(HOSTILE)}/internet`, 'None');
    expect(watcher.retained.get(device(1, 'internet'))).toBe('OFF');
    expect(watcher.retained.get(device(1, 'presence'))).toBe('home');
    await bridge.end();
    // One that starts then does not know it.
    startBridge(pending);
    await watcher.until(device(1, 'internet'), 'None');
  });

  test('what is asked for reaches NetPilot; what is nothing, retained, or of somebody else does not', async () => {
    const bridge = startBridge(houseOf(1));
    await bridge.ready();
    for (const [topic, payload, retain] of [
      [device(1, 'internet/set'), 'toggle', false],
      [device(1, 'internet/set'), 'OFF', true],
      [device(1, 'pause/press'), 'ON', false],
      [device(2, 'internet/set'), 'OFF', false],
      [`${BASE}/device/../internet/set`, 'OFF', false],
      [`${BASE}/router/${routerKey(HOSTILE)}/internet/set`, 'OFF', false],
      [`netpilot/${PERSON}/device/${deviceOf(1).id}/internet/set`, 'OFF', false],
      [device(1, 'pause/press'), 'PRESS', false],
      [person('allow/press'), 'PRESS', false],
      [person('internet/set'), 'ON', false],
    ] as const)
      await watcher.send(topic, payload, retain);
    await watcher.send(device(1, 'internet/set'), '', true);
    const id = deviceOf(1).id;
    // A live message never has the flag for who listened already: the retained one is asked for, once.
    await expect
      .poll(() => bridge.state.requests.slice(-3))
      .toEqual([
        { thing: { kind: 'device', id }, press: 'pause' },
        { thing: { kind: 'person', id: PERSON }, press: 'allow' },
        { thing: { kind: 'person', id: PERSON }, internet: true },
      ]);
    expect(bridge.state.requests.length).toBeLessThanOrEqual(4);
    bridge.state.refuses = new ForbiddenError('This cuts off the device you are using.');
    await watcher.send(device(1, 'internet/set'), 'OFF');
    await expect
      .poll(() => bridge.state.says.at(-1))
      .toBe(`${HOSTILE}: This cuts off the device you are using.`);
  });

  test('with a token that only reads there are no switches and buttons, and those that were are removed', async () => {
    const bridge = startBridge(houseOf(1));
    await bridge.ready();
    const topic = configOf('device', deviceOf(1).id);
    await watcher.until(topic, /"platform":"switch","unique_id"/);
    bridge.change(houseOf(1, { may: { block: false, rule: false } }));
    await watcher.until(topic, /"internet":\{"platform":"switch"\}/);
    const payload = watcher.retained.get(topic) ?? '';
    expect(findRefusals(topic, payload)).toEqual([]);
    expect(JSON.parse(payload).components).toMatchObject({
      internet_state: { platform: 'binary_sensor', state_topic: device(1, 'internet') },
      pause: { platform: 'button' },
    });
    expect(payload).not.toContain('command_topic');
  });

  test('everything is published again when Home Assistant or the broker starts', async () => {
    const bridge = startBridge(houseOf(2));
    await bridge.ready();
    const topics = topicsOf(HOME, 'homeassistant');
    const count = messagesOf(houseOf(2), NOTHING_HELD, { topics, isLive: true, now: 0 }).size;
    await watcher.untilThat((retained) => own(retained).length === count);
    const before = watcher.heard.length;
    await watcher.send('homeassistant/status', 'online');
    await expect
      .poll(() => new Set(watcher.heard.slice(before).filter((each) => each.includes(HOME))).size)
      .toBe(count);
    await broker.stop();
    await expect.poll(() => bridge.state.says.at(-1)).toContain('Trying again.');
    await broker.start();
    await watcher.untilThat((retained) => own(retained).length === count);
    await watcher.until(`${BASE}/status`, 'online');
    // The last will of a dead connection, which a broker may find out late.
    await watcher.send(`${BASE}/status`, 'offline', true);
    await watcher.until(`${BASE}/status`, 'online');
  });

  test('while NetPilot does not answer it is offline; a token that has ended ends the bridge', async () => {
    const bridge = startBridge(houseOf(1));
    await bridge.ready();
    bridge.lost();
    await watcher.until(`${BASE}/status`, 'offline');
    bridge.state.fails = new UnavailableError('NetPilot does not answer: connect ECONNREFUSED.');
    bridge.change(houseOf(2));
    await expect.poll(() => bridge.state.says.at(-1)).toContain('ECONNREFUSED. Trying again.');
    bridge.state.fails = undefined;
    await watcher.until(`${BASE}/status`, 'online');
    expect(watcher.retained.has(device(2, 'internet'))).toBe(true);
    bridge.state.fails = new UnauthenticatedError('NetPilot does not accept this token.');
    bridge.change(houseOf(1));
    await expect(bridge.ended).rejects.toThrow('does not accept this token');
    await watcher.until(`${BASE}/status`, 'offline');
  });
});
