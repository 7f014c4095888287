/** What the doctor finds around NetPilot: other services, the clock, the disk. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { json, startCommandsServer } from '../../testing/commands-server.ts';
import { freePort } from '../../testing/free-port.ts';
import { startIssuer } from '../../testing/issuer.ts';
import { checkDisk, judgeClock, judgeFreeSpace } from './machine.ts';
import { checkCommandsServer, checkIssuer, judgeDialRules } from './network.ts';

describe('the Commands-Server', () => {
  test('that answers, if only that it wants to know who asks, is well', async () => {
    const { url } = await startCommandsServer(json({}, 401));
    expect(await checkCommandsServer(url)).toMatchObject({ state: 'ok' });
  });

  test('that nobody configured is no failure', async () => {
    expect(await checkCommandsServer(undefined)).toMatchObject({ state: 'ok' });
  });

  test('that cannot be reached, or is broken, must be mended', async () => {
    const nobody = `http://127.0.0.1:${await freePort()}`;
    const { url: broken } = await startCommandsServer(json({}, 502));
    expect(await checkCommandsServer(nobody)).toMatchObject({
      state: 'fail',
      says: expect.stringMatching(/^It does not answer: .*ECONNREFUSED/),
      mend: expect.stringContaining('COMMANDS_SERVER_URL'),
    });
    expect(await checkCommandsServer(broken)).toMatchObject({
      state: 'fail',
      says: 'It answers with status 502.',
    });
  });
});

describe('what may be dialled', () => {
  const tunnels = { host: '127.0.0.1', first: 20_000, last: 20_999 };

  test.each([
    [{ networks: [], tunnels: undefined }, 'ok'],
    [{ networks: ['192.168.0.0/16'], tunnels }, 'ok'],
    [{ networks: ['0.0.0.0/0'], tunnels: undefined }, 'warn'],
    [{ networks: ['192.168.0.0/16', '::1'], tunnels }, 'warn'],
  ])('%j: %s', (rules, state) => {
    expect(judgeDialRules(rules)).toMatchObject({ state });
  });
});

describe('the issuer', () => {
  const client = { clientId: 'netpilot', clientSecret: 'secret' };

  test('that tells who it is, is well; so is that there is none', async () => {
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
    ['has no metadata', {}, 200, /^It answers with status 200 and no metadata/],
    ['is broken', {}, 500, /^It answers with status 500 and no metadata/],
  ])('that %s must be mended', async (_what, members, status, says) => {
    const endpoints =
      'issuer' in members
        ? { authorization_endpoint: 'https://a', token_endpoint: 'https://t' }
        : {};
    const { url } = await startCommandsServer(json({ ...endpoints, ...members }, status));
    expect(await checkIssuer({ url, ...client })).toMatchObject({
      state: 'fail',
      says: expect.stringMatching(says),
      mend: expect.stringContaining('OIDC_ISSUER'),
    });
  });

  test('that cannot be reached must be mended: nobody can sign in', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    expect(await checkIssuer({ url, ...client })).toMatchObject({
      state: 'fail',
      says: expect.stringMatching(/^It does not answer: .*ECONNREFUSED/),
      mend: expect.stringContaining('Until then nobody can sign in'),
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
    const { mend = '', ...finding } = judgeClock(now, database);
    expect(finding).toMatchObject({ check: 'clock', state });
    expect(mend.includes('timedatectl set-ntp true')).toBe(state !== 'ok');
  });
});

describe('the disk', () => {
  const MEBIBYTE = 1024 ** 2;

  test.each([
    [2_000, 'ok'],
    [1_023, 'warn'],
    [255, 'fail'],
  ])('with %d MiB free is %s', (mebibytes, state) => {
    const { mend = '', ...finding } = judgeFreeSpace(mebibytes * MEBIBYTE, '/srv');
    expect(finding).toMatchObject({ check: 'disk', state });
    expect(finding.says).toBe(`${mebibytes.toLocaleString('en')} MiB are free at /srv.`);
    expect(mend.includes('NETPILOT_DATA')).toBe(state !== 'ok');
  });

  test('is that of the nearest folder there is, where the data folder is still to be made', async () => {
    const { says } = await checkDisk(join(tmpdir(), 'not', 'yet'));
    expect(says).toMatch(new RegExp(` MiB are free at ${tmpdir()}\\.$`));
  });
});
