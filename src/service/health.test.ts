import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { createServer } from '../api/server.ts';
import { requireToken } from '../commands-server/http-server.ts';
import { SERVICE_ROLE } from '../config/database-address.ts';
import { openDatabase } from '../database/pool.ts';
import { balancerRoutes } from './health.ts';

test('however many ask, /readyz asks the database once a second', async () => {
  const { addresses } = await createTestDatabase();
  const asked: string[] = [];
  const { database, close } = openDatabase(addresses.service, {
    role: SERVICE_ROLE,
    echo: (sql) => asked.push(sql),
  });
  onTestFinished(close);
  const { app } = await createTestApp(await createTestDatabase(), { database });
  const answers = await Promise.all(Array.from({ length: 100 }, () => app.inject('/readyz')));
  expect(answers.every(({ statusCode }) => statusCode === 200)).toBe(true);
  expect(asked.filter((sql) => sql === 'select 1')).toHaveLength(1);
});

test('a balancer asks the port for services without a token, and learns when to send no more routers', async () => {
  const { service } = await createTestDatabase();
  const app = createServer(pino({ level: 'silent' }), {});
  onTestFinished(() => app.close());
  requireToken(app, 'a-token-for-tests');
  let isDraining = false;
  balancerRoutes(app, { database: service, isDraining: () => isDraining });
  const ask = async (url: string) =>
    (await app.inject({ url, remoteAddress: '192.0.2.7' })).statusCode;
  const all = () => Promise.all(['/healthz', '/readyz', '/readyz/routers', '/metrics'].map(ask));
  expect(await all()).toEqual([200, 200, 200, 401]);
  isDraining = true;
  expect(await all()).toEqual([200, 200, 404, 401]);
});
