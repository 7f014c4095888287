/** What was used, in the stream of events. */
import { expect, onTestFinished, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { PHONE, createUsageHomes } from '../../testing/usage-home.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { createFeed } from './feed.ts';
import { streamEvents } from './stream.ts';

const database = await createTestDatabase();
const moveIn = await createUsageHomes(database);

test('has what the home used today, at first and when it has changed, without a number', async () => {
  const { ann, homeId, router, addDevice, use } = await moveIn();
  const device_id = await addDevice(PHONE);
  const feed = createFeed(database.wakes);
  onTestFinished(feed.close);
  const { id } = await tenantTransaction(database.service, ann.userId, (transaction) =>
    transaction.selectFrom('user_sessions').select('id').executeTakeFirstOrThrow(),
  );
  const { userId } = ann;
  const stream = streamEvents({
    database: database.service,
    subscription: feed.subscribe({ userId, actorId: userId }),
    session: { userId, actorId: userId, homeId, sessionRowId: id, onlyRouterId: undefined },
    after: undefined,
    heartbeatMs: 1,
    usageEveryMs: 0,
    onError: (error) => expect.unreachable(String(error)),
  });
  const nextUsage = async () => {
    for await (const text of { [Symbol.asyncIterator]: () => ({ next: () => stream.next() }) })
      if (text.startsWith('event: usage\n')) return text;
    return '';
  };
  const dataOf = (text: string): unknown =>
    JSON.parse(/^event: usage\ndata: (.*)\n\n$/.exec(text)?.[1] ?? '');
  expect(dataOf(await nextUsage())).toEqual({ devices: [], people: [] });
  await use([{ mac: PHONE, down: 300, up: 20 }]);
  expect(dataOf(await nextUsage())).toEqual({
    devices: [{ device_id, router_id: router, person_id: null, down: 300, up: 20 }],
    people: [],
  });
  // It says nothing again that it has said.
  const heard: string[] = [];
  while (heard.length < 3) heard.push(String((await stream.next()).value));
  expect(heard).toEqual([':\n\n', ':\n\n', ':\n\n']);
});

test('needs one home', async () => {
  const { ann } = await moveIn();
  const answer = await ann.request('GET', '/api/v1/events?usage=true');
  expect(answer.json()).toMatchObject({ status: 400, errors: [{ field: 'usage' }] });
});
