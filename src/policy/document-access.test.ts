import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timedDocument, WEEK } from '../../testing/documents.ts';
import { accessIn, nextSwitch, repeatedBy } from './document-access.ts';
import { OPEN_DOCUMENT, type PolicyDocument } from './document.ts';

const ANN = '02:00:00:00:00:01';
const BEN = '02:00:00:00:00:02';
const FREE = { isBlocked: false, down: null, up: null };
const BLOCKED = { isBlocked: true, down: 0, up: 0 };

const on = (network: string | null, down: number | null, up: number | null) => ({
  network,
  down,
  up,
});
const document = (parts: Partial<PolicyDocument>): PolicyDocument => ({
  ...OPEN_DOCUMENT,
  ...parts,
});

/** The devices that the timed rules of a document are about, and where. */
const concerned = ({ timed }: PolicyDocument) =>
  timed.map((rule) =>
    'device' in rule ? ([rule.device, null] as const) : ([ANN, rule.network] as const),
  );

describe('what a document gives a device', () => {
  test.each<[string, Partial<PolicyDocument>, unknown]>([
    ['nothing said', {}, FREE],
    ['a block', { blocked: [ANN] }, BLOCKED],
    [
      'the rate of a mode',
      { mode: 'blacklist', limit: 5, listed: [ANN] },
      { ...FREE, down: 5, up: 5 },
    ],
    ['no place on a whitelist', { mode: 'whitelist', limit: 0, full: 7 }, BLOCKED],
    [
      'rates of its own',
      { mode: 'whitelist', limit: 0, rates: [{ device: ANN, down: 3, up: null }] },
      { ...FREE, down: 3 },
    ],
    [
      'nothing in one direction',
      { rates: [{ device: ANN, down: null, up: 0 }] },
      { ...FREE, up: 0 },
    ],
    ['nothing in both', { rates: [{ device: ANN, down: 0, up: 0 }] }, BLOCKED],
    [
      'a block besides rates',
      { blocked: [ANN], rates: [{ device: ANN, down: 9, up: 9 }] },
      BLOCKED,
    ],
  ])('%s', (_, parts, expected) => {
    expect(accessIn(document(parts), ANN, 100)).toEqual(expected);
    expect(
      accessIn(document({ ...parts, listed: [], blocked: [], rates: [], mode: 'none' }), BEN, 100),
    ).toEqual(FREE);
  });

  test.each<[string, Partial<PolicyDocument>, unknown]>([
    ['a network that is closed', { networks: [on('guest', 0, 0)] }, BLOCKED],
    ['another network that is closed', { networks: [on('lan', 0, 0)] }, FREE],
    ['a rate of its network', { networks: [on('guest', 5, null)] }, { ...FREE, down: 5 }],
    [
      'several: the lowest',
      { networks: [on('guest', 5, 9), on('guest', 0, 7)] },
      { ...FREE, down: 0, up: 7 },
    ],
    [
      'its network open, all others closed',
      { networks: [on('guest', null, null), on(null, 0, 0)] },
      FREE,
    ],
    [
      'a block, and its network open',
      { blocked: [ANN], networks: [on('guest', null, null)] },
      BLOCKED,
    ],
    [
      'no limits of its own, its network closed',
      { rates: [{ device: ANN, down: null, up: null }], networks: [on('guest', 0, 0)] },
      FREE,
    ],
    ['nothing yet, as it is new', { newcomers: [on(null, 0, 0)] }, BLOCKED],
    ['nothing said of who is known', { newcomers: [on(null, 0, 0)], known: [ANN] }, FREE],
    [
      'what newcomers get here',
      { newcomers: [on('guest', 8, 8), on(null, 0, 0)] },
      { ...FREE, down: 8, up: 8 },
    ],
    [
      'what its network gets, although it is new',
      { networks: [on('guest', 4, 4)], newcomers: [on(null, 0, 0)] },
      { ...FREE, down: 4, up: 4 },
    ],
    [
      'what is new, whatever the mode',
      { mode: 'whitelist', limit: 0, newcomers: [on('guest', 3, 3)] },
      { ...FREE, down: 3, up: 3 },
    ],
    [
      'what a window has in place of what always holds',
      {
        networks: [on('guest', 0, 0)],
        windows: [{ number: 1, from: 90, to: 110 }],
        timed: [{ window: 1, kind: 'net', ...on('guest', 6, 6) }],
      },
      { ...FREE, down: 6, up: 6 },
    ],
  ])('of a network: %s', (_, parts, expected) => {
    expect(accessIn(document(parts), ANN, 100, 'guest')).toEqual(expected);
  });

  test('in windows: from their beginning to before their end, those of one number together', () => {
    const bedtime = document({
      windows: [
        { number: 1, from: 100, to: 200 },
        { number: 1, from: 300, to: 400 },
      ],
      timed: [{ window: 1, kind: 'block', device: ANN }],
    });
    const blocked = [99, 100, 199, 200, 299, 300, 399].map(
      (at) => accessIn(bedtime, ANN, at).isBlocked,
    );
    expect(blocked).toEqual([false, true, true, false, false, true, true]);
  });

  test('in windows, rates take the place of those that always hold, and the lowest counts', () => {
    const evening = document({
      rates: [{ device: ANN, down: 10, up: 1 }],
      windows: [
        { number: 1, from: 100, to: 200 },
        { number: 2, from: 150, to: 300 },
      ],
      timed: [
        { window: 1, kind: 'rate', device: ANN, down: 50, up: null },
        { window: 2, kind: 'rate', device: ANN, down: null, up: 20 },
      ],
    });
    const rates = [50, 100, 150, 250].map((at) => accessIn(evening, ANN, at));
    expect(rates).toEqual([
      { isBlocked: false, down: 10, up: 1 },
      { isBlocked: false, down: 50, up: null },
      { isBlocked: false, down: 50, up: 20 },
      { isBlocked: false, down: null, up: 20 },
    ]);
  });

  test('after the last window is that of the week before, again and again, but for what holds once', () => {
    fc.assert(
      fc.property(
        timedDocument,
        fc.nat(3 * WEEK),
        fc.integer({ min: 1, max: 60 }),
        (timed, after, weeks) => {
          const repeating = timed.windows.filter(({ number }) => !timed.once.includes(number));
          fc.pre(repeating.length > 0);
          const last = Math.max(...timed.windows.map(({ to }) => to));
          const always = { ...timed, once: [], windows: repeating };
          for (const [device, network] of concerned(timed)) {
            const later = accessIn(timed, device, last + after, network);
            expect(accessIn(timed, device, last + after + weeks * WEEK, network)).toEqual(later);
            expect(accessIn(always, device, last + after, network)).toEqual(later);
          }
          expect(repeatedBy(timed, last + after) % WEEK).toBe(0);
        },
      ),
    );
  });

  test('changes at no instant but those that are told before, and these come to no end if a window repeats', () => {
    fc.assert(
      fc.property(
        timedDocument,
        fc.nat(20 * WEEK),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (timed, instant, part) => {
          const next = nextSwitch(timed, instant);
          const repeats = timed.windows.some(({ number }) => !timed.once.includes(number));
          expect(repeats && next === null).toBe(false);
          const until = next ?? instant + WEEK;
          expect(until).toBeGreaterThan(instant);
          const between = Math.floor(instant + (until - 1 - instant) * part);
          for (const [device, network] of concerned(timed))
            expect(accessIn(timed, device, between, network)).toEqual(
              accessIn(timed, device, instant, network),
            );
        },
      ),
    );
  });
});
