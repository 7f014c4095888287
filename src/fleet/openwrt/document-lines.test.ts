import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timedDocument } from '../../../testing/documents.ts';
import { OPEN_DOCUMENT } from '../../policy/document.ts';
import { FEATURES } from '../../routers/features.ts';
import { readDocument, writeDocument } from './document-lines.ts';

const KNOWS_ALL = new Set(FEATURES);

describe('the lines of a document', () => {
  test('say all of it to an agent that knows time, rates and networks', () => {
    fc.assert(
      fc.property(timedDocument, (document) => {
        expect(readDocument(writeDocument(document, KNOWS_ALL))).toEqual({ document, odd: [] });
      }),
    );
  });

  test.each([
    [['time', 'networks'], /^(when \d+ )?rate /],
    [['time', 'rates'], /^known |^(when \d+ )?(net|new) /],
    [['rates', 'networks'], /^(window|once|when) /],
    [[], /^(rate|known|net|new|window|once|when) /],
  ] as const)('to an agent that knows %j have nothing that it does not know', (known, foreign) => {
    fc.assert(
      fc.property(timedDocument, (document) => {
        const lines = writeDocument(document, new Set(known));
        expect(lines.filter((line) => foreign.test(line))).toEqual([]);
        const all = writeDocument(document, KNOWS_ALL);
        expect(lines).toEqual(all.filter((line) => !foreign.test(line)));
      }),
    );
  });

  test('whose address is none are left out, and the others count', () => {
    const odd = [
      'block $(reboot)',
      'known 10.0.0.1',
      'rate 02:00:00:00:00:0g 5 5',
      'when 1 block 10.0.0.256',
    ];
    const lines = ['mode none', 'limit -', 'full -', 'block 10.0.0.1', ...odd];
    expect(readDocument(lines)).toEqual({
      document: { ...OPEN_DOCUMENT, blocked: ['10.0.0.1'] },
      odd,
    });
  });

  test('leave out what no network can be called: nothing is there, and it must not stop the rest', () => {
    const [down, up] = [0, 0];
    const networks = ['a b', '', '*', 'guest', '-x'].map((network) => ({ network, down, up }));
    const lines = writeDocument({ ...OPEN_DOCUMENT, networks }, KNOWS_ALL);
    expect(lines.slice(3)).toEqual(['net guest block']);
  });

  test.each([
    'rate 02:00:00:00:00:01 5',
    'rate 02:00:00:00:00:01 5 5 5',
    'rate 02:00:00:00:00:01 05 5',
    'window 0 1 2',
    'window 100000 1 2',
    'window 1 2 2',
    'window 1 3 2',
    'window 1 2',
    'window 1 -2 2',
    'when 0 block 02:00:00:00:00:01',
    'when 1 window 1 1 2',
    'when 1 list 02:00:00:00:00:01',
    'when 1 rate 02:00:00:00:00:01 - ',
    'once',
    'once 0',
    'once 1 2',
    'open 1',
    'net guest',
    'net block',
    'net guest block 5',
    'net guest rate 5',
    'net -guest block',
    'new gäste block',
    'new guest list',
    'when 1 known 02:00:00:00:00:01',
    'known 02:00:00:00:00:01 02:00:00:00:00:02',
    '',
  ])('are none of a document if one is %j', (line) => {
    expect(readDocument(['mode none', 'limit -', 'full -', line])).toBeUndefined();
  });
});
