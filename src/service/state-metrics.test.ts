/** What the operator's metrics say of all tenants together. */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { addAlerts } from '../../testing/alert-rows.ts';
import { createRouter, createTestDatabase, createUser } from '../../testing/database.ts';
import { PROJECT_FOLDER } from '../config/config.ts';
import { SERVICE_ROLE } from '../config/database-address.ts';
import { UnavailableError } from '../errors.ts';
import { openDatabase } from '../database/pool.ts';
import { type TenantTransaction, tenantTransaction } from '../database/transaction.ts';
import { storeAllApplied } from '../fleet/desired-state.ts';
import { createMetrics, measureEventStreams, measurePool } from './metrics.ts';
import { measureState } from './state-metrics.ts';

const database = await createTestDatabase();
const CONNECTION = randomUUID();

function fail(error: unknown): never {
  throw error;
}

/** The gauges as Prometheus reads them: by name and labels. */
async function scrape(
  from = database.service,
  onError: (error: unknown) => void = fail,
): Promise<Record<string, number>> {
  const metrics = createMetrics();
  measureState(metrics, from, onError);
  const text = await metrics.registry.metrics();
  const lines = text
    .split('\n')
    .filter((line) => /^netpilot_(?:router|polic|alert|data)/.test(line));
  return Object.fromEntries(
    lines.map((line) => {
      const [, name = '', value] = /^netpilot_(\S+) (\S+)$/.exec(line) ?? [];
      return [name, Number(value)];
    }),
  );
}

const as = (userId: string, work: (transaction: TenantTransaction) => Promise<unknown>) =>
  tenantTransaction(database.service, userId, work);

/** The router confirms a revision; gives how long that took. */
async function confirm(router: { user_id: string; router_id: string }, revision: number) {
  const confirmed = { ...router, connection_id: CONNECTION, revision, refused: [] };
  const [waited] = await storeAllApplied(database.service, [confirmed], null);
  return waited;
}

function connect(user_id: string, router_id: string, node: string) {
  return as(user_id, (transaction) =>
    transaction
      .updateTable('user_routers')
      .set({
        is_connected: true,
        connection_id: CONNECTION,
        connected_node: node,
        connected_at: sql<string>`now() - interval '1 hour'`,
      })
      .where((row) => row.and({ user_id, router_id }))
      .execute(),
  );
}

const raise = (user_id: string, router_id: string) =>
  as(user_id, (transaction) =>
    sql`update router_policies set policy_revision = policy_revision + 1 where router_id = ${router_id}`.execute(
      transaction,
    ),
  );

const isPendingSince = async (user_id: string, router_id: string, seconds: number) =>
  as(user_id, (transaction) =>
    sql`update router_policies set pending_since = pending_since - make_interval(secs => ${seconds}) where router_id = ${router_id}`.execute(
      transaction,
    ),
  );

describe('routers and what they have to do', async () => {
  const [ann, bob] = [await createUser(database.service), await createUser(database.service)];
  const [first, second, third] = ['first', 'second', 'third'];

  beforeAll(async () => {
    await createRouter(database.service, ann, first);
    await createRouter(database.service, ann, second);
    await createRouter(database.service, bob, third);
    await connect(ann, first, 'one:2222');
    await connect(bob, third, 'two:2222');
    await as(ann, (transaction) =>
      transaction
        .updateTable('user_routers')
        .set({ is_active: false })
        .where('router_id', '=', second)
        .execute(),
    );
  });

  test('are counted for all tenants, by node; those that are unlinked are not missed', async () => {
    expect(await scrape()).toMatchObject({
      database_up: 1,
      routers_linked: 2,
      'routers_connected{node="one:2222"}': 1,
      'routers_connected{node="two:2222"}': 1,
      'policies_pending{router="connected"}': 2,
      'policies_pending{router="away"}': 0,
    });
  });

  test('a change is pending until the router confirms it; then it is known how long that took', async () => {
    const router = { user_id: ann, router_id: first };
    await isPendingSince(ann, first, 100);
    expect(
      (await scrape())['policies_pending_oldest_seconds{router="connected"}'],
    ).toBeGreaterThanOrEqual(100);
    const waited = await confirm(router, 1);
    expect(waited).toEqual({ seconds: expect.any(Number), wasConnected: true });
    expect(waited?.seconds).toBeGreaterThanOrEqual(100);
    expect((await scrape())['policies_pending{router="connected"}']).toBe(1);
    // Again: nothing was to be confirmed.
    expect(await confirm(router, 1)).toBeUndefined();
  });

  test('what has come after the confirmed revision is pending since then', async () => {
    const router = { user_id: ann, router_id: first };
    await raise(ann, first);
    await isPendingSince(ann, first, 3_600);
    await raise(ann, first);
    const waited = await confirm(router, 2);
    expect(waited?.seconds).toBeGreaterThanOrEqual(3_600);
    const later = await confirm(router, 3);
    expect(later?.seconds).toBeLessThan(3_000);
  });

  test('a router that was away while it was changed is measured by itself', async () => {
    await isPendingSince(bob, third, 7_200);
    const waited = await confirm({ user_id: bob, router_id: third }, 1);
    expect(waited).toMatchObject({ wasConnected: false });
  });
});

