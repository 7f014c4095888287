import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Convergence,
  NOTHING_KNOWN,
  hasAnswered,
  nextStep,
  onApplied,
  onRefused,
  onReport,
  saysNothingNew,
} from './convergence.ts';
import type { DesiredState } from './desired-state.ts';
import type { Report } from './driver.ts';

const MINE = 'this connection';

const revision = fc.integer({ min: 1, max: 3 });
const known: fc.Arbitrary<Convergence> = fc.record({
  confirmed: fc.option(revision, { nil: undefined }),
  refused: fc.option(revision, { nil: undefined }),
  drift: fc.constantFrom(undefined, 'drifted' as const, 'none' as const),
});
const report: fc.Arbitrary<Report> = fc.record({
  revision: fc.integer({ min: 0, max: 3 }),
  state: fc.constantFrom('intact' as const, 'drifted' as const, 'none' as const),
  limiter: fc.constant('nft'),
  clock: fc.constant(null),
});

function wants(policy_revision: number, more: Partial<DesiredState> = {}): DesiredState {
  return {
    policy_revision,
    applied_revision: 0,
    connection_id: MINE,
    is_key_current: true,
    is_scan_wanted: false,
    wanted_update: null,
    plan: undefined,
    ...more,
  };
}

describe('the next step', () => {
  test.each<[string, Convergence, DesiredState | undefined]>([
    ['unlink', NOTHING_KNOWN, undefined],
    ['replaced', NOTHING_KNOWN, wants(1, { connection_id: 'a newer one' })],
    ['replaced', NOTHING_KNOWN, wants(1, { is_key_current: false })],
    ['send', NOTHING_KNOWN, wants(1)],
    ['rest', onApplied(1), wants(1)],
    ['send', onApplied(1), wants(2)],
    ['rest', onRefused(onApplied(1), 2), wants(2)],
    ['send', onRefused(onApplied(1), 2), wants(3)],
  ])('is %s', (step, state, wanted) => {
    expect(nextStep(state, wanted, MINE)).toBe(step);
  });

  test('is to send until the router has answered, and then to rest', () => {
    fc.assert(
      fc.property(known, report, revision, fc.nat(3), (before, said, wanted, applied) => {
        const after = onReport(before, said, applied);
        const isDone = said.state === 'intact' && said.revision === applied && applied === wanted;
        expect(nextStep(after, wants(wanted), MINE)).toBe(isDone ? 'rest' : 'send');
        for (const answered of [onApplied(wanted), onRefused(after, wanted)]) {
          expect(nextStep(answered, wants(wanted), MINE)).toBe('rest');
          expect(hasAnswered(answered, wanted)).toBe(true);
        }
      }),
    );
  });
});

describe('a report', () => {
  test('counts only if it is what this database knows as confirmed, and intact', () => {
    fc.assert(
      fc.property(known, report, fc.nat(3), (before, said, applied) => {
        const { confirmed, refused } = onReport(before, said, applied);
        const counts = said.state === 'intact' && said.revision === applied;
        expect(confirmed).toBe(counts ? applied : undefined);
        expect(refused).toBeUndefined();
      }),
    );
  });

  test('with fewer blocks than the revision has confirms nothing, and blames nobody', () => {
    const said: Report = { revision: 2, state: 'intact', limiter: 'nft', clock: null, blocks: 3 };
    expect(onReport(NOTHING_KNOWN, said, 2, 3).confirmed).toBe(2);
    expect(onReport(NOTHING_KNOWN, said, 2, 4)).toEqual(NOTHING_KNOWN);
    expect(onReport(NOTHING_KNOWN, { ...said, blocks: null }, 2, 4).confirmed).toBe(2);
  });

  test('of changed rules is drift until they are fixed, of a router that had confirmed something', () => {
    const said: Report = { revision: 2, state: 'drifted', limiter: 'nft', clock: null };
    expect(onReport(NOTHING_KNOWN, said, 0).drift).toBeUndefined();
    const drifted = onReport(onApplied(2), said, 2);
    expect(drifted.drift).toBe('drifted');
    expect(onReport(drifted, { ...said, state: 'intact' }, 0).drift).toBe('drifted');
    expect(onRefused(drifted, 2).drift).toBe('drifted');
    expect(onApplied(2).drift).toBeUndefined();
  });
});

describe('a report says nothing new', () => {
  const said = {
    revision: 2,
    state: 'intact',
    limiter: 'nft',
    clock: 'trusted',
    blocks: 3,
  } as const;
  const done = { ...NOTHING_KNOWN, confirmed: 2 };

  test('if it is as the one before, and all that was to be done is confirmed', () => {
    expect(saysNothingNew(done, said, { ...said })).toBe(true);
    // That it was an older revision then has been confirmed since.
    expect(saysNothingNew(done, { ...said, revision: 1 }, said)).toBe(true);
  });

  test.each<[string, Partial<Report>]>([
    ['revision', { revision: 1 }],
    ['state', { state: 'drifted' }],
    ['limiter', { limiter: 'tc' }],
    ['clock', { clock: 'held' }],
    ['number of blocks', { blocks: 2 }],
  ])('but not with another %s', (_what, other) => {
    expect(saysNothingNew(done, said, { ...said, ...other })).toBe(false);
  });

  test('nor while something was refused, which is tried again', () => {
    expect(saysNothingNew({ ...done, refused: 3 }, said, said)).toBe(false);
  });
});
