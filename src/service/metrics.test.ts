import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { createHttpServer } from '../commands-server/http-server.ts';
import { createLocalWakes } from '../wakes/wakes.ts';
import { createMetrics, serveMetrics } from './metrics.ts';
import { measureWakes } from './open-wakes.ts';

const database = await createTestDatabase();
const { app } = await createTestApp(database);

async function startInner() {
  const { connections } = await startTestCommandsServer(database);
  const log = pino({ level: 'silent' });
  const inner = createHttpServer({
    database: database.service,
    connections,
    wakes: database.wakes,
    token: 'a-token-for-tests',
    log,
  });
  serveMetrics(inner, createMetrics());
  onTestFinished(() => inner.close());
  return inner;
}

test('the metrics are not on the server that people reach', async () => {
  expect((await app.inject('/metrics')).statusCode).toBe(404);
  expect((await app.inject('/openapi.json')).json().paths).not.toHaveProperty('/metrics');
});

test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])(
  'they are for this machine: %s',
  async (peer) => {
    const inner = await startInner();
    const answer = await inner.inject({ url: '/metrics', remoteAddress: peer });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('netpilot_process_cpu_seconds_total');
    expect((await inner.inject({ url: '/unknown', remoteAddress: peer })).statusCode).toBe(401);
  },
);

test('another machine needs the token of the services', async () => {
  const inner = await startInner();
  const from = { url: '/metrics', remoteAddress: '192.0.2.7' };
  expect((await inner.inject(from)).statusCode).toBe(401);
  const headers = { authorization: 'Bearer a-token-for-tests' };
  expect((await inner.inject({ ...from, headers })).statusCode).toBe(200);
});

test('whether hints of other processes come, and how many', async () => {
  const metrics = createMetrics();
  let told = 2;
  measureWakes(metrics, {
    ...createLocalWakes(),
    isConnected: () => false,
    count: () => ({ told, heard: 3 }),
  });
  expect(await metrics.registry.metrics()).toContain('\nnetpilot_wakes_connected 0\n');
  told = 5;
  const text = await metrics.registry.metrics();
  expect(text).toContain('\nnetpilot_wakes_hints_total{direction="told"} 5\n');
  expect(text).toContain('\nnetpilot_wakes_hints_total{direction="heard"} 3\n');
});
