/** From an event to a target: a real database, real workers, real servers. */
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { ALLOWED, ask, workerOptions } from '../../testing/alerts.ts';
import { type Person, createTestApp } from '../../testing/app.ts';
import { rowsOf } from '../../testing/data-folder.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { makeHome } from '../../testing/killed-workers.ts';
import { type Answer, type Received, startTarget } from '../../testing/target-server.ts';
import { startAlerts } from './worker.ts';

const database = await createTestDatabase();
const { services, signIn } = await createTestApp(database, {}, ALLOWED);
const options = workerOptions(services);

const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});
const startWorker = (changes: Partial<typeof options> = {}) =>
  running.push(startAlerts({ ...options, ...changes }));

async function someHome(): Promise<{ ann: Person; home: { userId: string; homeId: string } }> {
  const ann = await signIn();
  const { items } = (await ann.request('GET', '/api/v1/homes')).json();
  return { ann, home: { userId: ann.userId, homeId: items[0].id } };
}

async function startServer(answerOf?: (received: Received) => Answer) {
  const target = await startTarget(answerOf);
  onTestFinished(target.close);
  return target;
}

const addWebhook = async (ann: Person, homeId: string, url: string, more: object = {}) => {
  const answer = await ann.request('POST', `/api/v1/homes/${homeId}/alert-channels`, {
    kind: 'webhook',
    settings: { url },
    ...more,
  });
  expect(answer.statusCode).toBe(201);
  return answer.json();
};

const textOf = ({ body }: Received): string => JSON.parse(body.toString()).data.text;
const idOf = ({ headers }: Received) => String(headers['webhook-id']);

describe('the outbox', () => {
  test('has a row for each person who has a channel in the home, in the transaction of the event, and none without', async () => {
    const { ann, home } = await someHome();
    const count = () =>
      rowsOf(database.service, ann.userId, 'select member_id, type from alert_outbox');
    await ask(database.service, home, ['nobody listens']);
    expect(await count()).toEqual([]);
    await addWebhook(ann, home.homeId, 'http://127.0.0.1:9/one');
    await addWebhook(ann, home.homeId, 'http://127.0.0.1:9/two');
    await ask(database.service, home, ['rolled back']).catch(() => undefined);
    await ask(database.service, home, ['first', 'second']);
    expect(await count()).toEqual(
      Array.from({ length: 3 }, () => ({ member_id: ann.userId, type: 'access.asked' })),
    );
  });

  test('an event becomes a signed message, in the order of the events', async () => {
    const { ann, home } = await someHome();
    const target = await startServer();
    const { secret } = await addWebhook(ann, home.homeId, `${target.url}/hook?key=1`);
    expect(secret).toMatch(/^whsec_/);
    startWorker();
    const texts = Array.from({ length: 20 }, (_, index) => `number ${index}`);
    for (const text of texts) await ask(database.service, home, [text]);
    await target.waitFor(20);
    expect(target.received.map(textOf)).toEqual(texts);
    expect(target.received[0]?.path).toBe('/hook?key=1');
  });
});

test('what fails is tried again, with the same id, and keeps its place in the order', async () => {
  const { ann, home } = await someHome();
  let failures = 3;
  const target = await startServer(() => ({ status: failures-- > 0 ? 503 : 204 }));
  await addWebhook(ann, home.homeId, target.url);
  const outcomes: string[] = [];
  const onOutcome = (kind: string, result: string) => void outcomes.push(`${kind} ${result}`);
  startWorker({ services: { ...options.services, onOutcome } });
  await ask(database.service, home, ['first', 'second']);
  await target.waitFor(5);
  await expect
    .poll(() => outcomes)
    .toEqual(expect.arrayContaining(['webhook failed', 'webhook delivered']));
  expect(target.received.map(textOf)).toEqual(['first', 'first', 'first', 'first', 'second']);
  expect(new Set(target.received.slice(0, 4).map(idOf)).size).toBe(1);
});

test('targets that hang delay no other, also if there are more of them than places', async () => {
  const quick = await startServer();
  const slow = await startTarget(() => 'hang');
  for (let person = 0; person < 17; person += 1) {
    const other = await makeHome(database.service, slow.url, person);
    await ask(database.service, other, ['one', 'two', 'three']);
  }
  const { ann, home } = await someHome();
  await addWebhook(ann, home.homeId, slow.url);
  await addWebhook(ann, home.homeId, quick.url);
  const targets = { ...options.services.targets, timeoutMs: 60_000 };
  startWorker({ services: { ...options.services, targets } });
  await slow.waitFor(68);
  await ask(database.service, home, ['one', 'two', 'three']);
  await quick.waitFor(3);
  expect(quick.received.map(textOf)).toEqual(['one', 'two', 'three']);
  const log = `/api/v1/homes/${home.homeId}/alert-deliveries`;
  await expect
    .poll(async () => (await ann.request('GET', `${log}?state=delivered`)).json().items.length)
    .toBe(3);
  // They end with their connections, and the worker with them.
  await slow.close();
});

test('a target that nobody has any more is switched off, and says so', async () => {
  const { ann, home } = await someHome();
  const target = await startServer(() => ({ status: 410 }));
  const { id } = await addWebhook(ann, home.homeId, target.url);
  startWorker();
  await ask(database.service, home, ['one', 'two']);
  await expect
    .poll(async () => {
      const list = await ann.request('GET', `/api/v1/homes/${home.homeId}/alert-channels`);
      return list.json().items;
    })
    .toMatchObject([
      { id, is_enabled: false, problem: expect.stringContaining('Nobody receives messages') },
    ]);
  const log = await ann.request('GET', `/api/v1/homes/${home.homeId}/alert-deliveries`);
  // The second is not even queued if it comes after that.
  const states = log.json().items.map(({ state }: { state: string }) => state);
  expect(new Set(states)).toEqual(new Set(['dropped']));
});
