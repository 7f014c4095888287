/** No event is lost, doubled or out of order, however writers and readers get in each other's way. */
import fc from 'fast-check';
import { type ControlledTransaction, sql } from 'kysely';
import { onTestFinished, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { type Child, runChild } from '../../testing/child.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { openEventStream } from '../../testing/event-stream.ts';
import type { DB } from '../database/schema.generated.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { dropStalled } from '../api/stall-timeout.ts';
import { createFeed } from './feed.ts';
import { recordEvent } from './record-event.ts';
import { streamEvents } from './stream.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);
const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/api/v1/events`;

/** A transaction of Ann's that the test commits when it likes. */
async function begin({ userId }: Person): Promise<ControlledTransaction<DB>> {
  const transaction = await database.service.startTransaction().execute();
  await sql`select set_config('netpilot.user_id', ${userId}, true)`.execute(transaction);
  return transaction;
}

/** What happens in one of three transactions that are open beside each other, or to the reader. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('write'), writer: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('commit'), writer: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('rollback'), writer: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('resume'), writer: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('read'), writer: fc.constant(0) }) },
);

test('each event comes once, in the order of the commits, whatever order they were written in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const ann = await signIn();
      const writers = new Map<
        number,
        { transaction: ControlledTransaction<DB>; written: number[] }
      >();
      const committed: number[] = [];
      const received: unknown[] = [];
      let stream = await openEventStream(url, { ...ann, after: 0 });
      let serial = 0;
      for (const { act, writer } of steps) {
        const open = writers.get(writer);
        if (act === 'write') {
          const { transaction, written } = open ?? {
            transaction: await begin(ann),
            written: [],
          };
          serial += 1;
          await recordEvent(transaction, 'device.moved', {}, { serial });
          writers.set(writer, { transaction, written: [...written, serial] });
        } else if (act === 'read') {
          if (received.length < committed.length) received.push(...(await stream.take(1)));
        } else if (act === 'resume') {
          stream.close();
          stream = await openEventStream(url, { ...ann, after: stream.position() });
        } else if (open !== undefined) {
          writers.delete(writer);
          if (act === 'commit') committed.push(...open.written);
          await (
            act === 'commit' ? open.transaction.commit() : open.transaction.rollback()
          ).execute();
        }
      }
      for (const { transaction } of writers.values()) await transaction.rollback().execute();
      received.push(...(await stream.take(committed.length - received.length)));
      stream.close();
      expect(received).toMatchObject(
        committed.map((wrote, index) => ({ number: index + 1, data: { serial: wrote } })),
      );
    }),
    { numRuns: 30 },
  );
});

test('each event of several processes that write at once comes once, to a reader that keeps leaving', async () => {
  const [WRITERS, TRANSACTIONS] = [4, 25];
  const ann = await signIn();
  const children = ['a', 'b'].map((name) => writeInChild(ann, name, WRITERS, TRANSACTIONS));
  const total = children.length * WRITERS * TRANSACTIONS * 2;
  const received: unknown[] = [];
  let position = 0;
  while (received.length < total) {
    const stream = await openEventStream(url, { ...ann, after: position });
    received.push(...(await stream.take(Math.min(7, total - received.length))));
    position = stream.position();
    stream.close();
  }
  expect(await Promise.all(children.map(({ ended }) => ended))).toMatchObject([
    { code: 0 },
    { code: 0 },
  ]);
  expect(received).toMatchObject(
    Array.from({ length: total }, (_, index) => ({ number: index + 1 })),
  );
  expect(
    new Set(received.map((event) => JSON.stringify(event).match(/"name":"(.*?)"/)?.[1])).size,
  ).toBe(total);
});

/** Transactions of two events each, several at a time, each open for some random milliseconds. */
function writeInChild({ userId }: Person, name: string, writers: number, each: number): Child {
  return runChild(`
    import { setTimeout } from 'node:timers/promises';
    import { openDatabase } from './src/database/pool.ts';
    import { tenantTransaction } from './src/database/transaction.ts';
    import { recordEvent } from './src/activity/record-event.ts';
    const { database, close } = openDatabase(${JSON.stringify(database.addresses.service)}, { role: 'netpilot_service' });
    const write = async (writer) => {
      for (let count = 0; count < ${each}; count += 1) {
        await tenantTransaction(database, '${userId}', async (transaction) => {
          for (const half of [1, 2]) {
            await recordEvent(transaction, 'device.moved', {}, { name: ['${name}', writer, count, half].join() });
            await setTimeout(Math.random() * 8);
          }
        });
      }
    };
    await Promise.all(Array.from({ length: ${writers} }, (_, writer) => write(writer)));
    await close();
  `);
}

test('a slow reader gets events as it takes them, and costs nothing in between', async () => {
  const ann = await signIn();
  const feed = createFeed(database.wakes);
  onTestFinished(feed.close);
  const { id } = await tenantTransaction(database.service, ann.userId, (transaction) =>
    transaction.selectFrom('user_sessions').select('id').executeTakeFirstOrThrow(),
  );
  const subscription = feed.subscribe({ userId: ann.userId, actorId: ann.userId });
  const stream = streamEvents({
    database: database.service,
    subscription,
    session: {
      userId: ann.userId,
      actorId: ann.userId,
      homeId: undefined,
      sessionRowId: id,
      onlyRouterId: undefined,
    },
    after: 0,
    heartbeatMs: 1,
    onError: () => undefined,
  });
  expect((await stream.next()).value).toContain('event: ready');
  // With nothing to say it says that it is there.
  expect((await stream.next()).value).toBe(':\n\n');
  const transaction = await begin(ann);
  for (let serial = 1; serial <= 250; serial += 1)
    await recordEvent(transaction, 'device.moved', {}, { serial });
  await transaction.commit().execute();
  const sizes: number[] = [];
  for await (const text of stream) {
    const size = text.split('\n\n').filter((message) => message.startsWith('id: ')).length;
    if (size > 0) sizes.push(size);
    if (sizes.length === 3) subscription.end();
  }
  expect(sizes).toEqual([100, 100, 50]);
});

test('a reader that stops taking is dropped', async () => {
  const dropped = Promise.withResolvers<void>();
  const endless = async function* () {
    for (;;) yield ':\n\n';
  };
  const messages = dropStalled(endless(), dropped.resolve, 1);
  await messages.next();
  await expect(dropped.promise).resolves.toBeUndefined();
  await messages.return(undefined);
});

test('what happens while a reader is busy is not forgotten: it does not wait then', async () => {
  const ann = await signIn();
  const feed = createFeed(database.wakes);
  onTestFinished(feed.close);
  const reader = { userId: ann.userId, actorId: ann.userId };
  const [busy, waiting] = [feed.subscribe(reader), feed.subscribe(reader)];
  const long = 10 * 60_000;
  const transaction = await begin(ann);
  await recordEvent(transaction, 'device.moved', {});
  await transaction.commit().execute();
  await waiting.wait(long);
  await expect(busy.wait(long)).resolves.toBe(true);
});
