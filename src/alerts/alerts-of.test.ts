/** What becomes an alert, and when. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type Alert,
  type AlertEvent,
  type DeviceFacts,
  type Facts,
  type RouterFacts,
  type WatchedFacts,
  alertsOf,
  foldAlerts,
} from './alerts-of.ts';
import { ALERTING_EVENTS, ALERT_KINDS, isWanted } from './kinds.ts';

const AT = Date.parse('2026-11-27T14:36:00Z');
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

const ROUTER: RouterFacts = {
  id: 'home',
  name: 'Home router',
  isLinked: true,
  linkedAt: AT - 30 * DAY,
  isConnected: true,
  connectedAt: AT - DAY,
  awaySince: null,
  appliedRevision: 6,
  appliedAt: AT - DAY,
  internetDownSince: null,
  isAnswered: true,
};
const DEVICE: DeviceFacts = {
  id: 'a-device',
  routerId: 'home',
  name: 'hall-tv',
  mac: '00:00:5e:00:53:01',
  hostname: 'hall-tv',
  manufacturer: 'TP-Link',
  hasRandomMac: false,
  isNew: true,
  isRouter: false,
  isOnline: true,
  lastSeen: AT,
  isQuarantined: false,
  sameAs: null,
};
const WATCHED: WatchedFacts = { ...DEVICE, isHome: true, isElsewhere: false, longestNap: 0 };

const event = (type: string, more: Partial<AlertEvent> = {}): AlertEvent => ({
  type,
  at: AT,
  routerId: 'home',
  subjectId: null,
  data: {},
  ...more,
});
const decide = (
  of: AlertEvent,
  later: number,
  facts: Partial<Facts>,
  role: 'admin' | 'viewer' | 'child' = 'admin',
) => alertsOf(of, { now: AT + later, router: ROUTER, ...facts }, { role, personId: 'tim' });
const kindOf = (verdict: ReturnType<typeof alertsOf>) =>
  verdict !== 'nothing' && 'kind' in verdict ? verdict.kind : verdict;

describe('a new device', () => {
  const discovered = event('device.discovered', { subjectId: DEVICE.id });

  test('is told after a moment, with what can be done about it by who may', () => {
    expect(decide(discovered, 0, { device: DEVICE })).toEqual({ wait: 20 * SECOND });
    const told = decide(discovered, MINUTE, { device: DEVICE });
    expect(told).toMatchObject({
      kind: 'new_device',
      path: '/routers/home/devices/a-device',
      actions: [{ action: 'approve' }, { action: 'block' }, { action: 'pause', minutes: 60 }],
    });
    expect(decide(discovered, MINUTE, { device: DEVICE }, 'viewer')).toMatchObject({ actions: [] });
    expect(decide(discovered, MINUTE, { device: DEVICE }, 'child')).toBe('nothing');
  });

  test('that the rule for new devices keeps out asks for a decision, also at a new router', () => {
    const device = { ...DEVICE, isQuarantined: true };
    const router = { ...ROUTER, linkedAt: AT - MINUTE };
    expect(kindOf(decide(discovered, MINUTE, { device, router }))).toBe('quarantine');
  });

  test.each([
    ['is gone', { device: undefined }],
    ['somebody knows already', { device: { ...DEVICE, isNew: false } }],
    ['is the router', { device: { ...DEVICE, isRouter: true } }],
    [
      'came with a router that was just linked',
      { device: DEVICE, router: { ...ROUTER, linkedAt: AT - 5 * MINUTE } },
    ],
    ['is at a router that is unlinked', { device: DEVICE, router: { ...ROUTER, isLinked: false } }],
    ['is at a router that is deleted', { device: DEVICE, router: undefined }],
  ])('that %s is not told', (_what, facts) => {
    expect(decide(discovered, MINUTE, facts)).toBe('nothing');
  });

  test('is one alert with the others of the moment, without buttons', () => {
    const alerts = ['one', 'two', 'three'].map((name) => {
      const verdict = decide(discovered, MINUTE, { device: { ...DEVICE, id: name, name } });
      if (kindOf(verdict) !== 'new_device') throw new Error('it is told');
      return verdict;
    });
    const told = alerts.filter((each): each is Alert => each !== 'nothing' && 'kind' in each);
    const [folded, ...others] = foldAlerts(told);
    expect(others).toEqual([]);
    expect(folded).toMatchObject({
      thing: 'devices',
      actions: [],
      facts: { count: 3, names: ['one', 'two', 'three'] },
    });
    expect(foldAlerts(told.slice(0, 1))).toEqual(told.slice(0, 1));
  });
});

describe('a router', () => {
  const gone = event('router.disconnected');
  const back = event('router.connected', { at: AT + 3 * 60 * MINUTE });
  const away = { ...ROUTER, isConnected: false, awaySince: AT };

  test('is away when it has not come back for five minutes', () => {
    expect(decide(gone, 0, { router: away })).toEqual({ wait: 5 * MINUTE });
    expect(decide(gone, MINUTE, { router: ROUTER })).toBe('nothing');
    expect(kindOf(decide(gone, 5 * MINUTE, { router: away }))).toBe('router_away');
  });

  test('that was back in the meantime has not been away since then', () => {
    const again = { ...away, awaySince: AT + 4 * MINUTE };
    expect(decide(gone, 5 * MINUTE, { router: again })).toBe('nothing');
  });

  test('that the service let go as it stopped is not away for that', () => {
    const router = { ...away, awaySince: null };
    expect(decide(gone, 5 * MINUTE, { router })).toBe('nothing');
  });

  test('is back, with for how long, for who was told that it is away', () => {
    const told = { kind: 'router_away', at: AT + 5 * MINUTE, since: AT };
    expect(decide(back, 3 * 60 * MINUTE, { told })).toMatchObject({
      kind: 'router_back',
      facts: { seconds: 3 * 60 * 60 },
    });
    expect(decide(back, 3 * 60 * MINUTE, {})).toBe('nothing');
    expect(decide(back, 3 * 60 * MINUTE, { told: { ...told, kind: 'router_back' } })).toBe(
      'nothing',
    );
    const since = AT + 4 * 60 * MINUTE;
    expect(decide(back, DAY, { told: { ...told, since } })).toBe('nothing');
  });
});

describe('the internet', () => {
  const down = event('router.internet_down', { data: { since: '2026-11-27T14:34:00Z' } });
  const up = event('router.internet_up', { at: AT + 20 * MINUTE });
  const router = { ...ROUTER, internetDownSince: AT - 2 * MINUTE, isAnswered: false };

  test('is down when nothing has answered for five minutes', () => {
    expect(decide(down, 0, { router })).toEqual({ wait: 3 * MINUTE });
    expect(decide(down, 3 * MINUTE, { router })).toMatchObject({
      kind: 'internet_down',
      thing: 'router:home',
      facts: { since: '2026-11-27T14:34:00.000Z' },
    });
    expect(decide(down, 3 * MINUTE, {})).toBe('nothing');
    const again = { ...router, internetDownSince: AT + 2 * MINUTE };
    expect(decide(down, 3 * MINUTE, { router: again })).toBe('nothing');
  });

  test('is not told to be down while its router is away', () => {
    const away = { ...router, isConnected: false };
    expect(decide(down, 3 * MINUTE, { router: away })).toBe('nothing');
  });

  test('is back, with for how long, for who was told that it is down', () => {
    const told = { kind: 'internet_down', at: AT + 3 * MINUTE, since: AT - 2 * MINUTE };
    expect(decide(up, 20 * MINUTE, { told })).toMatchObject({
      kind: 'internet_back',
      facts: { seconds: 22 * 60 },
    });
    expect(decide(up, 20 * MINUTE, {})).toBe('nothing');
    expect(decide(up, 20 * MINUTE, { told: { ...told, kind: 'router_away' } })).toBe('nothing');
  });

  test('is told to be back, too, if its router went away for a moment and the internet came back with it', () => {
    const told = { kind: 'internet_down', at: AT, since: AT };
    const back = event('router.connected', { at: AT + 10 * MINUTE });
    const unknown = { ...ROUTER, isAnswered: false };
    expect(decide(back, 10 * MINUTE, { told, router: unknown })).toEqual({ wait: MINUTE });
    expect(decide(back, 30 * MINUTE, { told, router: unknown })).toBe('nothing');
    expect(decide(back, 12 * MINUTE, { told, router })).toBe('nothing');
    expect(kindOf(decide(back, 12 * MINUTE, { told }))).toBe('internet_back');
  });
});

describe('a device that somebody watches', () => {
  const [left, came] = [event('device.offline'), event('device.online')];
  const gone = { ...WATCHED, isOnline: false };

  test('has left when it has been gone for ten minutes', () => {
    expect(decide(left, 0, { watched: gone })).toEqual({ wait: 10 * MINUTE });
    expect(decide(left, 10 * MINUTE, { watched: gone })).toMatchObject({
      kind: 'device_left',
      facts: { device: { name: 'hall-tv' }, since: '2026-11-27T14:36:00.000Z' },
    });
    expect(decide(left, 10 * MINUTE, { watched: WATCHED })).toBe('nothing');
    expect(decide(left, 10 * MINUTE, { watched: undefined })).toBe('nothing');
  });

  test('may sleep a while longer than it did lately', () => {
    const watched = { ...gone, longestNap: 25 * MINUTE };
    expect(decide(left, 10 * MINUTE, { watched })).toEqual({ wait: 20 * MINUTE });
    expect(kindOf(decide(left, 30 * MINUTE, { watched }))).toBe('device_left');
  });

  test('has not left if it is at another router, has a new MAC, or was back in the meantime', () => {
    expect(decide(left, 10 * MINUTE, { watched: { ...gone, isElsewhere: true } })).toBe('nothing');
    const back = { ...gone, lastSeen: AT + 5 * MINUTE };
    expect(decide(left, 10 * MINUTE, { watched: back })).toBe('nothing');
  });

  test('has not left with its router; when that is back, it has ten minutes to come back', () => {
    const away = { ...ROUTER, isConnected: false };
    expect(decide(left, 10 * MINUTE, { watched: gone, router: away })).toBe('nothing');
    const router = { ...ROUTER, connectedAt: AT + 6 * MINUTE };
    expect(decide(left, 10 * MINUTE, { watched: gone, router })).toEqual({ wait: 6 * MINUTE });
  });

  test('has come, at once, for who knows that it had left', () => {
    const watched = { ...WATCHED, isHome: false };
    expect(kindOf(decide(came, 0, { watched }))).toBe('device_came');
    expect(decide(came, 0, { watched: WATCHED })).toBe('nothing');
    expect(decide(came, 0, { watched: { ...watched, isOnline: false } })).toBe('nothing');
    expect(decide(came, 0, { watched }, 'child')).toBe('nothing');
  });
});

describe('an answer to who asked for more time', () => {
  const answered = event('access.answered', {
    routerId: null,
    subjectId: 'tim',
    data: { name: 'Tim', answer: 'granted', minutes: 30, effect: 'some' },
  });

  test('is told to the child that asked, and to nobody else', () => {
    expect(decide(answered, 0, {}, 'child')).toMatchObject({
      kind: 'access_answered',
      facts: { answer: 'granted', minutes: 30, effect: 'some' },
    });
    expect(decide({ ...answered, subjectId: 'lea' }, 0, {}, 'child')).toBe('nothing');
    const refused = { ...answered, data: { ...answered.data, answer: 'refused', effect: null } };
    expect(decide(refused, 0, {}, 'child')).toMatchObject({ facts: { answer: 'refused' } });
  });
});

describe('a change', () => {
  const pending = event('policy.pending', { data: { policy_revision: 7 } });

  test('that the router has not applied after ten minutes is told once, until it has applied one', () => {
    expect(decide(pending, MINUTE, {})).toEqual({ wait: 9 * MINUTE });
    expect(kindOf(decide(pending, 10 * MINUTE, {}))).toBe('change_waits');
    const told = { kind: 'change_waits', at: AT - MINUTE, since: null };
    expect(decide(pending, 10 * MINUTE, { told })).toBe('nothing');
    const router = { ...ROUTER, appliedAt: AT - 30 * SECOND };
    expect(kindOf(decide(pending, 10 * MINUTE, { told, router }))).toBe('change_waits');
  });

  test('that was applied, or is overtaken by a day, is not told', () => {
    const router = { ...ROUTER, appliedRevision: 7 };
    expect(decide(pending, 10 * MINUTE, { router })).toBe('nothing');
    expect(decide(pending, 2 * DAY, {})).toBe('nothing');
  });

  test('waits silently while the router is away: that is told already', () => {
    const router = { ...ROUTER, isConnected: false };
    expect(decide(pending, 10 * MINUTE, { router })).toEqual({ wait: 10 * MINUTE });
  });
});

describe('who asks for more time', () => {
  const asks = event('access.asked', {
    routerId: null,
    subjectId: 'tim',
    data: { name: 'Tim', minutes: 60, message: 'Homework is done' },
  });

  test('is told at once to those who may give it, with what was asked for and less', () => {
    expect(decide(asks, 0, { router: undefined })).toMatchObject({
      kind: 'access_asked',
      thing: 'person:tim',
      actions: [
        { action: 'grant', minutes: 60 },
        { action: 'grant', minutes: 30 },
      ],
    });
    expect(decide(asks, 0, {}, 'viewer')).toBe('nothing');
  });

  test('nothing is told of an event that says no person', () => {
    expect(decide({ ...asks, subjectId: null }, 0, {})).toBe('nothing');
    expect(decide({ ...asks, data: {} }, 0, {})).toBe('nothing');
  });
});

test('the trigger queues the events that can become alerts, and no others', () => {
  const file = join(import.meta.dirname, '../database/functions/queue_alerts.sql');
  const lists = readFileSync(file, 'utf8')
    .split(/array\[/)
    .slice(1)
    .map((part) => [...(part.split(']')[0] ?? '').matchAll(/'([^']+)'/g)].map(([, name]) => name));
  expect(lists).toEqual([[...ALERTING_EVENTS]]);
});

test('a channel for which nobody has chosen gets all of them, the digest of the week by e-mail', () => {
  const byDefault = (kind: string) =>
    ALERT_KINDS.filter((each) => isWanted(each, { kind, wanted: null }));
  expect(byDefault('email')).toEqual(ALERT_KINDS);
  expect(byDefault('ntfy')).toEqual(ALERT_KINDS.filter((kind) => kind !== 'weekly_digest'));
  const channel = { kind: 'email', wanted: ['router_away'] };
  expect(ALERT_KINDS.filter((kind) => isWanted(kind, channel))).toEqual(['router_away']);
});
