import type { DatabaseAddress } from './database-address.ts';
import { isLoopback } from './loopback.ts';
import { NOT_SHOWN, type Reader, isHost } from './reader.ts';

/**
 * The database, and the key that signs cookies: every process on one database needs the same key.
 * The embedded server keeps one beside its data; for an external one it must be set.
 */
export type DatabaseConfig =
  | { kind: 'embedded'; secretKey: string | undefined }
  | { kind: 'external'; secretKey: string; address: DatabaseAddress };

const SHORTEST_KEY = 32;
const PARTS = ['DB_HOST', 'DB_PORT', 'DB_USERNAME', 'DB_PASSWORD', 'DB_NAME'] as const;
/** In place of an address that cannot be read: a configuration with an error is never returned. */
const NOWHERE: DatabaseAddress = { host: '', port: 0, database: '', user: '' };
const URL_EXPECTED =
  'a URL such as postgresql://user:password@host:5432/netpilot (for a socket: postgresql://user:password@localhost/netpilot?host=/run/postgresql)';

/** The embedded database if none is configured. */
export function parseDatabase(reader: Reader): DatabaseConfig {
  const address = parseAddress(reader);
  if (address === undefined)
    return { kind: 'embedded', secretKey: reader.secret('SECRET_KEY', { least: SHORTEST_KEY }) };
  const secretKey = reader.requiredSecret('SECRET_KEY', {
    least: SHORTEST_KEY,
    expected: `at least ${SHORTEST_KEY} random characters, the same for every process (\`openssl rand -base64 48\` makes them)`,
  });
  return { kind: 'external', secretKey, address };
}

function parseAddress(reader: Reader): DatabaseAddress | undefined {
  const parts = PARTS.filter((name) => reader.isSet(name));
  const url = reader.text('DATABASE_URL');
  if (url === undefined) return parts.length === 0 ? undefined : addressFromParts(reader);
  const address = addressFromUrl('DATABASE_URL', url, reader);
  if (address !== NOWHERE) requireSameParts(address, reader);
  const password = address.password ?? reader.secret('DB_PASSWORD');
  return password === undefined ? address : { ...address, password };
}

/** Both may be set, as a `.env` of the old program has them, if they say the same. */
function requireSameParts(address: DatabaseAddress, reader: Reader): void {
  const said = {
    DB_HOST: address.host,
    DB_PORT: String(address.port),
    DB_USERNAME: address.user,
    DB_PASSWORD: address.password,
    DB_NAME: address.database,
  };
  for (const name of PARTS) {
    const [inUrl, value] = [said[name], reader.text(name)];
    if (inUrl === undefined || value === undefined || isSamePart(name, inUrl, value)) continue;
    const isSecret = name === 'DB_PASSWORD';
    reader.fail({
      field: `${name}, DATABASE_URL`,
      value: isSecret ? NOT_SHOWN : value,
      expected: isSecret
        ? 'the same password in both, or one of the two only'
        : `"${inUrl}", which DATABASE_URL says, or one of the two only`,
    });
  }
}

function isSamePart(name: (typeof PARTS)[number], one: string, other: string): boolean {
  if (name === 'DB_PORT') return Number(one) === Number(other);
  if (name !== 'DB_HOST') return one === other;
  return one.toLowerCase() === other.toLowerCase() || (isLoopback(one) && isLoopback(other));
}

function addressFromParts(reader: Reader): DatabaseAddress {
  const password = reader.secret('DB_PASSWORD');
  return withTls({
    host: reader.host('DB_HOST', '127.0.0.1', { orSocket: true }),
    port: reader.integer('DB_PORT', { least: 1, most: 65_535, otherwise: 5432 }),
    database: reader.text('DB_NAME') ?? 'netpilot',
    user: reader.required('DB_USERNAME', 'the login NetPilot uses on the PostgreSQL server'),
    ...(password !== undefined && { password }),
  });
}

/** `postgresql://user:password@host:port/database?host=/socket/folder&sslmode=…` (PostgreSQL manual 32.1.1.2). What is wrong fails. */
export function addressFromUrl(
  field: 'DATABASE_URL' | 'DIRECTORY_URL' | 'TARGET_DATABASE_URL',
  text: string,
  reader: Reader,
): DatabaseAddress {
  const url = URL.parse(text);
  const address = url === null ? undefined : readUrl(url);
  if (url === null || address === undefined) {
    reader.fail({ field, value: NOT_SHOWN, expected: URL_EXPECTED });
    return NOWHERE;
  }
  if ([...url.searchParams.keys()].some((name) => !['host', 'sslmode'].includes(name))) {
    const expected = 'no parameters but host and sslmode';
    reader.fail({ field, value: NOT_SHOWN, expected });
  }
  const sslmode = url.searchParams.get('sslmode');
  if (sslmode === null) return withTls(address);
  if (sslmode === 'disable') return address;
  if (sslmode === 'require') return { ...address, ssl: { rejectUnauthorized: false } };
  if (sslmode === 'verify-full') return { ...address, ssl: true };
  const expected = 'sslmode to be one of disable, require, verify-full';
  reader.fail({ field, value: `sslmode=${sslmode}`, expected });
  return NOWHERE;
}

/** Undefined if it is not the address of a database. */
function readUrl(url: URL): DatabaseAddress | undefined {
  const user = decode(url.username);
  const password = decode(url.password);
  const database = decode(url.pathname.slice(1));
  const name = decode(url.hostname)?.replace(/^\[|\]$/g, '');
  const host = url.searchParams.get('host') ?? (name === '' ? '127.0.0.1' : name);
  const isRight =
    ['postgres:', 'postgresql:'].includes(url.protocol) &&
    url.hash === '' &&
    url.port !== '0' &&
    host !== undefined &&
    (isHost(host) || host.startsWith('/'));
  if (!isRight || !user || password === undefined || database === undefined) return undefined;
  return {
    host,
    port: Number(url.port || '5432'),
    database: database || 'netpilot',
    user,
    ...(password !== '' && { password }),
  };
}

/** Undefined if a percent sign is not part of an escape: it should have been written %25. */
export function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** TLS unless the server is on this machine: by a socket or loopback. */
function withTls(address: DatabaseAddress): DatabaseAddress {
  return address.host.startsWith('/') || isLoopback(address.host)
    ? address
    : { ...address, ssl: true };
}
