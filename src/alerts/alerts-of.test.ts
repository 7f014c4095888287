/** What becomes an alert, when, and in which words. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type Alert,
  type AlertEvent,
  type DeviceFacts,
  type Facts,
  type RouterFacts,
  alertsOf,
  foldAlerts,
} from './alerts-of.ts';
import { ALERTING_EVENTS, ALERT_KINDS, EVERY_KIND, isWanted } from './kinds.ts';
import { LANGUAGES, labelOf, wordsOf } from './words.ts';

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
  lastSeen: AT,
  appliedRevision: 6,
  appliedAt: AT - DAY,
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
  isQuarantined: false,
  sameAs: null,
};

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
) => alertsOf(of, { now: AT + later, router: ROUTER, ...facts }, { role });
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
  const away = { ...ROUTER, isConnected: false };

  test('is away when it has not come back for five minutes', () => {
    expect(decide(gone, 0, { router: away })).toEqual({ wait: 5 * MINUTE });
    expect(decide(gone, MINUTE, { router: ROUTER })).toBe('nothing');
    expect(kindOf(decide(gone, 5 * MINUTE, { router: away }))).toBe('router_away');
  });

  test('that was back in the meantime has not been away since then', () => {
    const again = { ...away, lastSeen: AT + 4 * MINUTE };
    expect(decide(gone, 5 * MINUTE, { router: again })).toBe('nothing');
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

test.each(LANGUAGES)('each kind has words in %s, with the names in them', (language) => {
  const facts = {
    router: { router_id: 'home', name: 'Home router' },
    device: {
      ...DEVICE,
      router_id: 'home',
      has_random_mac: true,
      same_as: { id: 'x', name: 'Anna' },
    },
    person: { id: 'tim', name: 'Tim' },
    minutes: 30,
    since: '2026-11-27T14:36:00.000Z',
    seconds: 12_000,
    answer: 'granted' as const,
    effect: 'all' as const,
    week: {
      from: '2026-11-20T17:00:00Z',
      until: '2026-11-27T17:00:00Z',
      new_devices: { count: 1, names: ['hall-tv'] },
      most_used: [{ name: 'Tim', bytes: 41_234_567_890 }],
      outages: { away: { count: 2, seconds: 900 }, internet_down: { count: 1, seconds: 60 } },
      blocked: { count: 0, names: [] },
    },
    count: 1,
    alerts: [
      {
        type: 'router.offline',
        timestamp: '2026-11-27T02:00:00.000Z',
        data: { router: { router_id: 'home', name: 'Home router' } },
      },
    ],
  };
  for (const kind of EVERY_KIND) {
    const { title, text } = wordsOf({ kind, facts }, language, 'Europe/Berlin');
    expect(`${title} ${text}`).not.toMatch(/undefined|null|NaN|\{/);
    expect([title.length > 5, text.length > 5]).toEqual([true, true]);
  }
  const folded = wordsOf(
    { kind: 'new_device', facts: { count: 12, names: 'abcdefghijkl'.split('') } },
    language,
    'UTC',
  );
  expect(folded.title).toContain('12');
  expect(folded.text).toContain('a, b, c, d, e, f, g, h');
  const grant = { action: 'grant', personId: 'tim', name: 'Tim', minutes: 30 } as const;
  expect(labelOf(grant, language)).toContain('30');
});
