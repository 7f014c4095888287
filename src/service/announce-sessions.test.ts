import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { type Respond, json, startCommandsServer } from '../../testing/commands-server.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { createCommandsServerClient } from '../commands-client/client.ts';
import type { App } from '../api/app.ts';
import { announceSessions } from './announce-sessions.ts';
import { createApp } from './app.ts';
import { createLocalLink } from '../accounts/local-link.ts';

const database = await createTestDatabase();
const { config, services, signIn } = await createTestApp(database);

test('a sign-in and a sign-out are announced, by the public name of the session', async () => {
  const server = await startCommandsServer(well);
  const { app } = await appWith(server.url);
  const cookie = await openLocalLink(app);
  await server.hasReceived(1);
  await app.inject({ method: 'POST', url: '/auth/sign-out', headers: { cookie } });
  await server.hasReceived(2);
  const [started, ended] = server.received;
  expect(started?.path).toBe('/api/session/start');
  expect(ended?.path).toBe('/api/session/end');
  const { sessionId } = JSON.parse(started?.body ?? '');
  expect(JSON.parse(ended?.body ?? '')).toEqual({ sessionId });
  expect(cookie).not.toContain(sessionId);
});

test('so is each session that is ended in another way', async () => {
  const server = await startCommandsServer(well);
  const { app } = await appWith(server.url);
  const ann = await signIn();
  const others = [await signIn(ann.userId), await signIn(ann.userId), await signIn(ann.userId)];
  const ask = (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) =>
    app.inject({ method, url, headers: { cookie: ann.cookie }, ...(payload && { payload }) });

  const { items } = (await ask('GET', '/api/v1/sessions')).json();
  await ask('DELETE', `/api/v1/sessions/${items[0].id}`);
  await ask('POST', '/api/v1/sessions/end-others');
  const { email } = (await ask('GET', '/api/v1/me')).json();
  await ask('DELETE', '/api/v1/me', { email });
  await server.hasReceived(4);
  const announced = server.received.map(({ body }) => String(JSON.parse(body).sessionId));
  expect(announced.toSorted()).toEqual(
    [...others, ann].map(({ sessionId }) => sessionId).toSorted(),
  );
  expect(new Set(server.received.map(({ path }) => path))).toEqual(new Set(['/api/session/end']));
});

test('a Commands-Server that never answers keeps nobody waiting', async () => {
  const server = await startCommandsServer(() => {});
  const { app } = await appWith(server.url);
  const cookie = await openLocalLink(app);
  await server.hasReceived(1);
  const answer = await app.inject({ method: 'POST', url: '/auth/sign-out', headers: { cookie } });
  expect(answer.statusCode).toBe(204);
});

test('one that is down fails no request, and the log says what was not announced', async () => {
  const server = await startCommandsServer(well);
  server.close();
  const { app, warned } = await appWith(server.url);
  const cookie = await openLocalLink(app);
  const answer = await app.inject({ method: 'POST', url: '/auth/sign-out', headers: { cookie } });
  expect(answer.statusCode).toBe(204);
  const line = JSON.parse(await warned);
  expect(line).toMatchObject({
    level: 40,
    msg: 'could not report a session to the Commands-Server',
  });
  expect(['startSession', 'endSession']).toContain(line.call);
});

const well: Respond = (response, request) => {
  const { sessionId } = JSON.parse(request.body);
  json({ sessionId, active: request.path.endsWith('start') })(response, request);
};

/** An app that talks to this Commands-Server, and its first warning. */
async function appWith(url: string): Promise<{ app: App; warned: Promise<string> }> {
  const { promise: warned, resolve } = Promise.withResolvers<string>();
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      resolve(String(chunk));
      done();
    },
  });
  const log = pino({ level: 'warn' }, sink);
  const onSessions = announceSessions(createCommandsServerClient({ url }), log);
  const app = await createApp({ ...services, onSessions }, log);
  onTestFinished(() => app.close());
  return { app, warned };
}

/** Signs in, and gives the session's cookie. */
async function openLocalLink(app: App): Promise<string> {
  const { url } = await createLocalLink(database.service, {
    email: 'ann@example.com',
    publicUrl: config.publicUrl,
  });
  const { pathname, search, host } = new URL(url);
  const { cookies } = await app.inject({ url: pathname + search, headers: { host } });
  const [cookie] = cookies;
  return `${cookie?.name}=${cookie?.value}`;
}
