/** How a router and its internet are and were: what is measured, outages, and what a crash must not make of them. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { rowsOf } from '../../testing/data-folder.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { deleteExpired } from '../database/expiry.ts';
import { maintenanceTransaction, tenantTransaction } from '../database/transaction.ts';
import type { Feature } from './features.ts';
import { HEALTH_TARGETS, type Health, recordHealth } from './health.ts';
import { seriesOf, shareUp } from './health-history.ts';
import { beginLease, endLostConnections, noteMissedRouters } from './leases.ts';
import { markConnected, markDisconnected } from './presence.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);
const [ONE = '', OTHER = ''] = HEALTH_TARGETS;

/** Of a home with a router of which the connection is this process's. */
async function home() {
  const ann = await signIn();
  const router_id = await createRouter(database.service, ann.userId);
  const router = { user_id: ann.userId, router_id };
  const path = `/api/v1/routers/${router_id}`;
  const holder = { node: `${randomUUID()}:22`, instance: randomUUID() };
  await beginLease(database.service, holder);
  const said = { version: '2.0', limiter: 'nft', lan: '02:00:00:00:00:fe' };
  let connection_id = randomUUID();
  const get = async (url: string) => (await ann.request('GET', url)).json();
  return {
    ann,
    holder,
    path,
    connect: () => {
      connection_id = randomUUID();
      const features = new Set<Feature>(['health']);
      const arrival = { ...router, connection_id, ...said, features };
      return markConnected(database.service, holder, [arrival], null);
    },
    disconnect: (isOurs = false) =>
      tenantTransaction(database.service, ann.userId, (transaction) =>
        markDisconnected(transaction, { ...router, connection_id }, isOurs),
      ),
    /** Measurements, one after the other. */
    measure: async (...each: (Partial<Health> & { target: string })[]) => {
      for (const one of each) {
        const sample = { loss: one.round_trip === undefined ? 100 : 0, round_trip: null, ...one };
        await recordHealth(database.service, [{ ...router, samples: [sample] }], null);
      }
    },
    /** All that is stored happened so long ago. */
    wait: async (interval: string) => {
      const later = (table: string, ...columns: string[]) =>
        rowsOf(
          database.service,
          ann.userId,
          `update ${table} set ${columns.map((column) => `${column} = ${column} - interval '${interval}'`).join(', ')}`,
        );
      await later('router_outages', 'from_at', 'until_at');
      await later('router_health', 'measured_at', 'failed_since');
      await later('user_routers', 'connected_at', 'last_seen', 'created_at');
      await maintenanceTransaction(database.owner, (transaction) =>
        sql`update commands_servers set seen_at = seen_at - ${interval}::interval where node = ${holder.node}`.execute(
          transaction,
        ),
      );
    },
    health: async () => (await get(path)).health,
    history: (period = 'day') => get(`${path}/health?period=${period}`),
    events: async () => {
      const rows = await tenantTransaction(database.service, ann.userId, (transaction) =>
        transaction
          .selectFrom('events')
          .select('type')
          .where('type', 'like', 'router.internet%')
          .orderBy('number')
          .execute(),
      );
      return rows.map(({ type }) => type);
    },
  };
}

const answered = (target: string, round_trip = 10) => ({ target, round_trip });
const lost = (target: string) => ({ target });

