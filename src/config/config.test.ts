/** What can be set from outside, and what is said of it when it is wrong. */
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidInputError, describeField } from '../errors.ts';
import { GOOGLE_ISSUER, PROJECT_FOLDER, parseConfig } from './config.ts';
import { VARIABLES } from './variables.ts';

const KEY = 'a key of thirty-two characters or more';
const EXTERNAL = { DB_USERNAME: 'netpilot', SECRET_KEY: KEY };
const CLIENT = { GOOGLE_CLIENT_ID: 'client', GOOGLE_CLIENT_SECRET: 'client secret' };

/** What is said of a configuration that is refused: one line for each thing wrong. */
function complaints(environment: Record<string, string>): string[] {
  try {
    parseConfig(environment);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.fields.map(describeField);
    throw error;
  }
  return [];
}

describe('With nothing set', () => {
  test('NetPilot runs for this machine, on its own database, with no issuer', () => {
    expect(parseConfig({})).toEqual({
      database: { kind: 'embedded', secretKey: undefined },
      dataFolder: join(PROJECT_FOLDER, '.netpilot'),
      databaseEcho: false,
      logLevel: 'info',
      commandsServerUrl: undefined,
      commandsServer: { host: '127.0.0.1', port: 8081, isPortChosen: false },
      routers: { host: '127.0.0.1', port: 2222, isPortChosen: false, publicHost: 'localhost' },
      dial: { networks: [], tunnels: undefined },
      alerts: { mail: undefined, networks: [] },
      issuer: undefined,
      signUp: { mode: 'invited', domains: [], ownerEmail: undefined },
      publicUrl: 'http://localhost:8080',
      host: '127.0.0.1',
      port: 8080,
      trustedProxies: [],
    });
  });

  test('a value that is empty or blank is not set', () => {
    const empty = Object.fromEntries(VARIABLES.map((name) => [name, '']));
    const blank = Object.fromEntries(VARIABLES.map((name) => [name, ' \t']));
    expect(parseConfig(empty)).toEqual(parseConfig({}));
    expect(parseConfig(blank)).toEqual(parseConfig({}));
  });
});

describe('Everything set', () => {
  test('is taken', () => {
    const config = parseConfig({
      DB_HOST: 'db.example.com',
      DB_PORT: '6432',
      DB_USERNAME: 'app',
      DB_PASSWORD: 'p@ss word',
      DB_NAME: 'pilots',
      DB_ECHO: 'true',
      SECRET_KEY: KEY,
      LOG_LEVEL: 'debug',
      COMMANDS_SERVER_URL: 'https://commands.internal:9000/base/',
      ...CLIENT,
      OIDC_ISSUER: 'https://id.example.com/realms/home',
      PUBLIC_URL: 'HTTPS://NetPilot.example.com/',
      HOST: '0.0.0.0',
      PORT: '9000',
      NETPILOT_DATA: '/srv/netpilot',
      TRUSTED_PROXIES: '10.0.0.1, fd00::/8',
    });
    expect(config).toMatchObject({
      database: {
        kind: 'external',
        secretKey: KEY,
        address: {
          host: 'db.example.com',
          port: 6432,
          database: 'pilots',
          user: 'app',
          password: 'p@ss word',
          ssl: true,
        },
      },
      dataFolder: '/srv/netpilot',
      databaseEcho: true,
      logLevel: 'debug',
      commandsServerUrl: 'https://commands.internal:9000/base',
      issuer: {
        url: 'https://id.example.com/realms/home',
        clientId: 'client',
        clientSecret: 'client secret',
      },
      publicUrl: 'https://netpilot.example.com',
      host: '0.0.0.0',
      port: 9000,
      trustedProxies: ['10.0.0.1', 'fd00::/8'],
    });
  });

  test('the command line wins over it', () => {
    const { port, publicUrl, dataFolder } = parseConfig(
      { PORT: '9000', NETPILOT_DATA: '/srv/one' },
      { port: '9001', data: '/srv/two' },
    );
    expect([port, publicUrl, dataFolder]).toEqual([9001, 'http://localhost:9001', '/srv/two']);
  });

  test('Google is the issuer where a client is set and no issuer', () => {
    expect(parseConfig(CLIENT).issuer?.url).toBe(GOOGLE_ISSUER);
  });
});

