/** Checks outside the database: other services, the clock, the disk. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { json, startCommandsServer } from '../../testing/commands-server.ts';
import { freePort } from '../../testing/free-port.ts';
import { startIssuer } from '../../testing/issuer.ts';
import { parseConfig } from '../config/config.ts';
import { checkDisk, checkDotEnv, judgeClock, judgeFreeSpace } from './machine.ts';
import {
  checkCommandsServer,
  checkDialRules,
  checkEncryption,
  checkIssuer,
  checkProxy,
} from './network.ts';

describe('the Commands-Server', () => {
  test('passes if it answers, even with 401', async () => {
    const { url } = await startCommandsServer(json({}, 401));
    expect(await checkCommandsServer(url)).toMatchObject({ state: 'ok' });
  });

  test('passes if it is not configured', async () => {
    expect(await checkCommandsServer(undefined)).toMatchObject({ state: 'ok' });
  });

  test('fails if it cannot be reached, or is broken', async () => {
    const nobody = `http://127.0.0.1:${await freePort()}`;
    const { url: broken } = await startCommandsServer(json({}, 502));
    expect(await checkCommandsServer(nobody)).toMatchObject({
      state: 'fail',
      message: expect.stringMatching(/^It does not answer: .*ECONNREFUSED/),
      fix: expect.stringContaining('COMMANDS_SERVER_URL'),
    });
    expect(await checkCommandsServer(broken)).toMatchObject({
      state: 'fail',
      message: 'It answers with status 502.',
    });
  });
});

describe('dial rules', () => {
  const tunnels = { host: '127.0.0.1', first: 20_000, last: 20_999 };

  test.each([
    [{ networks: [], tunnels: undefined }, 'ok'],
    [{ networks: ['192.168.0.0/16'], tunnels }, 'ok'],
    [{ networks: ['0.0.0.0/0'], tunnels: undefined }, 'warn'],
    [{ networks: ['192.168.0.0/16', '::1'], tunnels }, 'warn'],
  ])('%j: %s', (rules, state) => {
    expect(checkDialRules(rules)).toMatchObject({ state });
  });
});

describe('the reverse proxy', () => {
  test.each([
    ['http://localhost:8080', [], 'ok'],
    ['https://x.example', ['127.0.0.1'], 'ok'],
    ['https://x.example', [], 'warn'],
  ])('at %s, with %j named: %s', (publicUrl, trustedProxies, state) => {
    expect(checkProxy({ publicUrl, trustedProxies })).toMatchObject({ state });
  });
});

describe('encryption', () => {
  const at = 'postgresql://u:p@db.example/d';
  test.each([
    [{}, ['ok']],
    [{ DATABASE_URL: at }, ['ok']],
    [{ DATABASE_URL: `${at}?sslmode=require` }, ['warn']],
    [{ DATABASE_URL: `${at}?sslmode=disable` }, ['warn']],
    [{ DATABASE_URL: 'postgresql://u:p@localhost/d?sslmode=disable' }, ['ok']],
    [{ DATABASE_URL: at, COMMANDS_SERVER_HOST: '0.0.0.0' }, ['warn']],
  ])('%j: %s', (environment, states) => {
    const config = parseConfig({ SECRET_KEY: 'x'.repeat(32), ...environment });
    expect(checkEncryption(config).map(({ state }) => state)).toEqual(states);
  });
});

describe('the issuer', () => {
  const client = { clientId: 'netpilot', clientSecret: 'secret' };

  test('passes with metadata of its own, or if there is none', async () => {
    const issuer = await startIssuer('http://localhost:8080/auth/callback');
    try {
      expect(await checkIssuer({ url: issuer.url, ...client })).toMatchObject({ state: 'ok' });
    } finally {
      await issuer.stop();
    }
    expect(await checkIssuer(undefined)).toMatchObject({ state: 'ok' });
  });

  test.each([
    [
      'calls itself something else',
      { issuer: 'https://other.example' },
      200,
      /^It calls itself https:/,
    ],
    ['has no metadata', {}, 200, /^It answers with status 200, but without metadata/],
    ['is broken', {}, 500, /^It answers with status 500, but without metadata/],
  ])('fails if it %s', async (_what, members, status, message) => {
    const endpoints =
      'issuer' in members
        ? { authorization_endpoint: 'https://a', token_endpoint: 'https://t' }
        : {};
    const { url } = await startCommandsServer(json({ ...endpoints, ...members }, status));
    expect(await checkIssuer({ url, ...client })).toMatchObject({
      state: 'fail',
      message: expect.stringMatching(message),
      fix: expect.stringContaining('OIDC_ISSUER'),
    });
  });

  test('fails if it cannot be reached: nobody can sign in', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    expect(await checkIssuer({ url, ...client })).toMatchObject({
      state: 'fail',
      message: expect.stringMatching(/^It does not answer: .*ECONNREFUSED/),
      fix: expect.stringContaining('Until then nobody can sign in'),
    });
  });
});

describe('the clock', () => {
  const noon = Date.UTC(2026, 5, 1, 12);

  test.each([
    ['agrees with the database', noon, noon + 1_900, 'ok'],
    ['is all there is, and can be right', noon, undefined, 'ok'],
    ["is far from the database's", noon, noon - 2_100, 'warn'],
    ['was never set', Date.UTC(1970, 0, 1), undefined, 'fail'],
    ['is in another age', Date.UTC(2070, 0, 1), Date.UTC(2070, 0, 1), 'fail'],
  ])('that %s', (_what, now, database, state) => {
    const { fix = '', ...result } = judgeClock(now, database);
    expect(result).toMatchObject({ state });
    expect(fix.includes('timedatectl set-ntp true')).toBe(state !== 'ok');
  });
});

test('names in .env that are no settings are a warning', () => {
  expect(checkDotEnv({ PORT: '1' })).toEqual([]);
  expect(checkDotEnv({ PROT: '1' })).toMatchObject([
    { state: 'warn', message: expect.stringContaining('.env sets PROT, which') },
  ]);
});

describe('the disk', () => {
  const MEBIBYTE = 1024 ** 2;

  test.each([
    [2_000, 'ok'],
    [1_023, 'warn'],
    [255, 'fail'],
  ])('with %d MiB free is %s', (mebibytes, state) => {
    const { fix = '', ...result } = judgeFreeSpace(mebibytes * MEBIBYTE, '/srv');
    expect(result).toMatchObject({ state });
    expect(result.message).toBe(`${mebibytes.toLocaleString('en')} MiB are free at /srv.`);
    expect(fix.includes('NETPILOT_DATA')).toBe(state !== 'ok');
  });

  test('is that of the nearest folder that exists, if the data folder does not yet', async () => {
    const { message } = await checkDisk(join(tmpdir(), 'not', 'yet'));
    expect(message).toMatch(new RegExp(` MiB are free at ${tmpdir()}\\.$`));
  });
});
