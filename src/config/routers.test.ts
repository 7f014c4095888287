import { describe, expect, test } from 'vitest';
import { parseConfig } from './config.ts';
import { everyAddress } from './every-address.ts';

describe('where routers dial in', () => {
  const issuer = { GOOGLE_CLIENT_ID: 'client', GOOGLE_CLIENT_SECRET: 'client secret' };

  test('is every address, under the name that people reach the service by', () => {
    const { routers } = parseConfig({ ...issuer, PUBLIC_URL: 'https://[2001:db8::1]:8443' });
    expect(routers).toEqual({
      host: expect.stringMatching(/^(::|0\.0\.0\.0)$/),
      port: 2222,
      isPortChosen: false,
      publicHost: '2001:db8::1',
    });
  });

  const loopback = { netmask: '', mac: '00:00:00:00:00:00', internal: true, cidr: null };
  const ipv4 = { ...loopback, address: '127.0.0.1', family: 'IPv4' } as const;
  const ipv6 = { ...loopback, address: '::1', family: 'IPv6', scopeid: 0 } as const;

  test('every address is that of IPv6, which takes IPv4 too, unless the machine has none', () => {
    expect(everyAddress({ lo: [ipv4, ipv6] })).toBe('::');
    expect(everyAddress({ lo: [ipv4], eth0: undefined })).toBe('0.0.0.0');
  });

  test.each([
    [{}, '127.0.0.1'],
    [{ PUBLIC_URL: 'http://localhost:9000' }, '127.0.0.1'],
    [{ HOST: '0.0.0.0', ...issuer }, '0.0.0.0'],
  ])('is where the service listens if people reach it on this machine: %j', (settings, host) => {
    expect(parseConfig(settings).routers.host).toBe(host);
  });

  test('may be elsewhere', () => {
    const { routers, commandsServer } = parseConfig({
      ROUTERS_HOST: '192.0.2.1',
      ROUTERS_PORT: '22',
      ROUTERS_PUBLIC_HOST: 'routers.example.com',
      COMMANDS_SERVER_HOST: '::1',
      COMMANDS_SERVER_PORT: '0',
    });
    expect(routers).toEqual({
      host: '192.0.2.1',
      port: 22,
      isPortChosen: true,
      publicHost: 'routers.example.com',
    });
    expect(commandsServer).toEqual({ host: '::1', port: 0, isPortChosen: true });
  });

  test.each([
    ['ROUTERS_PORT', '65536'],
    ['ROUTERS_HOST', 'not a host'],
    ['ROUTERS_PUBLIC_HOST', 'http://x'],
    ['COMMANDS_SERVER_PORT', 'any'],
  ])('is refused where it can be nothing: %s=%s', (name, value) => {
    expect(() => parseConfig({ [name]: value })).toThrow(name);
  });
});
