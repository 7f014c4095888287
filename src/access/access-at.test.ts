import { describe, expect, test } from 'vitest';
import { OPEN_MODE, RULE } from '../../testing/access-rule.ts';
import { accessAt } from './access-at.ts';
import type { AccessDevice, AccessHome, AccessRule, RouterMode } from './types.ts';

const PHONE: AccessDevice = {
  id: 'phone',
  part_ids: ['phone', 'old phone'],
  router_id: 'r',
  home_id: 'h',
  is_router: false,
  person_id: 'tim',
  network: 'lan',
  is_reviewed: true,
  blocked_since: null,
  is_listed: false,
};
const rule = (parts: Partial<AccessRule>): AccessRule => ({ ...RULE, ...parts });
const home = (
  rules: Partial<AccessRule>[],
  mode: Partial<RouterMode> = {},
  timezone: string | null = 'Europe/Berlin',
): AccessHome => ({
  id: 'h',
  timezone,
  rules: rules.map((parts, place) => rule({ id: `rule ${place}`, ...parts })),
  routers: new Map([['r', { ...OPEN_MODE, ...mode }]]),
});
const at = (text: string): number => Date.parse(text) / 1_000;
const NOON = at('2026-11-27T12:00:00Z');
const MINUTE = 60;

describe('the only order', () => {
  const limit = { access: 'limit', down_rate: 5, up_rate: null } as const;
  const pause = { kind: 'pause', target: 'person', person_id: 'tim' } as const;
  const exception = { kind: 'exception', access: 'allow', until: NOON + MINUTE } as const;
  const schedule = { kind: 'schedule', ...limit } as const;
  const newDevice = { kind: 'new_device' } as const;
  const everything = home([newDevice, schedule, exception, pause], {
    mode: 'blacklist',
    blacklist_limit_rate: 7,
  });
  const device = {
    ...PHONE,
    is_router: true,
    blocked_since: 9,
    is_listed: true,
    is_reviewed: false,
  };
  const without = (...kinds: string[]): AccessHome => ({
    ...everything,
    rules: everything.rules.filter(({ kind }) => !kinds.includes(kind)),
  });

  test.each<[string, AccessHome, Partial<AccessDevice>, string, string]>([
    ['the router itself is never blocked', everything, {}, 'router', 'allow'],
    ['a manual block', everything, { is_router: false }, 'block', 'block'],
    ['a pause', everything, { is_router: false, blocked_since: null }, 'pause', 'block'],
    [
      'an exception',
      without('pause'),
      { is_router: false, blocked_since: null },
      'exception',
      'allow',
    ],
    [
      'a schedule',
      without('pause', 'exception'),
      { is_router: false, blocked_since: null },
      'schedule',
      'limit',
    ],
    [
      'the rule for new devices',
      without('pause', 'exception', 'schedule'),
      { is_router: false, blocked_since: null },
      'new_device',
      'block',
    ],
    ['the mode', everything, { ...PHONE, person_id: null, is_listed: true }, 'exception', 'allow'],
    [
      'the mode with its list',
      without('pause', 'exception', 'schedule'),
      { ...PHONE, is_listed: true },
      'mode',
      'limit',
    ],
    ['open', without('pause', 'exception', 'schedule'), PHONE, 'none', 'allow'],
  ])('%s', (_, decided, parts, kind, access) => {
    const found = accessAt(decided, { ...device, ...parts }, NOON);
    expect([found.because.kind, found.access]).toEqual([kind, access]);
  });
});