describe('A home network', () => {
  test('is served on its address alone, without TLS: the pages, and the port for routers', () => {
    const config = parseConfig({ PORT: '9000' }, { lan: '192.168.178.20' });
    expect(config).toMatchObject({
      lanAddress: '192.168.178.20',
      publicUrl: 'http://192.168.178.20:9000',
      host: '192.168.178.20',
      issuer: undefined,
      routers: { host: '192.168.178.20', publicHost: '192.168.178.20', port: 2222 },
      commandsServer: { host: '127.0.0.1' },
    });
  });

  test.each([
    ['fd12::20', '8080', 'http://[fd12::20]:8080'],
    ['192.168.178.20', '80', 'http://192.168.178.20'],
  ])('at %s, port %s, is %s', (lan, PORT, publicUrl) => {
    expect(parseConfig({ PORT }, { lan })).toMatchObject({ publicUrl, routers: { host: lan } });
  });

  test('has no setting that says otherwise', () => {
    const environment = {
      ...CLIENT,
      PUBLIC_URL: 'http://192.168.178.20:8080',
      HOST: '0.0.0.0',
      TRUSTED_PROXIES: '10.0.0.1',
    };
    expect(() => parseConfig(environment, { lan: '192.168.178.20' })).toThrow(InvalidInputError);
    const expected = 'expected no value with --lan, which serves on 192.168.178.20';
    for (const [name, value] of Object.entries(environment)) {
      const shown = name === 'GOOGLE_CLIENT_SECRET' ? '(not shown)' : value;
      expect(() => parseConfig({ [name]: value }, { lan: '192.168.178.20' })).toThrow(
        `${name}: ${expected}, got "${shown}"`,
      );
    }
  });

  test('is the only one without TLS', () => {
    for (const address of ['192.168.178.20', 'fritz.box', '[fd12::20]'])
      expect(complaints({ PUBLIC_URL: `http://${address}:8080` })[0]).toContain(
        'http:// on loopback only; `netpilot serve --lan` serves a home network',
      );
  });
});

describe('What is wrong is refused in one line that names the field, the value and what is expected', () => {
  const proxies = 'addresses or networks, separated by commas, as 10.0.0.1 or 10.0.0.0/8';
  const url = 'an http:// or https:// URL without user name, password, query and fragment';
  const secure = 'an https:// address (http:// on loopback only)';
  test.each([
    ['PORT', '0', 'a whole number from 1 to 65535'],
    ['PORT', '65536', 'a whole number from 1 to 65535'],
    ['PORT', '80a', 'a whole number from 1 to 65535'],
    ['PORT', '8e3', 'a whole number from 1 to 65535'],
    ['PORT', '-1', 'a whole number from 1 to 65535'],
    ['HOST', 'http://localhost', 'a host name or an address'],
    ['HOST', '/run/netpilot', 'a host name or an address'],
    ['HOST', '[::1]', 'a host name or an address'],
    ['DB_ECHO', 'maybe', 'true or false'],
    ['LOG_LEVEL', 'loud', 'one of fatal, error, warn, info, debug, trace, silent'],
    ['TRUSTED_PROXIES', 'proxy.local', proxies],
    ['TRUSTED_PROXIES', '10.0.0.0/33', proxies],
    ['TRUSTED_PROXIES', '10.0.0.0/', proxies],
    ['TRUSTED_PROXIES', '10.0.0.0/8/8', proxies],
    ['PUBLIC_URL', 'ftp://localhost', url],
    ['PUBLIC_URL', 'localhost:8080', url],
    ['COMMANDS_SERVER_URL', 'commands:9000', url],
    // A router's shell reads it.
    ['PUBLIC_URL', "https://x';reboot;'.example", url],
    ['PUBLIC_URL', 'https://$(reboot).example', url],
    ['PUBLIC_URL', 'https://a;b.example', url],
  ])('%s=%s', (name, value, expected) => {
    expect(complaints({ ...CLIENT, SECRET_KEY: KEY, [name]: value })).toEqual([
      `${name}: expected ${expected}, got "${value}"`,
    ]);
  });

  test.each([
    ['DB_HOST', 'db:5432', 'a host name, an address, or the folder of a Unix socket'],
    ['DB_HOST', 'postgresql://db', 'a host name, an address, or the folder of a Unix socket'],
    ['DB_PORT', 'five', 'a whole number from 1 to 65535'],
  ])('%s=%s', (name, value, expected) => {
    expect(complaints({ ...EXTERNAL, [name]: value })).toEqual([
      `${name}: expected ${expected}, got "${value}"`,
    ]);
  });

  test.each([
    ['OIDC_ISSUER', 'http://id.example.com', secure],
    ['COMMANDS_SERVER_URL', 'http://commands.internal:9000', secure],
    ['PUBLIC_URL', 'http://netpilot.example.com', 'an https:// address without a path'],
    ['PUBLIC_URL', 'https://example.com/netpilot', 'an https:// address without a path'],
  ])('%s=%s', (name, value, expected) => {
    const [only, ...more] = complaints({ ...CLIENT, SECRET_KEY: KEY, [name]: value });
    expect(only).toContain(`${name}: expected ${expected}`);
    expect(only).toContain(`got "${value}"`);
    expect(more).toEqual([]);
  });

  test('in one line, whatever the value is', () => {
    expect(() => parseConfig({ LOG_LEVEL: 'a\nb' })).toThrow(/^LOG_LEVEL: .* got "a\\nb"$/);
  });

  test('all of it at once', () => {
    const wrong = complaints({ PORT: 'x', LOG_LEVEL: 'y', DB_ECHO: 'z' });
    expect(wrong.map((line) => line.split(':')[0])).toEqual(['PORT', 'DB_ECHO', 'LOG_LEVEL']);
  });
});

