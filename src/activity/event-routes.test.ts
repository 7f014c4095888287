import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { runChild } from '../../testing/child.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { type EventStream, openEventStream } from '../../testing/event-stream.ts';
import { setUserActive } from '../accounts/operator.ts';
import { withClient } from '../database/roles.ts';
import { maintenanceTransaction, tenantTransaction } from '../database/transaction.ts';
import { recordEvent } from './record-event.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);
const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/api/v1/events`;

let ann: Person;
beforeEach(async () => {
  ann = await signIn();
});

function open(after?: number, { cookie } = ann): Promise<EventStream> {
  return openEventStream(url, { cookie, ...(after !== undefined && { after }) });
}

/** One transaction of Ann's with an event for each of these. */
function happen(...names: string[]): Promise<void> {
  return tenantTransaction(database.service, ann.userId, async (transaction) => {
    for (const name of names) await recordEvent(transaction, 'device.moved', {}, { name });
  });
}

function asOwner(statement: ReturnType<typeof sql>): Promise<unknown> {
  return maintenanceTransaction(database.owner, (transaction) => statement.execute(transaction));
}

describe('a stream', () => {
  test('reports what happens to the person who is signed in, unbuffered and uncached', async () => {
    const router_id = await createRouter(database.service, ann.userId);
    const stream = await open();
    expect(stream.status).toBe(200);
    expect(stream.headers['content-type']).toBe('text/event-stream');
    expect(stream.headers['cache-control']).toBe('no-store');
    expect(stream.headers['x-accel-buffering']).toBe('no');
    expect(await stream.next()).toEqual({ id: 0, event: 'ready', data: { resumed: false } });

    const answer = await ann.request('PATCH', `/api/v1/routers/${router_id}`, {
      router_name: 'Home',
    });
    expect(answer.statusCode).toBe(200);
    expect(await stream.next()).toEqual({
      id: 1,
      event: 'message',
      data: {
        number: 1,
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        type: 'router.changed',
        router_id,
        subject_id: expect.any(String),
        data: {
          before: expect.anything(),
          after: expect.objectContaining({ router_name: 'Home' }),
        },
      },
    });
  });

  test('tells the revision that a router is to have, whatever raised it', async () => {
    const router_id = await createRouter(database.service, ann.userId);
    const stream = await open();
    const path = `/api/v1/routers/${router_id}`;
    await ann.request('POST', `${path}/blocks`, { device_ip: '192.168.1.30' });
    await ann.request('POST', `${path}/whitelist`, { device_ip: '192.168.1.31' });
    await ann.request('PATCH', `${path}/policy`, { mode: 'whitelist' });
    const raised = (policy_revision: number) => ({
      type: 'policy.pending',
      router_id,
      data: { policy_revision, applied_revision: 0 },
    });
    // A block is one statement: its two events have no order.
    const blocked = await stream.take(2);
    expect(blocked).toContainEqual(expect.objectContaining(raised(2)));
    expect(blocked).toContainEqual(expect.objectContaining({ type: 'block.started', router_id }));
    expect(await stream.take(4)).toMatchObject([
      raised(3),
      { type: 'whitelist.added', router_id },
      raised(4),
      { type: 'policy.changed', router_id },
    ]);
  });

  test('hears nothing of what is taken back, nor of anybody else', async () => {
    const bob = await signIn();
    const stream = await open();
    await expect(
      tenantTransaction(database.service, ann.userId, async (transaction) => {
        await recordEvent(transaction, 'device.online', {});
        throw new Error('taken back');
      }),
    ).rejects.toThrow('taken back');
    await bob.request('PATCH', '/api/v1/me', { full_name: 'Bob' });
    await happen('mine');
    expect(await stream.take(1)).toMatchObject([{ number: 1, data: { name: 'mine' } }]);
  });

  test('hears of what another process writes', async () => {
    const stream = await open();
    await stream.next();
    const other = runChild(`
      import { openDatabase } from './src/database/pool.ts';
      import { tenantTransaction } from './src/database/transaction.ts';
      import { recordEvent } from './src/activity/record-event.ts';
      const { database, close } = openDatabase(${JSON.stringify(database.addresses.service)}, { role: 'netpilot_service' });
      await tenantTransaction(database, '${ann.userId}', (transaction) =>
        recordEvent(transaction, 'device.moved', {}, { name: 'from afar' }));
      await close();
    `);
    expect(await stream.take(1)).toMatchObject([{ data: { name: 'from afar' } }]);
    expect(await other.ended).toMatchObject({ code: 0 });
  });

  test('loses nothing when the connection that listens is cut', async () => {
    const stream = await open();
    await happen('before');
    await stream.take(1);
    for (const name of ['first', 'second']) {
      await withClient(database.addresses.admin, (client) =>
        client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where application_name = 'netpilot wakes' and datname = current_database()`,
        ),
      );
      await happen(name);
      expect(await stream.take(1)).toMatchObject([{ data: { name } }]);
    }
  });

  test('is one of 20 at most, and leaves its place when it is closed', async () => {
    const streams = await Promise.all(Array.from({ length: 20 }, () => open()));
    expect(streams.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    const refused = await open();
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('30');
    expect((await open(undefined, await signIn())).status).toBe(200);
    streams[0]?.close();
    await expect.poll(async () => (await open()).status).toBe(200);
  });
});