describe('the internet', () => {
  test('is down after two measurements that found nobody, and up with the first that finds somebody', async () => {
    const { connect, measure, wait, health, history, events } = await home();
    expect(await health()).toEqual({ state: 'unknown', since: null, round_trip: null, loss: null });
    await connect();
    expect(await health()).toMatchObject({ state: 'unknown', since: expect.any(String) });
    await measure(answered(ONE, 12.345), answered(OTHER, 7.655));
    expect(await health()).toMatchObject({ state: 'ok', round_trip: 10, loss: 0 });
    await measure(lost(ONE));
    expect(await health()).toMatchObject({ state: 'ok', loss: 50 });
    await measure(lost(OTHER));
    expect(await health()).toMatchObject({ state: 'internet_down', round_trip: null, loss: 100 });
    await measure(lost(ONE), lost(OTHER));
    expect(await events()).toEqual(['router.internet_down']);
    const [{ from }] = (await history()).outages;
    expect((await health()).since).toBe(from);
    await wait('3 minutes');
    await measure(answered(OTHER));
    expect(await health()).toMatchObject({ state: 'ok' });
    expect(await events()).toEqual(['router.internet_down', 'router.internet_up']);
    const { outages, state, since } = await history();
    expect(outages).toMatchObject([{ kind: 'internet_down', until: since }]);
    expect(state).toBe('ok');
  });

  test('is not down while one of two targets answers, however long the other one does not', async () => {
    const { connect, measure, events } = await home();
    await connect();
    for (let minute = 0; minute < 4; minute += 1) await measure(lost(ONE), answered(OTHER));
    // The first measurement that finds nobody is one, though the other target has not answered for long.
    await measure(lost(OTHER));
    expect(await events()).toEqual([]);
    await measure(lost(ONE));
    expect(await events()).toEqual(['router.internet_down']);
  });

  test('is not down by one target that is asked twice, nor by one that nobody asks', async () => {
    const { connect, measure, events } = await home();
    await connect();
    await measure(lost(ONE), lost(ONE), lost('203.0.113.9'), lost('203.0.113.9'));
    expect(await events()).toEqual([]);
  });

  test('is not down by what was measured long ago', async () => {
    const { connect, measure, wait, events } = await home();
    await connect();
    await measure(lost(ONE));
    await wait('6 minutes');
    await measure(lost(OTHER));
    expect(await events()).toEqual([]);
    await measure(lost(ONE));
    expect(await events()).toEqual(['router.internet_down']);
  });

  test('is unknown if nobody is asked: the outage ends with its last measurement, without good news', async () => {
    const { ann, path, connect, measure, health, history, events } = await home();
    await connect();
    await measure(lost(ONE), lost(OTHER));
    expect(await health()).toMatchObject({ state: 'internet_down' });
    expect((await ann.request('PATCH', path, { health_targets: [] })).statusCode).toBe(200);
    await measure(lost(ONE), lost(OTHER));
    expect(await health()).toMatchObject({ state: 'unknown', loss: null });
    expect((await history()).outages).toMatchObject([{ until: expect.any(String) }]);
    expect(await events()).toEqual(['router.internet_down']);
    await ann.request('PATCH', path, { health_targets: ['192.0.2.1'] });
    await measure(lost('192.0.2.1'));
    expect(await health()).toMatchObject({ state: 'ok', loss: 100 });
    await measure(lost('192.0.2.1'));
    expect(await health()).toMatchObject({ state: 'internet_down' });
  });

  test('goes on if the same targets are written once more', async () => {
    const { ann, path, connect, measure, health, history, events } = await home();
    await connect();
    await ann.request('PATCH', path, { health_targets: [ONE, OTHER] });
    for (let times = 1; times <= 2; times += 1) await measure(lost(ONE), lost(OTHER));
    const { since } = await health();
    await ann.request('PATCH', path, { health_targets: [ONE, OTHER] });
    await measure(lost(ONE), lost(OTHER));
    expect(await health()).toMatchObject({ state: 'internet_down', since });
    expect((await history()).outages).toMatchObject([{ until: null }]);
    expect(await events()).toEqual(['router.internet_down']);
  });

  test('is unknown if the router does not measure any more: nothing goes on without end', async () => {
    const { connect, measure, wait, health } = await home();
    await connect();
    await measure(lost(ONE), lost(OTHER));
    await wait('2 minutes');
    await noteMissedRouters(database.service);
    expect(await health()).toMatchObject({ state: 'internet_down' });
    await wait('4 minutes');
    expect(await health()).toMatchObject({ state: 'unknown', loss: null });
  });
});

