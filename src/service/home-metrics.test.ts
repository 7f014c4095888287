/** A home's own metrics, as its owner's Prometheus gets them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { furnish } from '../../testing/household.ts';
import { PROJECT_FOLDER } from '../config/config.ts';
import { tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);
const ann = await signIn();
const bob = await signIn();
const home = await furnish(database.service, ann.userId);
const foreign = await furnish(database.service, bob.userId);
const { router_id = '' } = home.params;

async function tokenOf(scopes: string[]): Promise<string> {
  const created = await ann.request('POST', '/api/v1/tokens', { token_name: 'prometheus', scopes });
  return String(created.json().token);
}

test('a token of the scope `read` gets routers, devices and bytes of its homes, and of no other', async () => {
  await tenantTransaction(database.service, ann.userId, (transaction) =>
    sql`update user_devices set device_name = E'Tim\\'s "PS5"\\\\' where router_id = ${router_id}`.execute(
      transaction,
    ),
  );
  const answer = await app.inject({
    url: '/api/v1/metrics',
    headers: { authorization: `Bearer ${await tokenOf(['read'])}` },
  });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = answer.body.split('\n');
  const device = home.ids['devices'];
  const of = (name: string) => lines.filter((line) => line.startsWith(`netpilot_${name}{`));
  expect(of('router_up')).toEqual([expect.stringContaining(`router="${router_id}"`)]);
  expect(of('router_changes_pending')).toEqual([expect.stringMatching(/ [01]$/)]);
  expect(of('device_online')).toContainEqual(
    expect.stringContaining(`device="${device}",name="Tim's \\"PS5\\"\\\\"`),
  );
  expect(of('device_internet_allowed')).toContain(
    `netpilot_device_internet_allowed{router="${router_id}",device="${device}"} 0`,
  );
  expect(answer.body).toContain('# TYPE netpilot_device_bytes_total counter');
  expect(answer.body).not.toContain(foreign.mark);
});

test('the dashboard and the alerts ask for what there is', async () => {
  const headers = { authorization: `Bearer ${await tokenOf(['read'])}` };
  const { body } = await app.inject({ url: '/api/v1/metrics', headers });
  const known = new Set([...body.matchAll(/^# HELP (\S+)/gm)].map(([, name]) => name));
  for (const file of ['grafana/home.json', 'prometheus/home-alerts.yaml']) {
    const text = await readFile(join(PROJECT_FOLDER, 'deploy', file), 'utf8');
    const asked = [...text.matchAll(/netpilot_\w+/g)].map(([name]) => name);
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  }
});

test('without a right to read there is nothing', async () => {
  expect((await app.inject('/api/v1/metrics')).statusCode).toBe(401);
});