describe('resuming', () => {
  test('goes on right after the last event that was received', async () => {
    await happen('one', 'two', 'three');
    const stream = await open(1);
    expect(await stream.next()).toEqual({ id: 1, event: 'ready', data: { resumed: true } });
    expect(await stream.take(2)).toMatchObject([
      { number: 2, data: { name: 'two' } },
      { number: 3, data: { name: 'three' } },
    ]);
    await happen('four');
    expect(await stream.take(1)).toMatchObject([{ number: 4 }]);
  });

  test('works by the query, too, which the header outweighs', async () => {
    await happen('one', 'two', 'three');
    const byQuery = await openEventStream(`${url}?last_event_id=1`, ann);
    expect(await byQuery.take(1)).toMatchObject([{ number: 2 }]);
    const byBoth = await openEventStream(`${url}?last_event_id=1`, { ...ann, after: 2 });
    expect(await byBoth.take(1)).toMatchObject([{ number: 3 }]);
  });

  test('gives any number of events in order', async () => {
    const names = Array.from({ length: 1_000 }, (_, index) => String(index));
    await happen(...names);
    const taken = await (await open(0)).take(1_000);
    expect(taken).toMatchObject(
      names.map((name, index) => ({ number: index + 1, data: { name } })),
    );
  });

  test.each([
    ['were deleted after a day', 'where number <= 2', { number: 4 }],
    ['were deleted out of the middle', 'where number = 3', { number: 5 }],
    ['are all gone', '', { number: 5 }],
  ])('says so where events %s', async (_what, old) => {
    await happen('one', 'two', 'three', 'four');
    await asOwner(
      sql`delete from events where user_id = ${ann.userId} and id in (select id from events ${sql.raw(old)})`,
    );
    const stream = await open(1);
    expect(await stream.next()).toEqual({ id: 4, event: 'ready', data: { resumed: false } });
    await happen('five');
    expect(await stream.take(1)).toMatchObject([{ number: 5, data: { name: 'five' } }]);
  });

  test('says so where the position is one that never was: a backup has been restored', async () => {
    await happen('one');
    const stream = await open(17);
    expect(await stream.next()).toEqual({ id: 1, event: 'ready', data: { resumed: false } });
  });

  test.each(['-1', 'x', '1.5', '1e99'])('refuses a position of %s', async (position) => {
    for (const request of [
      ann.request('GET', `/api/v1/events?last_event_id=${position}`),
      ann.request('GET', '/api/v1/events', undefined, { 'last-event-id': position }),
    ]) {
      const answer = await request;
      expect(answer.statusCode).toBe(400);
      expect(answer.json().errors[0].field).toMatch(/^last.event.id$/);
    }
  });
});

describe('a stream ends at once', () => {
  test.each([
    [
      'when its session is ended',
      async (other: Person) => {
        await other.request('POST', '/api/v1/sessions/end-others');
      },
    ],
    [
      'when its user is made inactive',
      async () => {
        const email = await asOwner(sql`select email from users where id = ${ann.userId}`);
        await setUserActive(database.owner, emailIn(email), false);
      },
    ],
    [
      'when its user is deleted',
      async () => {
        await asOwner(sql`delete from users where id = ${ann.userId}`);
      },
    ],
  ])('%s', async (_when, act) => {
    const stream = await open();
    await stream.next();
    await act(await signIn(ann.userId));
    await expect.poll(() => stream.next()).toBeUndefined();
  });

  test('when its session expires', async () => {
    await asOwner(
      sql`update user_sessions set expires_at = now() + interval '1 second' where user_id = ${ann.userId}`,
    );
    const stream = await open();
    await stream.next();
    expect(await stream.next()).toBeUndefined();
  });

  test('when the server stops, which does not wait for it', async () => {
    const other = await createTestApp(database);
    const address = await other.app.listen({ host: '127.0.0.1', port: 0 });
    const stream = await openEventStream(`${address}/api/v1/events`, ann);
    await stream.next();
    const ended = stream.next();
    await other.app.close();
    expect(await ended).toBeUndefined();
  });
});

function emailIn(result: unknown): string {
  expect(result).toMatchObject({ rows: [{ email: expect.any(String) }] });
  return String(JSON.parse(JSON.stringify(result)).rows[0].email);
}