describe('a router', () => {
  test('is away from when its connection ends until it is back; less than a minute does not count', async () => {
    const { connect, disconnect, measure, wait, health, history } = await home();
    await connect();
    await measure(lost(ONE), lost(OTHER));
    await disconnect();
    expect(await health()).toMatchObject({ state: 'away', round_trip: null, loss: null });
    const { outages } = await history();
    expect(outages).toMatchObject([
      { kind: 'away', until: null },
      { kind: 'internet_down', until: expect.any(String) },
    ]);
    expect(outages[0].from).toBe((await health()).since);
    await connect();
    expect((await history()).outages).toMatchObject([{ kind: 'internet_down' }]);
    await disconnect();
    await wait('2 hours');
    await connect();
    const [away] = (await history()).outages;
    expect(away).toMatchObject({ kind: 'away', until: expect.any(String) });
    expect(Date.parse(away.until) - Date.parse(away.from)).toBeCloseTo(7_200_000, -5);
    // Of the last day only what is known counts: two hours, in which it was away.
    expect((await history()).share_up).toBeLessThan(0.01);
  });

  test('is not missed once it is unlinked', async () => {
    const { ann, path, connect, disconnect, wait, health, history } = await home();
    await connect();
    await disconnect();
    await wait('1 hour');
    expect((await ann.request('POST', `${path}/unlink`)).statusCode).toBe(200);
    await noteMissedRouters(database.service);
    expect(await health()).toMatchObject({ state: 'unknown' });
    expect((await history()).outages).toMatchObject([{ kind: 'away', until: expect.any(String) }]);
  });

  test('whose Commands-Server died while others live was away since it was last heard', async () => {
    const { connect, wait, health, history } = await home();
    await connect();
    await wait('1 hour');
    await endLostConnections(database.service);
    const { since } = await health();
    expect((await history()).outages).toMatchObject([{ kind: 'away', from: since, until: null }]);
  });

  test.each([
    ['crashed', false],
    ['was stopped', true],
  ])('was not away while the service itself %s', async (_how, isOurs) => {
    const { holder, connect, disconnect, measure, wait, history } = await home();
    await connect();
    await measure(lost(ONE), lost(OTHER));
    if (isOurs) await disconnect(true);
    await wait('2 hours');
    await beginLease(database.service, holder);
    await noteMissedRouters(database.service);
    // Both at the same moment: now it is missed.
    const missing = (await history()).outages.filter(
      ({ kind }: { kind: string }) => kind === 'away',
    );
    expect(missing).toMatchObject([{ until: null }]);
    expect(Date.now() - Date.parse(missing[0].from)).toBeLessThan(60_000);
    await connect();
    const { outages } = await history();
    expect(outages).toMatchObject([{ kind: 'internet_down', until: expect.any(String) }]);
    expect(Date.parse(outages[0].until)).toBeLessThan(Date.now() - 3_600_000);
  });
});

describe('the series', () => {
  test('has a step for every five minutes of a day, of the average and the worst', async () => {
    const { connect, measure, history } = await home();
    await connect();
    await measure(answered(ONE, 10), { target: OTHER, loss: 20, round_trip: 20.04 }, lost(ONE));
    const { series, from, until, step, share_up } = await history();
    expect([series.length, step, share_up]).toEqual([288, 300, 1]);
    expect(series[0].at).toBe(from);
    expect(Date.parse(until) - Date.parse(series.at(-1).at)).toBeLessThanOrEqual(300_000);
    const measured = series.filter(({ loss }: { loss: number | null }) => loss !== null);
    // They may be in two steps.
    expect(Math.max(...measured.map(({ worst }: { worst: number }) => worst))).toBe(20);
    expect((await history('week')).series).toHaveLength(336);
    expect((await history('month')).series).toHaveLength(360);
  });

  test('is thinned after eight days, says the same, and is gone after sixty', async () => {
    const { ann, connect, measure, history } = await home();
    await connect();
    await measure(answered(ONE, 10), answered(OTHER, 30));
    const shift = (days: number) =>
      rowsOf(
        database.service,
        ann.userId,
        `update router_health_hours set hour = hour - interval '${days} days' returning minutes`,
      );
    const known = async () =>
      (await history('month')).series.filter(({ loss }: { loss: number | null }) => loss !== null);
    await shift(9);
    expect(await known()).toMatchObject([{ round_trip: 20, worst: 30, loss: 0 }]);
    await deleteExpired(database.service);
    expect(await known()).toMatchObject([{ round_trip: 20, worst: 30, loss: 0 }]);
    expect((await shift(52))[0]).toEqual({ minutes: 60 });
    await deleteExpired(database.service);
    expect(await shift(0)).toEqual([]);
  });

  test('says nothing of a step in which nothing was measured, and no time for one in which nobody answered', () => {
    const sums = { measurements: 2, lost: 200, answered: 0, milliseconds: 0, worst: 0 };
    expect(seriesOf([{ place: 1, ...sums }], { start: 0, step: 300, count: 2 })).toEqual([
      { at: '1970-01-01T00:00:00.000Z', round_trip: null, worst: null, loss: null },
      { at: '1970-01-01T00:05:00.000Z', round_trip: null, worst: null, loss: 100 },
    ]);
  });

  test('the part without outages counts each only within the period', () => {
    const at = (seconds: number) => new Date(seconds * 1_000).toISOString();
    const outages = [
      { kind: 'away', from: at(-50), until: at(25) },
      { kind: 'internet_down', from: at(50), until: at(75) },
      { kind: 'away', from: at(75), until: null },
    ] as const;
    expect(shareUp(outages, { from: 0, until: 100 })).toBe(0.25);
    expect(shareUp([], { from: 5, until: 5 })).toBeNull();
  });
});
