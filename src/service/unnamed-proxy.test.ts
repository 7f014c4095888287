import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';

const database = await createTestDatabase();
const HTTPS = { PUBLIC_URL: 'https://x.example', GOOGLE_CLIENT_ID: 'a', GOOGLE_CLIENT_SECRET: 'b' };

/** The lines that speak of proxies, and the app that writes them. */
async function start(environment: Record<string, string>) {
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      if (String(chunk).includes('TRUSTED_PROXIES')) lines.push(String(chunk));
      done();
    },
  });
  const { app } = await createTestApp(database, {}, environment, pino(stream));
  return { app, lines };
}

describe('a proxy that is not named', () => {
  test('is warned of at the start, if PUBLIC_URL is https', async () => {
    expect((await start(HTTPS)).lines).toHaveLength(1);
    expect((await start({ ...HTTPS, TRUSTED_PROXIES: '127.0.0.1' })).lines).toEqual([]);
  });

  test('is warned of once when it forwards requests', async () => {
    const { app, lines } = await start({});
    const forwarded = { headers: { 'x-forwarded-for': '192.0.2.7' } };
    await app.inject({ url: '/healthz' });
    expect(lines).toEqual([]);
    for (let index = 0; index < 3; index += 1) await app.inject({ url: '/healthz', ...forwarded });
    expect(lines).toHaveLength(1);
  });

  test('is not warned of if it is named', async () => {
    const { app, lines } = await start({ ...HTTPS, TRUSTED_PROXIES: '127.0.0.1' });
    await app.inject({ url: '/healthz', headers: { 'x-forwarded-for': '192.0.2.7' } });
    expect(lines).toEqual([]);
  });
});

test('the addresses of one IPv6 network share one limit of attempts', async () => {
  const { app } = await start({});
  const statuses: number[] = [];
  for (let index = 0; index < 30; index += 1) {
    const remoteAddress = `2001:db8:1:2::${index + 1}`;
    const { statusCode } = await app.inject({ url: '/auth/sign-in', remoteAddress });
    statuses.push(statusCode);
  }
  expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  const other = await app.inject({ url: '/auth/sign-in', remoteAddress: '2001:db8:1:3::1' });
  expect(other.statusCode).not.toBe(429);
});
