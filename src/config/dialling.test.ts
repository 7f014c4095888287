import { describe, expect, test } from 'vitest';
import { parseConfig } from './config.ts';
import { isWithin } from './dialling.ts';

describe('what the Commands-Server may dial', () => {
  test('is nothing, unless the operator says so', () => {
    expect(parseConfig({}).dial).toEqual({ networks: [], tunnels: undefined });
  });

  test('is networks, and a range of ports where tunnels end', () => {
    const { dial } = parseConfig({
      ROUTERS_DIAL_NETWORKS: '192.168.0.0/16, 2001:db8::7',
      ROUTERS_DIAL_TUNNELS: '[::1]:20000-20999',
    });
    expect(dial).toEqual({
      networks: ['192.168.0.0/16', '2001:db8::7'],
      tunnels: { host: '::1', first: 20_000, last: 20_999 },
    });
  });

  test.each([
    ['ROUTERS_DIAL_NETWORKS', '192.168.0.0/33'],
    ['ROUTERS_DIAL_NETWORKS', 'lan'],
    ['ROUTERS_DIAL_TUNNELS', 'localhost:20000-20999'],
    ['ROUTERS_DIAL_TUNNELS', '127.0.0.1:20000'],
    ['ROUTERS_DIAL_TUNNELS', '127.0.0.1:20999-20000'],
    ['ROUTERS_DIAL_TUNNELS', '127.0.0.1:0-65536'],
  ])('is refused where it can be nothing: %s=%s', (name, value) => {
    expect(() => parseConfig({ [name]: value })).toThrow(name);
  });

  test.each([
    ['192.168.77.1', true],
    ['192.169.0.1', false],
    ['::ffff:192.168.77.1', true],
    ['2001:db8::7', true],
    ['2001:db8::8', false],
    ['127.0.0.1', false],
    ['localhost', false],
  ])('holds for %s: %s', (address, expected) => {
    expect(isWithin(address, ['192.168.0.0/16', '2001:db8::7'])).toBe(expected);
  });
});
