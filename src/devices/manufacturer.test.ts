import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRandomMac, manufacturers } from './manufacturer.ts';

const manufacturerOf = await manufacturers();

test.each([
  ['00:03:93:12:34:56', 'Apple, Inc.'],
  ['00:1B:63:12:34:56', 'Apple, Inc.'],
  // 28 bits: the block of 24 around it is shared.
  ['00:55:da:01:23:45', 'Shinko Technos co.,ltd.'],
  ['00:55:da:11:23:45', 'KoolPOS Inc.'],
  ['00:55:da:f1:23:45', null],
  ['02:03:93:12:34:56', null],
])('%s is of %s', (mac, name) => {
  expect(manufacturerOf(mac)).toBe(name);
});

test('no MAC that is made up has a manufacturer, and every other one has a name or none', () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const mac = fc
    .tuple(byte, byte, byte, byte, byte, byte)
    .map((bytes) => bytes.map((value) => value.toString(16).padStart(2, '0')).join(':'));
  fc.assert(
    fc.property(mac, (address) => {
      const name = manufacturerOf(address);
      expect(name === null || (name.length > 0 && name.length <= 255)).toBe(true);
      expect(name !== null && isRandomMac(address)).toBe(false);
    }),
  );
});
