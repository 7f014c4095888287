import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { rowsOf } from '../../testing/data-folder.ts';
import { createRouter, createTestDatabase, createUser } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';

const { service } = await createTestDatabase();

const eventsOf = (userId: string) =>
  rowsOf(
    service,
    userId,
    'select number, type, router_id, subject_id, data from events order by number',
  );

test('each new entry of the audit is an event, in order; one that is imported, or keeps an earlier time, is none', async () => {
  const userId = await createUser(service);
  const router_id = await createRouter(service, userId);
  await tenantTransaction(service, userId, (transaction) =>
    sql`insert into audit_entries (user_id, actor, action, router_id, subject_id, details, at, imported_at) values
      (${userId}, 'user', 'device.changed', ${router_id}, 'first', '{"a": 1}', default, null),
      (${userId}, 'user', 'device.deleted', null, null, '{}', now() - interval '1 day', null),
      (${userId}, 'operator', 'token.created', null, null, '{}', default, now()),
      (${userId}, 'system', 'setting.changed', null, null, '{}', default, null)`.execute(
      transaction,
    ),
  );
  expect(await eventsOf(userId)).toEqual([
    { number: 1, type: 'device.changed', router_id, subject_id: 'first', data: { a: 1 } },
    { number: 2, type: 'setting.changed', router_id: null, subject_id: null, data: {} },
  ]);
});

test('each raised revision is an event, and nothing else about a policy is', async () => {
  const userId = await createUser(service);
  const router_id = await createRouter(service, userId);
  for (const change of [
    'policy_revision = policy_revision + 1',
    `mode = 'whitelist'`,
    'policy_revision = policy_revision',
    'applied_revision = policy_revision',
    `mode = 'none', policy_revision = policy_revision + 1`,
  ])
    await rowsOf(service, userId, `update router_policies set ${change}`);
  const pending = { type: 'policy.pending', router_id, subject_id: null };
  expect(await eventsOf(userId)).toEqual([
    { ...pending, number: 1, data: { policy_revision: 2, applied_revision: 0 } },
    { ...pending, number: 2, data: { policy_revision: 3, applied_revision: 2 } },
  ]);
});
