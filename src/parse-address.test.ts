import { isIP } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAddress } from './parse-address.ts';

test.each([
  ['192.168.1.77', '192.168.1.77'],
  ['::ffff:192.168.1.77', '192.168.1.77'],
  ['::FFFF:C0A8:014D', '192.168.1.77'],
  ['0:0:0:0:0:ffff:c0a8:14d', '192.168.1.77'],
  ['::ffff:192.168.1.77%br-lan', '192.168.1.77'],
  ['::192.168.1.77', '::c0a8:14d'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['2001:0db8:0000:0000:0001:0000:0000:0001', '2001:db8::1:0:0:1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['fe80::0001', 'fe80::1'],
  ['FE80::1%eth0.2', 'fe80::1'],
])('%s is the address %s', (written, canonical) => {
  expect(parseAddress(written)).toBe(canonical);
});

test.each([
  '',
  'phone',
  '192.168.1',
  '192.168.1.256',
  '192.168.001.077',
  '0x7f.0.0.1',
  '192.168.1.0/24',
  '192.168.1.77%eth0',
  '[::1]',
  '::1]/x?[',
  '::g',
  '1:2:3:4:5:6:7:8:9',
  'fe80::1%',
  'fe80::1%eth0/x',
  ' ::1',
  '::1\n',
])('%j is none', (text) => {
  expect(parseAddress(text)).toBeUndefined();
});

test('every address has one spelling, which a router takes: no dots in IPv6', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (ip) => {
      const canonical = parseAddress(ip) ?? '';
      expect(isIP(canonical)).not.toBe(0);
      expect(parseAddress(canonical)).toBe(canonical);
      expect(canonical).toMatch(/^(?:[\d.]+|[\da-f:]+)$/);
    }),
  );
});

test('however an address is written, it is the same one', () => {
  const word = fc.integer({ min: 0, max: 0xff_ff });
  fc.assert(
    fc.property(fc.array(word, { minLength: 8, maxLength: 8 }), fc.boolean(), (words, upper) => {
      const plain = words.map((each) => each.toString(16));
      const padded = plain.map((each) => each.padStart(4, '0'));
      const written = (upper ? padded.map((each) => each.toUpperCase()) : padded).join(':');
      expect(parseAddress(written)).toBe(parseAddress(plain.join(':')));
      expect(parseAddress(`${written}%wlan0`)).toBe(parseAddress(plain.join(':')));
    }),
  );
  fc.assert(
    fc.property(fc.ipV4(), (ip) => {
      expect(parseAddress(`::ffff:${ip}`)).toBe(ip);
      expect(parseAddress(`0:0:0:0:0:FFFF:${ip}%lo`)).toBe(ip);
    }),
  );
});

test('what Node.js takes for an address is one, and nothing else', () => {
  const characters = fc.constantFrom(...Array.from('0123456789abcdefF:.%g/[] \n'));
  const text = fc.oneof(
    fc.string({ unit: characters, maxLength: 20 }),
    fc.ipV4Extended(),
    fc.ipV6(),
  );
  fc.assert(
    fc.property(text, (written) => {
      if (written.includes('%')) return;
      expect(parseAddress(written) !== undefined).toBe(isIP(written) !== 0);
    }),
  );
});
