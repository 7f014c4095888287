/** There is no Docker where the tests run: compose.yaml is read as Compose reads it, and held to the code. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../src/config/config.ts';
import { VARIABLES } from '../src/config/variables.ts';
import { FILLED, REFERENCE, fillIn, text } from './compose.ts';

const example = parseEnv(readFileSync(join(import.meta.dirname, 'compose.env.example'), 'utf8'));

const { services, volumes } = fillIn(FILLED);

test('compose.env.example names every variable that compose.yaml asks for, and no other', () => {
  const asked = new Set(Array.from(text.matchAll(REFERENCE), ([, name = '']) => name));
  expect([...asked].toSorted()).toEqual(Object.keys(example).toSorted());
});

test.each(Object.keys(FILLED))('without %s nothing starts', (name) => {
  expect(() => fillIn({ ...FILLED, [name]: '' })).toThrow(`${name}: set it in deploy/.env`);
});

describe.each(['operator', 'netpilot'] as const)('The environment of %s', (name) => {
  const { environment } = services[name];

  test('has only variables there are', () => {
    expect(VARIABLES).toEqual(expect.arrayContaining(Object.keys(environment)));
  });

  test('is a configuration, on the socket of PostgreSQL', () => {
    // HOST is the image's.
    expect(parseConfig({ ...environment, HOST: '0.0.0.0' })).toMatchObject({
      database: { kind: 'external', address: { host: '/run/postgresql', database: 'netpilot' } },
      publicUrl: 'https://netpilot.example.com',
    });
  });
});

test('the service works with its own login, and only the operator with the other', () => {
  expect(services.netpilot.environment).toMatchObject({
    DB_USERNAME: 'netpilot_app',
    DB_PASSWORD: FILLED['SERVICE_PASSWORD'],
  });
  expect(services.operator.environment).toMatchObject({
    DB_USERNAME: 'netpilot_operator',
    DB_PASSWORD: FILLED['OPERATOR_PASSWORD'],
  });
});

test('the service starts when PostgreSQL is there and migrated', () => {
  expect(services.operator.command).toEqual(['migrate', 'up']);
  expect(services.netpilot.depends_on).toEqual({
    postgresql: { condition: 'service_healthy' },
    operator: { condition: 'service_completed_successfully' },
  });
});

test.each([undefined, '22'])('routers reach the service at the port they are told (%s)', (port) => {
  const filled = port === undefined ? FILLED : { ...FILLED, ROUTERS_PORT: port };
  const { netpilot } = fillIn(filled).services;
  const { routers } = parseConfig({ ...netpilot.environment, HOST: '0.0.0.0' });
  expect(routers).toMatchObject({
    host: expect.stringMatching(/^(::|0\.0\.0\.0)$/),
    port: Number(port ?? 2222),
    publicHost: 'netpilot.example.com',
  });
  expect(netpilot.ports).toContain(`${routers.port}:${routers.port}`);
});

test('only this machine reaches any other port, and only the service has one', () => {
  expect(services.netpilot.ports).toEqual(['127.0.0.1:8080:8080', '2222:2222']);
  expect(services.postgresql).not.toHaveProperty('ports');
  expect([services.postgresql.network_mode, services.operator.network_mode]).toEqual([
    'none',
    'none',
  ]);
});

test('nobody is root, gains a privilege, or writes but to a volume', () => {
  // The image of the other two has its own user (image.test.ts).
  expect(services.postgresql.user).toBe('postgres');
  for (const service of Object.values(services))
    expect(service.security_opt).toContain('no-new-privileges:true');
});

test('every volume is named, and every file that is mounted is there, read-only', () => {
  const mounts = Object.values(services).flatMap((service) => service.volumes);
  for (const mount of mounts) {
    const [source = '', , mode] = mount.split(':');
    const isFile = source.startsWith('.');
    expect(isFile ? existsSync(join(import.meta.dirname, source)) : source in volumes).toBe(true);
    expect(mode).toBe(isFile ? 'ro' : undefined);
  }
  // Where PostgreSQL 18's image keeps its data.
  expect(services.postgresql.image).toMatch(/^postgres:18-/);
  expect(services.postgresql.volumes).toContain('database:/var/lib/postgresql');
});
