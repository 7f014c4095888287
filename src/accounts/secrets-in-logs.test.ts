import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { newBrowser, somebody, startSignInService } from '../../testing/sign-in.ts';

const database = await createTestDatabase();
const lines: string[] = [];
const sink = new Writable({
  write: (chunk, _encoding, done) => {
    lines.push(String(chunk));
    done();
  },
});
const { comeBack, issuer, url } = await startSignInService(database, {
  logger: pino({ level: 'trace' }, sink),
});

test('no log line holds a token, a code, a cookie or a secret, whether a sign-in works or fails', async () => {
  const by = newBrowser();
  const secrets: string[] = [issuer.clientSecret];
  const comeBackWatched = async () => {
    const callback = await comeBack(somebody(), by);
    for (const name of ['code', 'state']) secrets.push(callback.searchParams.get(name) ?? '');
    return callback;
  };

  await by.visit(await comeBackWatched(), '/devices');
  await by.send('GET', `${url}/api/v1/me`);
  await by.send('POST', `${url}/auth/sign-out`);

  const answer = JSON.stringify({ access_token: 'access-secret', id_token: 'a.b.c' });
  for (const body of [answer, answer.slice(0, -2), '{"error":"invalid_client"}']) {
    const callback = await comeBackWatched();
    issuer.intercept = (request, response) => {
      if (request.url !== '/token') return false;
      const status = body.includes('error') ? 401 : 200;
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      return true;
    };
    expect((await by.visit(callback)).status).toBeGreaterThanOrEqual(400);
    issuer.intercept = undefined;
  }
  const stopped = await comeBackWatched();
  await issuer.stop();
  expect((await by.visit(stopped)).status).toBe(503);
  await issuer.start();

  secrets.push('access-secret');
  for (const line of by.received) secrets.push(/=([^;]+)/.exec(line)?.[1] ?? '');
  for (const sent of issuer.tokenAnswers)
    for (const token of Object.values<unknown>(JSON.parse(sent)))
      if (typeof token === 'string') secrets.push(token);

  const log = lines.join('');
  expect(log).toContain('request failed');
  const worthHiding = secrets.filter((secret) => secret.length > 10 && !secret.includes(' '));
  expect(worthHiding.length).toBeGreaterThan(15);
  for (const secret of worthHiding) {
    expect(log).not.toContain(secret);
    expect(log).not.toContain(decodeURIComponent(secret));
  }
});
