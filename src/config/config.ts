import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { DatabaseAddress } from '../database/address.ts';
import { type FieldError, InvalidInputError } from '../errors.ts';
import { type Environment, type Reader, createReader } from './reader.ts';

/** Where the program itself is: `.env` and the default data folder are there. */
export const PROJECT_FOLDER = resolve(import.meta.dirname, '../..');

export const GOOGLE_ISSUER = 'https://accounts.google.com';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Everything that can be set from outside, checked. */
export type Config = {
  /** The embedded server in `dataFolder`, or one of the operator's. */
  database: { kind: 'embedded' } | { kind: 'external'; address: DatabaseAddress };
  dataFolder: string;
  /** Signs cookies and proves services to each other; absent where the embedded default makes one. */
  secretKey: string | undefined;
  databaseEcho: boolean;
  logLevel: (typeof LOG_LEVELS)[number];
  commandsServerUrl: string | undefined;
  /** Absent: nobody signs in but by the one-time local link. */
  issuer: { url: string; clientId: string; clientSecret: string } | undefined;
  /** The address people use, without a slash at the end. */
  publicUrl: string;
  host: string;
  port: number;
  /** Addresses of the reverse proxies whose X-Forwarded-For is believed. */
  trustedProxies: string[];
};

/** What the command line says over the environment. */
export type Overrides = { data?: string | undefined; port?: string | undefined };

/** The environment, and beneath it `.env` beside the program, where there is one. */
export function readEnvironment(): Environment {
  return { ...readDotEnv(), ...process.env };
}

/** What `.env` beside the program says; nothing where there is none. */
export function readDotEnv(file = join(PROJECT_FOLDER, '.env')): Environment {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
}

/**
 * Checks the environment once. Throws one InvalidInputError that names every wrong, missing or
 * contradictory value and what is expected.
 */
export function parseConfig(environment: Environment, overrides: Overrides = {}): Config {
  const reader = createReader({
    ...environment,
    ...(overrides.data !== undefined && { NETPILOT_DATA: overrides.data }),
    ...(overrides.port !== undefined && { PORT: overrides.port }),
  });
  const port = reader.integer('PORT', { least: 1, most: 65_535, otherwise: 8080 });
  const host = reader.text('HOST') ?? '127.0.0.1';
  const config: Config = {
    database: parseDatabase(reader),
    dataFolder: resolve(reader.text('NETPILOT_DATA') ?? join(PROJECT_FOLDER, '.netpilot')),
    secretKey: reader.secret('SECRET_KEY', { least: 32 }),
    databaseEcho: reader.flag('DB_ECHO'),
    logLevel: reader.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    commandsServerUrl: reader.url('COMMANDS_SERVER_URL', ['http:', 'https:']),
    issuer: parseIssuer(reader),
    publicUrl: reader.url('PUBLIC_URL', ['http:', 'https:']) ?? `http://localhost:${port}`,
    host,
    port,
    trustedProxies: parseTrustedProxies(reader),
  };
  checkTogether(config, reader);
  const errors: FieldError[] = reader.errors();
  if (errors.length > 0) throw new InvalidInputError(errors);
  return config;
}

/** Whether only this machine can reach what listens or is served there. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}

function parseDatabase(reader: Reader): Config['database'] {
  const url = reader.url('DATABASE_URL', ['postgres:', 'postgresql:']);
  const parts = ['DB_HOST', 'DB_PORT', 'DB_USERNAME', 'DB_PASSWORD', 'DB_NAME'].filter((name) =>
    reader.isSet(name),
  );
  if (url !== undefined) {
    if (parts.length > 0)
      reader.fail({
        field: parts.join(', '),
        expected: 'nothing, because DATABASE_URL is set: keep one of the two',
      });
    return { kind: 'external', address: addressFromUrl(url, reader) };
  }
  if (parts.length === 0) return { kind: 'embedded' };
  const password = reader.secret('DB_PASSWORD');
  const address: DatabaseAddress = {
    host: reader.text('DB_HOST') ?? '127.0.0.1',
    port: reader.integer('DB_PORT', { least: 1, most: 65_535, otherwise: 5432 }),
    database: reader.text('DB_NAME') ?? 'netpilot',
    user: reader.required('DB_USERNAME', 'the login NetPilot uses on the PostgreSQL server'),
    ...(password !== undefined && { password }),
  };
  return { kind: 'external', address: withTls(address) };
}

/** `postgresql://user:password@host:port/database?host=/socket/folder&sslmode=…` (PostgreSQL manual 32.1.1.2). */
function addressFromUrl(text: string, reader: Reader): DatabaseAddress {
  const url = new URL(text);
  const sslmode = url.searchParams.get('sslmode');
  const modes = ['disable', 'require', 'verify-full'];
  if (sslmode !== null && !modes.includes(sslmode)) {
    reader.fail({
      field: 'DATABASE_URL',
      value: `sslmode=${sslmode}`,
      expected: `sslmode to be one of ${modes.join(', ')}`,
    });
  }
  if (url.username === '')
    reader.fail({
      field: 'DATABASE_URL',
      expected: 'a user name, as in postgresql://user:password@host:5432/netpilot',
    });
  const address: DatabaseAddress = {
    host:
      url.searchParams.get('host') ??
      (decodeURIComponent(url.hostname).replace(/^\[|\]$/g, '') || '127.0.0.1'),
    port: Number(url.port || '5432'),
    database: decodeURIComponent(url.pathname.slice(1)) || 'netpilot',
    user: decodeURIComponent(url.username),
    ...(url.password !== '' && { password: decodeURIComponent(url.password) }),
  };
  if (sslmode === 'disable') return address;
  if (sslmode === 'require') return { ...address, ssl: { rejectUnauthorized: false } };
  return sslmode === 'verify-full' ? { ...address, ssl: true } : withTls(address);
}

