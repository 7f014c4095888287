/** What the pages of devices decide, without a browser. */
import { describe, expect, test } from 'vitest';
import type { Rule } from '../src/api/home-queries.ts';
import type { Device } from '../src/api/queries.ts';
import { daysHere } from '../src/pages/device/days-here.ts';
import { type Situation, type Step, planAccess } from '../src/pages/devices/access-plan.ts';

const NOW = Date.parse('2026-11-27T12:00:00Z');
const LATER = NOW + 30 * 60_000;
const LATER_TEXT = new Date(LATER).toISOString();

const RULE: Rule = {
  id: 'rule',
  home_id: 'home',
  kind: 'pause',
  name: null,
  target: 'device',
  person_id: null,
  device_id: 'tv',
  network: null,
  router_id: null,
  access: 'block',
  down_rate: null,
  up_rate: null,
  from_at: '2026-11-27T11:00:00Z',
  until_at: null,
  windows: null,
  is_active: true,
  created_at: '2026-11-27T11:00:00Z',
  updated_at: '2026-11-27T11:00:00Z',
};

const ALLOWED: Device['access'] = {
  access: 'allow',
  down_rate: null,
  up_rate: null,
  because: { kind: 'none', rule_id: null, name: null, target: null },
  since: null,
  until: null,
  next: null,
};

type Given = {
  rules?: Rule[];
  mode?: Situation['mode'];
  isBlocked?: boolean;
  because?: Partial<typeof ALLOWED.because>;
  until?: string;
};

function situation({ rules = [], mode, isBlocked = false, because, until }: Given): Situation {
  const isRestricted = isBlocked || because !== undefined;
  return {
    rules,
    mode,
    now: NOW,
    ids: new Set(['tv', 'part']),
    device: {
      id: 'tv',
      is_blocked: isBlocked,
      access: {
        ...ALLOWED,
        access: isRestricted ? 'block' : 'allow',
        because: {
          ...ALLOWED.because,
          ...(isBlocked ? { kind: 'block' as const } : because),
        },
        until: until ?? null,
      },
    },
  };
}

/** Steps in short: `addRule pause block`. */
function stepsOf(steps: readonly Step[]): string[] {
  return steps.map((step) => {
    if (step.do === 'addRule')
      return ['addRule', step.rule.kind, step.rule.access, step.rule.until_at]
        .filter(Boolean)
        .join(' ');
    if (step.do === 'deleteRule') return `deleteRule ${step.rule.id}`;
    return 'list' in step ? `${step.do} ${step.list}` : step.do;
  });
}

const plan = (wanted: 'on' | 'slow' | 'off', given: Given, until?: number) =>
  planAccess({ wanted, until }, situation(given));

describe('off, slow or on', () => {
  test.each<[string, string[], Parameters<typeof plan>]>([
    ['off blocks', ['block'], ['off', {}]],
    [
      'off takes the place of a pause',
      ['block', 'deleteRule rule'],
      ['off', { rules: [RULE], because: { kind: 'pause', rule_id: 'rule', target: 'device' } }],
    ],
    ['off for a time pauses', [`addRule pause block ${LATER_TEXT}`], ['off', {}, LATER]],
    [
      'off for a time takes the place of a block, once the pause is there',
      [`addRule pause block ${LATER_TEXT}`, 'endBlocks'],
      ['off', { isBlocked: true }, LATER],
    ],
    ['slow is a rule for always', ['addRule schedule limit'], ['slow', {}]],
    [
      'slow takes the place of what was slow before, also of a part',
      ['addRule schedule limit', 'deleteRule rule'],
      ['slow', { rules: [{ ...RULE, kind: 'schedule', access: 'limit', device_id: 'part' }] }],
    ],
    [
      'slow for a time is an exception',
      [`addRule exception limit ${LATER_TEXT}`, 'endBlocks'],
      ['slow', { isBlocked: true }, LATER],
    ],
    ['on ends blocks', ['endBlocks'], ['on', { isBlocked: true }]],
    [
      'on for a time of what is blocked: off again afterwards',
      ['addRule pause block', 'endBlocks'],
      ['on', { isBlocked: true }, LATER],
    ],
    [
      'on ends what was chosen for it alone',
      ['deleteRule rule'],
      ['on', { rules: [RULE], because: { kind: 'pause', rule_id: 'rule', target: 'device' } }],
    ],
    [
      'on during a bedtime lasts as long as that',
      [`addRule exception allow ${LATER_TEXT}`],
      ['on', { because: { kind: 'schedule', target: 'person' }, until: LATER_TEXT }],
    ],
    [
      'on against a rule for always is a rule for always',
      ['addRule schedule allow'],
      ['on', { because: { kind: 'schedule', target: 'everyone' } }],
    ],
    [
      'on puts it on the list of those that are allowed',
      ['list whitelist'],
      ['on', { because: { kind: 'mode' }, mode: 'whitelist' }],
    ],
    [
      'on takes it from the list of those that are slowed',
      ['unlist blacklist'],
      ['on', { because: { kind: 'mode' }, mode: 'blacklist' }],
    ],
    ['on allows a new device', ['allowNew'], ['on', { because: { kind: 'new_device' } }]],
    ['on of what is on does nothing', [], ['on', {}]],
  ])('%s', (_what, steps, given) => {
    expect(stepsOf(plan(...given).steps)).toEqual(steps);
  });

  test('the pause of a person ends for all of it, which is said before', () => {
    const rule: Rule = { ...RULE, target: 'person', device_id: null, person_id: 'tim' };
    const because = { kind: 'pause' as const, rule_id: 'rule', target: 'person' };
    const planned = plan('on', { rules: [rule], because });
    expect(stepsOf(planned.steps)).toEqual(['deleteRule rule']);
    expect(planned.endsPause).toBe(rule);
  });
});

describe('when a device was here', () => {
  const stay = (online_at: string, offline_at: string | null) => ({ online_at, offline_at });

  test('stays that overlap count once, by local days, up to now', () => {
    const stays = [
      stay('2026-11-27T09:00:00Z', null),
      stay('2026-11-27T10:00:00Z', '2026-11-27T11:00:00Z'),
      stay('2026-11-26T22:00:00Z', '2026-11-26T23:30:00Z'),
    ];
    const [today, yesterday] = daysHere(stays, {
      now: NOW,
      zone: 'Europe/Berlin',
      days: 2,
      since: 0,
    });
    // In Berlin it is an hour later: half an hour of that night is of today.
    expect(today?.ms).toBe(3.5 * 3_600_000);
    expect(yesterday?.ms).toBe(3_600_000);
    expect(today?.digits).toMatch(/^90+9{6}0+$/);
    expect(today?.digits).toHaveLength(48);
  });

  test('a short visit is seen, days before the device came are left out, and a day may have 25 hours', () => {
    const now = Date.parse('2026-10-25T20:00:00Z');
    const stays = [stay('2026-10-25T10:00:00Z', '2026-10-25T10:00:30Z')];
    const since = Date.parse('2026-10-24T21:59:00Z');
    const days = daysHere(stays, { now, zone: 'Europe/Berlin', days: 7, since });
    expect(days.map(({ start }) => new Date(start).toISOString())).toEqual([
      '2026-10-24T22:00:00.000Z',
      '2026-10-23T22:00:00.000Z',
    ]);
    expect(days[0]?.digits).toMatch(/^0+10+$/);
  });
});
