import { describe, expect, test } from 'vitest';
import { parseConfig } from './config.ts';

describe('where routers dial in', () => {
  test('is where the service listens, under the name that people reach it by', () => {
    const { routers } = parseConfig({
      PUBLIC_URL: 'https://[2001:db8::1]:8443',
      HOST: '::',
      GOOGLE_CLIENT_ID: 'client',
      GOOGLE_CLIENT_SECRET: 'client secret',
    });
    expect(routers).toEqual({
      host: '::',
      port: 2222,
      isPortChosen: false,
      publicHost: '2001:db8::1',
    });
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