/** TLS beyond the machine: a socket and loopback go without. */
function withTls(address: DatabaseAddress): DatabaseAddress {
  return address.host.startsWith('/') || isLoopback(address.host)
    ? address
    : { ...address, ssl: true };
}

function parseIssuer(reader: Reader): Config['issuer'] {
  const url = reader.url('OIDC_ISSUER', ['https:', 'http:']) ?? GOOGLE_ISSUER;
  const { protocol, hostname } = new URL(url);
  if (protocol === 'http:' && !isLoopback(hostname)) {
    reader.fail({
      field: 'OIDC_ISSUER',
      value: url,
      expected: 'an https:// address (http:// on loopback only)',
    });
  }
  const clientId = reader.text('GOOGLE_CLIENT_ID');
  const clientSecret = reader.secret('GOOGLE_CLIENT_SECRET');
  if (clientId !== undefined && clientSecret !== undefined) return { url, clientId, clientSecret };
  if (clientId !== undefined)
    reader.fail({
      field: 'GOOGLE_CLIENT_SECRET',
      expected: 'the secret that belongs to GOOGLE_CLIENT_ID',
    });
  if (clientSecret !== undefined)
    reader.fail({
      field: 'GOOGLE_CLIENT_ID',
      expected: 'the client that GOOGLE_CLIENT_SECRET belongs to',
    });
  if (clientId === undefined && clientSecret === undefined && reader.isSet('OIDC_ISSUER')) {
    reader.fail({
      field: 'GOOGLE_CLIENT_ID',
      expected: 'the client id registered at OIDC_ISSUER, with GOOGLE_CLIENT_SECRET',
    });
  }
  return undefined;
}

function parseTrustedProxies(reader: Reader): string[] {
  const proxies = (reader.text('TRUSTED_PROXIES') ?? '')
    .split(',')
    .map((proxy) => proxy.trim())
    .filter((proxy) => proxy !== '');
  for (const proxy of proxies) {
    const [address = '', prefix, ...rest] = proxy.split('/');
    const most = isIP(address) === 4 ? 32 : 128;
    const prefixIsRight =
      prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= most);
    if (isIP(address) === 0 || rest.length > 0 || !prefixIsRight) {
      reader.fail({
        field: 'TRUSTED_PROXIES',
        value: proxy,
        expected: 'addresses or networks, separated by commas, as 10.0.0.1 or 10.0.0.0/8',
      });
    }
  }
  return proxies;
}

function checkTogether(config: Config, reader: Reader): void {
  const { protocol, hostname } = new URL(config.publicUrl);
  if (protocol === 'http:' && !isLoopback(hostname)) {
    reader.fail({
      field: 'PUBLIC_URL',
      value: config.publicUrl,
      expected: 'an https:// address (http:// on loopback only)',
    });
  }
  if (config.issuer === undefined && !(isLoopback(config.host) && isLoopback(hostname))) {
    reader.fail({
      field: 'GOOGLE_CLIENT_ID',
      expected:
        'a client to sign in with (and GOOGLE_CLIENT_SECRET), because the service is reached from other machines',
    });
  }
  if (
    config.secretKey === undefined &&
    config.database.kind === 'external' &&
    !reader.isSet('SECRET_KEY')
  ) {
    reader.fail({
      field: 'SECRET_KEY',
      expected:
        'at least 32 random characters, the same for every process; `openssl rand -base64 48` makes one',
    });
  }
  if (
    config.secretKey === undefined &&
    config.commandsServerUrl !== undefined &&
    !reader.isSet('SECRET_KEY')
  ) {
    reader.fail({
      field: 'SECRET_KEY',
      expected: 'the key shared with the Commands-Server at COMMANDS_SERVER_URL',
    });
  }
}
