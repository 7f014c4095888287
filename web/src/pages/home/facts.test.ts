import { describe, expect, test } from 'vitest';
import { changesOf, linkedRouters } from './facts.ts';

type Policy = NonNullable<Parameters<typeof changesOf>[0]>;

const CHANGED = '2026-11-27T12:00:00Z';
const LATER = Date.parse(CHANGED) + 61_000;

/** A policy of which a router says this. */
function policy(delivery: Partial<Policy['delivery']>): Policy {
  return {
    router_id: 'r',
    mode: 'none',
    whitelist_limit_rate: null,
    whitelist_full_rate: null,
    blacklist_limit_rate: null,
    blacklist_full_rate: null,
    policy_revision: 2,
    applied_revision: 1,
    applied_at: null,
    updated_at: CHANGED,
    delivery: { state: 'applied', policy_revision: 2, applied_revision: 1, ...delivery },
  };
}

const REFUSED = { rule: 'block', address: '10.0.0.1', device_id: null, reason: '' } as const;
const waiting = policy({ state: 'pending', reason_code: 'unconfirmed' });

describe('whether a router does what was decided', () => {
  test.each([
    ['it does', policy({}), LATER, 'applied', 0],
    ['nobody knows yet', undefined, LATER, 'applied', 0],
    [
      'all but one line',
      policy({ state: 'partial', refused: [{ ...REFUSED, reason_code: 'nft' }] }),
      LATER,
      'refused',
      1,
    ],
    [
      'nothing of the last change',
      policy({ state: 'pending', reason_code: 'refused_nft' }),
      LATER,
      'refused',
      0,
    ],
    ['it was told just now', waiting, Date.parse(CHANGED) + 5_000, 'applied', 0],
    ['it should have said so by now', waiting, LATER, 'late', 0],
    ['the server does not know how late it is there', waiting, undefined, 'applied', 0],
    // That it is away is said of the router.
    ['it is away', policy({ state: 'pending', reason_code: 'offline' }), LATER, 'applied', 0],
  ] as const)('%s', (_what, found, now, changes, refused) => {
    expect(changesOf(found, now)).toEqual({ changes, refused });
  });
});

test('only routers that are linked belong to a home', () => {
  const routers = [
    { home_id: 'a', is_active: true },
    { home_id: 'a', is_active: false },
    { home_id: 'b', is_active: true },
  ];
  expect(linkedRouters({ id: 'a' }, routers)).toEqual([{ home_id: 'a', is_active: true }]);
});