describe('What contradicts itself or lacks its other half is refused', () => {
  const URL_AND_KEY = { DATABASE_URL: 'postgresql://u:p@localhost/d', SECRET_KEY: KEY };
  test.each([
    ['DB_HOST, DATABASE_URL', '"localhost", which', { ...URL_AND_KEY, DB_HOST: 'db.example' }],
    ['DB_PORT, DATABASE_URL', '"5432", which', { ...URL_AND_KEY, DB_PORT: '5433' }],
    ['DB_USERNAME, DATABASE_URL', '"u", which', { ...URL_AND_KEY, DB_USERNAME: 'v' }],
    ['DB_NAME, DATABASE_URL', '"d", which', { ...URL_AND_KEY, DB_NAME: 'e' }],
    ['DB_PASSWORD, DATABASE_URL', 'the same password', { ...URL_AND_KEY, DB_PASSWORD: 'q' }],
    ['DB_USERNAME', 'the login NetPilot uses', { DB_HOST: 'localhost', SECRET_KEY: KEY }],
    ['SECRET_KEY', 'at least 32 random characters', { DB_USERNAME: 'u' }],
    [
      'SECRET_KEY',
      'at least 32 random characters',
      { DATABASE_URL: 'postgresql://u:p@localhost/d', COMMANDS_SERVER_URL: 'http://localhost:1' },
    ],
    [
      'SECRET_KEY',
      'the key shared with the Commands-Server',
      { COMMANDS_SERVER_URL: 'http://localhost:1' },
    ],
    ['GOOGLE_CLIENT_SECRET', 'the secret that belongs to', { GOOGLE_CLIENT_ID: 'c' }],
    ['GOOGLE_CLIENT_ID', 'the client that', { GOOGLE_CLIENT_SECRET: 's' }],
    ['GOOGLE_CLIENT_ID', 'the client id registered', { OIDC_ISSUER: 'https://id.example.com' }],
    ['GOOGLE_CLIENT_ID', 'a client to sign in with', { HOST: '0.0.0.0' }],
    ['GOOGLE_CLIENT_ID', 'a client to sign in with', { PUBLIC_URL: 'https://a.example' }],
    ['GOOGLE_CLIENT_SECRET', 'the secret', { HOST: '0.0.0.0', GOOGLE_CLIENT_ID: 'c' }],
  ])('%s: %s', (field, expected, environment) => {
    const [only, ...more] = complaints(environment);
    expect(only).toContain(`${field}: expected ${expected}`);
    expect(more).toEqual([]);
  });
});

