import { type RawBuilder, sql } from 'kysely';
import { expect, test } from 'vitest';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import { deleteExpired, keepPartitions } from './expiry.ts';
import { tenantTransaction } from './transaction.ts';

const { owner, service } = await createTestDatabase();
// As two days after it was made.
await sql`drop table events_before`.execute(owner);
await keepPartitions(service);

/** A user with events of the day before yesterday, which are in no partition of a day, and of now; gives how many are left. */
async function watched(old: number) {
  const userId = await createUser(service);
  await tenantTransaction(service, userId, (transaction) =>
    sql`insert into events (user_id, type, id)
      select ${userId}, 'device.changed', case when n > ${old} then uuid_v7() else
        (left(first_id_at(now() - interval '2 days')::text, 14) || substring(uuid_v7()::text from 15))::uuid end
      from generate_series(1, ${old + 3}) n`.execute(transaction),
  );
  return async () => {
    const { rows } = await tenantTransaction(service, userId, (transaction) =>
      sql<{ count: number }>`select count(*)::int from events`.execute(transaction),
    );
    return rows[0]?.count;
  };
}

test('what has run out is deleted for everybody, however much it is, and nothing else', async () => {
  const left = [await watched(20_001), await watched(5)];
  await deleteExpired(service);
  expect(await Promise.all(left.map((count) => count()))).toEqual([3, 3]);
});

test('pauses and exceptions go 30 days after their end; what has no end stays', async () => {
  const userId = await createUser(service);
  const run = <Row>(statement: RawBuilder<Row>) =>
    tenantTransaction(service, userId, (transaction) => statement.execute(transaction));
  await run(sql`
    insert into access_rules (user_id, home_id, kind, name, target, access, from_at, until_at)
    select user_id, id, v.kind, v.name, 'everyone', 'block', now() - interval '90 days', now() - v.ago::interval
    from homes, (values ('pause', 'a month ago', '31 days'), ('pause', 'lately', '29 days'), ('pause', 'open', null),
      ('exception', 'two months ago', '60 days'), ('schedule', 'always', null)) v (kind, name, ago)`);
  await deleteExpired(service);
  const { rows } = await run(sql<{ name: string }>`select name from access_rules order by name`);
  expect(rows.map(({ name }) => name)).toEqual(['always', 'lately', 'open']);
});

test('a transaction deletes so much of it, so that nobody waits long', async () => {
  const left = await watched(20_001);
  let transactions = 0;
  await deleteExpired(service, () => {
    transactions += 1;
    return transactions > 1;
  });
  expect(await left()).toBe(10_004);
  await deleteExpired(service);
});

test('several do it at once, and none waits for another', async () => {
  const left = await watched(20_001);
  await Promise.all([1, 2, 3].map(() => deleteExpired(service)));
  expect(await left()).toBe(3);
});
