/** Whatever is in a file crosses from the process that reads it as it is. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LegacyItem } from './legacy/record.ts';
import { LONGEST_LINE, LONGEST_PART } from './limits.ts';
import { type Message, parseMessage } from './messages.ts';
import { createSender } from './sending.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  // A text in parts, cut between two halves of a character, too.
  fc
    .tuple(fc.nat(3), fc.constantFrom('a', '😀', '"', '\u0001', '\ud800'))
    .map(([more, unit]) => unit.repeat(LONGEST_PART + more)),
);
const record = fc.record({
  kind: fc.constant('record' as const),
  table: fc.constantFrom('devices', 'rules'),
  key: fc.string({ maxLength: 20 }),
  value: fc.constant(undefined),
  text,
});

test('records arrive in their order, with their tables, keys and texts', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 6 }), (records) => {
      const lines: string[] = [];
      const { send, sendItem } = createSender((line) => lines.push(line));
      for (const item of records) sendItem(item satisfies LegacyItem);
      send({ kind: 'end' });
      let parts = '';
      const arrived: [string, string, string][] = [];
      for (const line of lines) {
        expect(line).not.toContain('\n');
        expect(Buffer.byteLength(line)).toBeLessThan(LONGEST_LINE);
        const message: Message | undefined = parseMessage(line);
        if (message?.kind === 'part') parts += message.text;
        if (message?.kind !== 'records') continue;
        for (const [key, rest] of message.records) {
          arrived.push([message.table, key, parts + rest]);
          parts = '';
        }
      }
      expect(arrived).toEqual(records.map(({ table, key, text: sent }) => [table, key, sent]));
    }),
    { numRuns: 50 },
  );
});
