/** Which database is meant, and whether it is reached by TLS. */
import { describe, expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const KEY = 'a key of thirty-two characters or more';
const EXTERNAL = { DB_USERNAME: 'netpilot', SECRET_KEY: KEY };

function addressOf(environment: Record<string, string>) {
  const { database } = parseConfig(environment);
  return database.kind === 'external' ? database.address : undefined;
}

describe('The database', () => {
  test('is an external one as soon as one of its parts is set, the rest by default', () => {
    expect(addressOf(EXTERNAL)).toEqual({
      host: '127.0.0.1',
      port: 5432,
      database: 'netpilot',
      user: 'netpilot',
    });
  });

  const local = { port: 5432, database: 'netpilot', user: 'u' };
  test.each([
    ['postgres://u@127.0.0.1', { ...local, host: '127.0.0.1' }],
    ['postgresql://u@localhost/', { ...local, host: 'localhost' }],
    [
      'postgresql://u@[::1]:5433/pilots',
      { host: '::1', port: 5433, database: 'pilots', user: 'u' },
    ],
    [
      'postgresql://u@localhost/netpilot?host=/run/postgresql',
      { ...local, host: '/run/postgresql' },
    ],
    ['postgresql://u@%2Frun%2Fpostgresql', { ...local, host: '/run/postgresql' }],
    ['postgresql://u:p%40ss%2F@localhost', { ...local, host: 'localhost', password: 'p@ss/' }],
    ['postgresql://u@db.example', { ...local, host: 'db.example', ssl: true }],
    ['postgresql://u@db.example?sslmode=verify-full', { ...local, host: 'db.example', ssl: true }],
    ['postgresql://u@db.example?sslmode=disable', { ...local, host: 'db.example' }],
    [
      'postgresql://u@db.example?sslmode=require',
      { ...local, host: 'db.example', ssl: { rejectUnauthorized: false } },
    ],
  ])('at %s', (url, address) => {
    expect(addressOf({ DATABASE_URL: url, SECRET_KEY: KEY })).toEqual(address);
  });

  test.each(['/run/postgresql', 'localhost', '127.0.0.1', '::1'])(
    'goes without TLS at %s, which is this machine',
    (host) => expect(addressOf({ ...EXTERNAL, DB_HOST: host })).not.toHaveProperty('ssl'),
  );

  test.each(['192.0.2.7', 'db.example.com', '2001:db8::7'])('goes by TLS to %s', (host) => {
    expect(addressOf({ ...EXTERNAL, DB_HOST: host })).toMatchObject({ ssl: true });
  });
});

test('DATABASE_URL and the DB_ settings may both be set if they say the same', () => {
  const parts = {
    DB_HOST: 'DB.example',
    DB_PORT: '5432',
    DB_USERNAME: 'app',
    DB_PASSWORD: 'p@ss',
    DB_NAME: 'netpilot',
  };
  const url = 'postgresql://app:p%40ss@db.example:5432/netpilot';
  const both = addressOf({ DATABASE_URL: url, ...parts, SECRET_KEY: KEY });
  expect(both).toEqual(addressOf({ DATABASE_URL: url, SECRET_KEY: KEY }));
  const local = { DATABASE_URL: 'postgresql://app@127.0.0.1/netpilot', SECRET_KEY: KEY };
  expect(addressOf({ ...local, DB_HOST: 'localhost', DB_PASSWORD: 'p@ss' })).toMatchObject({
    host: '127.0.0.1',
    password: 'p@ss',
  });
});