test('alerts that wait are counted, and how long the workers are behind: not for people who may not sign in', async () => {
  const eve = await createUser(database.service);
  const router_id = await createRouter(database.service, eve);
  await as(eve, async (transaction) => {
    const { home_id } = await transaction
      .selectFrom('user_routers')
      .select('home_id')
      .where('router_id', '=', router_id)
      .executeTakeFirstOrThrow();
    const { id: device_id } = await transaction
      .insertInto('user_devices')
      .values({ user_id: eve, router_id, ip: '192.0.2.1' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await addAlerts(transaction, { user_id: eve, home_id, router_id, device_id }, 'mark');
    await sql`update alert_outbox set due_at = now() - interval '10 minutes'`.execute(transaction);
    await sql`update alert_channels set next_at = now() - interval '20 minutes'`.execute(
      transaction,
    );
  });
  const seen = await scrape();
  expect(seen['alerts_waiting{stage="outbox"}']).toBeGreaterThanOrEqual(1);
  expect(seen['alerts_waiting{stage="delivery"}']).toBeGreaterThanOrEqual(0);
  expect(seen['alerts_overdue_seconds{stage="outbox"}']).toBeGreaterThanOrEqual(600);
  expect(seen['alerts_overdue_seconds{stage="delivery"}']).toBeGreaterThanOrEqual(1_200);
  await as(eve, (transaction) =>
    transaction.updateTable('users').set({ is_active: false }).where('id', '=', eve).execute(),
  );
  expect(await scrape()).toMatchObject({
    'alerts_overdue_seconds{stage="outbox"}': 0,
    'alerts_overdue_seconds{stage="delivery"}': 0,
  });
});

test.each(['grafana/operator.json', 'prometheus/operator-alerts.yaml'])(
  'what %s asks for is there',
  async (file) => {
    const metrics = createMetrics();
    measureState(metrics, database.service, fail);
    const opened = openDatabase(database.addresses.service, { role: SERVICE_ROLE });
    onTestFinished(opened.close);
    measurePool(metrics, opened);
    measureEventStreams(metrics, () => 0);
    const known = new Set(
      [...(await metrics.registry.metrics()).matchAll(/^# HELP (\S+)/gm)].map(([, name]) => name),
    );
    const text = await readFile(join(PROJECT_FOLDER, 'deploy', file), 'utf8');
    const asked = [...text.matchAll(/\bnetpilot_\w+/g)].map(([name]) =>
      name.replace(/_(?:bucket|count)$/, ''),
    );
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  },
);

test.skipIf(spawnSync('promtool', ['--version']).error !== undefined)(
  'the alert rules are rules, and alert when they should',
  () => {
    const folder = join(PROJECT_FOLDER, 'deploy/prometheus');
    for (const words of [
      ['check', 'rules', 'operator-alerts.yaml', 'home-alerts.yaml'],
      ['test', 'rules', 'operator-alerts.test.yaml'],
    ]) {
      const { status, stdout, stderr } = spawnSync('promtool', words, {
        cwd: folder,
        encoding: 'utf8',
      });
      expect({ status, said: stdout + stderr }).toMatchObject({ status: 0 });
    }
  },
);

test('without a database there are no numbers that look like an outage of the routers', async () => {
  const gone = openDatabase({ ...database.addresses.service, port: 1 }, { role: SERVICE_ROLE });
  const errors: unknown[] = [];
  const seen = await scrape(gone.database, (error) => void errors.push(error));
  await gone.close();
  expect(seen).toEqual({ database_up: 0 });
  expect(errors).toEqual([expect.any(UnavailableError)]);
});
