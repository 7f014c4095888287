import { isIP } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalAddress } from './address.ts';

test.each([
  ['192.168.1.77', '192.168.1.77'],
  ['::ffff:192.168.1.77', '192.168.1.77'],
  ['::FFFF:C0A8:014D', '192.168.1.77'],
  ['0:0:0:0:0:ffff:c0a8:14d', '192.168.1.77'],
  ['::192.168.1.77', '::c0a8:14d'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['fe80::0001', 'fe80::1'],
])('%s is the address %s', (written, canonical) => {
  expect(canonicalAddress(written)).toBe(canonical);
});

test('every address has one spelling, which a router takes: no dots in IPv6', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (ip) => {
      const canonical = canonicalAddress(ip);
      expect(isIP(canonical)).not.toBe(0);
      expect(canonicalAddress(canonical)).toBe(canonical);
      expect(canonical).toMatch(/^(?:[\d.]+|[\da-f:]+)$/);
    }),
  );
});
