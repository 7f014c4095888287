/** Following events of a real service, through what happens to connections. */
import { expect, onTestFinished, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { startTarget } from '../../testing/target-server.ts';
import { recordEvent } from '../../src/activity/record-event.ts';
import { tenantTransaction } from '../../src/database/transaction.ts';
import { ApiProblem, type Event, createNetPilot, followEvents, unwrap } from './client.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);
const url = await app.listen({ host: '127.0.0.1', port: 0 });

async function someone() {
  const ann = await signIn();
  const created = await ann.request('POST', '/api/v1/tokens', {
    token_name: 'sdk',
    scopes: ['read'],
  });
  let made = 0;
  const happen = () =>
    tenantTransaction(database.service, ann.userId, (transaction) =>
      recordEvent(transaction, 'policy.pending', {}, { made: (made += 1) }),
    );
  return { access: { url, token: String(created.json().token) }, happen };
}

const countOf = ({ data }: Event) =>
  typeof data === 'object' && data !== null && 'made' in data ? data.made : undefined;

test('a lost connection is made again and continues where it was: each event comes once, in order', async () => {
  const { access, happen } = await someone();
  const ready: boolean[] = [];
  const lost: number[] = [];
  const seen: unknown[] = [];
  const events = followEvents(access, {
    onReady: ({ resumed }) => {
      ready.push(resumed);
      if (ready.length === 1) void happen();
    },
    onLost: ({ status }) => {
      lost.push(status);
      // While nobody listens.
      void happen().then(happen);
    },
  });
  for await (const event of events) {
    seen.push(countOf(event));
    if (seen.length === 1) app.server.closeAllConnections();
    if (seen.length === 3) break;
  }
  expect(seen).toEqual([1, 2, 3]);
  expect(ready).toEqual([false, true]);
  expect(lost).toEqual([0]);
});

test('it begins after a number that is known, and ends with its signal', async () => {
  const { access, happen } = await someone();
  for (let each = 0; each < 3; each += 1) await happen();
  const stop = new AbortController();
  const seen: unknown[] = [];
  for await (const event of followEvents(access, { after: 1, signal: stop.signal })) {
    seen.push(event.number);
    if (event.number === 3) stop.abort();
  }
  expect(seen).toEqual([2, 3]);
});

test('what is refused for good is a problem with its kind; what is not, is tried again', async () => {
  const events = followEvents({ url, token: 'np_wrong' });
  const refused = await events.next().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ApiProblem);
  expect(refused).toMatchObject({ status: 401, kind: 'unauthenticated', isTemporary: false });

  const busy = await startTarget(() => ({ status: 503, headers: { 'retry-after': '7' } }));
  onTestFinished(busy.close);
  const stop = new AbortController();
  const waits: number[] = [];
  const onLost = (_reason: Error, retryMs: number) => {
    waits.push(retryMs);
    stop.abort();
  };
  const patient = followEvents({ url: busy.url }, { signal: stop.signal, onLost });
  expect(await patient.next()).toEqual({ done: true, value: undefined });
  expect(waits).toEqual([7_000]);
});

test('a call has its data, or throws what is wrong by field', async () => {
  const { access } = await someone();
  const netpilot = createNetPilot(access);
  expect(await unwrap(netpilot.GET('/api/v1/routers'))).toMatchObject({ items: [] });
  const page = { params: { query: { limit: 100_000 } } };
  const wrong = await unwrap(netpilot.GET('/api/v1/audit', page)).catch((error: unknown) => error);
  expect(wrong).toMatchObject({
    name: 'ApiProblem',
    status: 400,
    kind: 'invalid-input',
    fields: [{ field: 'limit' }],
    requestId: expect.any(String),
  });
  const nobody = createNetPilot({ url: 'http://127.0.0.1:9', timeoutMs: 5_000 });
  const unanswered = await unwrap(nobody.GET('/api/v1/me')).catch((error: unknown) => error);
  expect(unanswered).toMatchObject({ status: 0, kind: undefined, isTemporary: true });
});