describe('A secret is in no error', () => {
  const SECRET = 'hunter2';
  type Wrong = [name: string, environment: Record<string, string>];
  test.each<Wrong>([
    ['a short key', { SECRET_KEY: SECRET }],
    ['a key with a space at its end', { SECRET_KEY: `${SECRET.repeat(9)} ` }],
    ['a password with a space before it', { ...EXTERNAL, DB_PASSWORD: ` ${SECRET}` }],
    ['a client secret alone', { GOOGLE_CLIENT_SECRET: SECRET }],
    ...[
      `mysql://u:${SECRET}@h/d`,
      `postgresql:/u:${SECRET}@h/d`,
      `postgresql://u:${SECRET}#@h/d`,
      `postgresql://u:${SECRET}%zz@h/d`,
      `postgresql://u:${SECRET}@/d`,
      `postgresql://u:${SECRET}@h,i/d`,
      `postgresql://u:${SECRET}@h:0/d`,
      `postgresql://:${SECRET}@h/d`,
      `postgresql://u@h/d?password=${SECRET}`,
      `postgresql://u:${SECRET}@h/d?sslmode=prefer`,
      `postgresql://u:${SECRET}@h/d?sslrootcert=ca.pem`,
      `host=h user=u password=${SECRET}`,
      SECRET,
    ].map((url): Wrong => [url, { DATABASE_URL: url, SECRET_KEY: KEY }]),
    ...(['COMMANDS_SERVER_URL', 'PUBLIC_URL', 'OIDC_ISSUER'] as const).flatMap((name) =>
      [
        `https://u:${SECRET}@h.example`,
        `https://${SECRET}@h.example`,
        `https://h.example?token=${SECRET}`,
        `https://h.example#${SECRET}`,
        `ftp://u:${SECRET}@h.example`,
        `http://u:${SECRET}@h.example`,
      ].map((url): Wrong => [`${name}=${url}`, { ...CLIENT, SECRET_KEY: KEY, [name]: url }]),
    ),
  ])('%s', (_name, environment) => {
    const [line, ...more] = complaints(environment);
    expect(line).toMatch(/^[A-Z_]+: expected .+, got /);
    expect(line).not.toContain(SECRET);
    expect(more).toEqual([]);
  });

  test('whatever is written for the secrets: it is taken as it is, or refused unseen', () => {
    const text = fc
      .string({ minLength: 8, unit: 'grapheme' })
      .filter((value) => value.trim() !== '');
    fc.assert(
      fc.property(text, (secret) => {
        const environment = { ...EXTERNAL, DB_PASSWORD: secret };
        const [refusal] = complaints(environment);
        const { database } = refusal === undefined ? parseConfig(environment) : {};
        expect(refusal ?? (database?.kind === 'external' && database.address.password)).toBe(
          secret === secret.trim()
            ? secret
            : 'DB_PASSWORD: expected a text without white space at its beginning and end, got "(not shown)"',
        );
      }),
    );
  });

  test('whatever is written for DATABASE_URL: it is understood, or refused unseen', () => {
    const url = fc.oneof(
      fc.string({ unit: 'grapheme' }).map((rest) => `postgresql://${rest}`),
      fc.webUrl({ validSchemes: ['postgresql', 'mysql'], withQueryParameters: true }),
    );
    fc.assert(
      fc.property(url, (text) => {
        const lines = complaints({ DATABASE_URL: text, SECRET_KEY: KEY });
        for (const line of lines)
          expect(line).toMatch(/^DATABASE_URL: .*got "(\(not shown\)|sslmode=.*)"$/);
      }),
    );
  });
});

test.each([
  ['127.0.0.1', 'http://localhost:8080'],
  ['localhost', 'http://localhost:8080'],
  ['::1', 'http://[::1]:8080'],
  ['127.0.0.2', 'http://127.0.0.2:8080'],
])('on %s people are sent to %s, where it listens', (HOST, publicUrl) => {
  expect(parseConfig({ HOST })).toMatchObject({ publicUrl, host: HOST });
});
