import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DocumentTarget, type DocumentInput, compileDocument } from '../../policy/compile.ts';
import { NO_FEATURES } from '../../routers/features.ts';
import { writeDocument } from './document-lines.ts';

const RULES = {
  mode: 'none',
  whitelist_limit_rate: 1_000,
  whitelist_full_rate: 2_000,
  blacklist_limit_rate: 0,
  blacklist_full_rate: null,
};
const NOTHING: DocumentInput = {
  rules: RULES,
  blocks: [],
  listed: [],
  own: [],
  features: NO_FEATURES,
  instant: 0,
};

const mac = fc
  .integer({ min: 0, max: 20 })
  .map((n) => `02:00:00:00:00:${n.toString(16).padStart(2, '0')}`);
const ip = fc.integer({ min: 1, max: 20 }).map((n) => `10.0.0.${n}`);
const entry: fc.Arbitrary<DocumentTarget> = fc.record({
  ip,
  mac: fc.option(mac),
  device_macs: fc.array(mac, { maxLength: 3 }),
});
const rate = fc.option(fc.integer({ min: 0, max: 10 ** 13 }));
const wanted: fc.Arbitrary<DocumentInput> = fc.record({
  rules: fc.record({
    mode: fc.constantFrom('none', 'whitelist', 'blacklist'),
    whitelist_limit_rate: rate,
    whitelist_full_rate: rate,
    blacklist_limit_rate: rate,
    blacklist_full_rate: rate,
  }),
  blocks: fc.array(entry, { maxLength: 8 }),
  listed: fc.array(entry, { maxLength: 8 }),
  own: fc.array(fc.oneof(mac, ip), { maxLength: 3 }),
  features: fc.constant(NO_FEATURES),
  instant: fc.constant(0),
});

/** The document's lines. */
const compile = (input: DocumentInput) =>
  writeDocument(compileDocument(input).document, NO_FEATURES);

const LINE =
  /^(mode (none|whitelist|blacklist)|(limit|full) (-|0|[1-9]\d{0,11})|(block|list) ([\da-f]{2}(:[\da-f]{2}){5}|\d+(\.\d+){3}))$/;

describe('the document', () => {
  test('has only lines of the protocol: mode, limit and full once, in this order, then each device once', () => {
    fc.assert(
      fc.property(wanted, (input) => {
        const lines = compile(input);
        for (const line of lines) expect(line).toMatch(LINE);
        expect(lines.slice(0, 3).map((line) => line.split(' ')[0])).toEqual([
          'mode',
          'limit',
          'full',
        ]);
        expect(lines.slice(3).every((line) => /^(block|list) /.test(line))).toBe(true);
        expect(new Set(lines).size).toBe(lines.length);
      }),
    );
  });

  test('is the same in whatever order, and how often, the database gives the entries', () => {
    fc.assert(
      fc.property(wanted, (input) => {
        const turned = {
          ...input,
          blocks: [...input.blocks, ...input.blocks].toReversed(),
          listed: input.listed.toReversed(),
        };
        expect(compile(turned)).toEqual(compile(input));
      }),
    );
  });

  test("never names what is the router's own", () => {
    fc.assert(
      fc.property(wanted, (input) => {
        const named = compile(input).map((line) => line.split(' ')[1] ?? '');
        for (const own of input.own) expect(named).not.toContain(own);
      }),
    );
  });

  test('names every block and entry: by all MACs of the device, and by address only where there is none', () => {
    fc.assert(
      fc.property(wanted, (input) => {
        const lines = new Set(compile({ ...input, own: [] }));
        const check = (verb: string, { ip: address, mac: one, device_macs }: DocumentTarget) => {
          const macs = [...(one === null ? [] : [one]), ...device_macs];
          const names = macs.length > 0 ? macs : [address];
          return names.every((name) => lines.has(`${verb} ${name}`));
        };
        const listed = input.rules.mode === 'none' ? [] : input.listed;
        expect(input.blocks.every((each) => check('block', each))).toBe(true);
        expect(listed.every((each) => check('list', each))).toBe(true);
      }),
    );
  });

  test.each([
    ['none', ['mode none', 'limit -', 'full -']],
    ['whitelist', ['mode whitelist', 'limit 1000', 'full 2000']],
    ['blacklist', ['mode blacklist', 'limit 0', 'full -']],
  ])('has the rates of its mode: %s', (mode, lines) => {
    expect(compile({ ...NOTHING, rules: { ...RULES, mode } })).toEqual(lines);
  });

  test("has a rate beyond the protocol's digits as the highest there is", () => {
    const rules = { ...RULES, mode: 'whitelist', whitelist_full_rate: 10 ** 12 };
    expect(compile({ ...NOTHING, rules })[2]).toBe('full 999999999999');
  });
});
