import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createRouter, createTestDatabase, createUser } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';
import { deleteUser, listUsers, setUserActive } from './operator.ts';
import { createSession } from './sessions.ts';

const { service, owner } = await createTestDatabase();

const auditOf = (userId: string) =>
  tenantTransaction(service, userId, (transaction) =>
    transaction.selectFrom('audit_entries').select(['actor', 'action', 'subject_id']).execute(),
  );

test('the operator sees every user and how many routers each has', async () => {
  const ann = await createUser(service, 'ann@list.example');
  await createUser(service, 'bob@list.example');
  await createRouter(service, ann);
  await createRouter(service, ann);
  const users = await listUsers(owner);
  const shown = users.filter(({ email }) => email.endsWith('@list.example'));
  expect(shown).toMatchObject([
    { id: ann, email: 'ann@list.example', is_active: true, routers: 2 },
    { email: 'bob@list.example', routers: 0 },
  ]);
});

test('the service gains nothing by asking as the operator', async () => {
  await createUser(service, 'hidden@service.example');
  expect(await listUsers(service)).toEqual([]);
  await expect(deleteUser(service, 'hidden@service.example')).rejects.toThrow(NotFoundError);
});

describe('a user who is deactivated', () => {
  test('loses every session, and the audit says that the operator did it', async () => {
    const email = 'out@state.example';
    const id = await createUser(service, email);
    await tenantTransaction(service, id, (transaction) =>
      createSession(transaction, id, {}, 'now'),
    );
    expect(await setUserActive(owner, email, false)).toBe(true);
    const sessions = await tenantTransaction(service, id, (transaction) =>
      transaction.selectFrom('user_sessions').select('is_active').execute(),
    );
    expect(sessions).toEqual([{ is_active: false }]);
    expect(await auditOf(id)).toEqual([
      { actor: 'operator', action: 'user.deactivated', subject_id: id },
    ]);
  });

  test('is let in again, and doing so twice writes nothing the second time', async () => {
    const email = 'in@state.example';
    const id = await createUser(service, email);
    await setUserActive(owner, email, false);
    expect(await setUserActive(owner, email, true)).toBe(true);
    expect(await setUserActive(owner, email, true)).toBe(false);
    expect((await auditOf(id)).map(({ action }) => action)).toEqual([
      'user.deactivated',
      'user.activated',
    ]);
  });
});

test('a user who is deleted is gone from every table, and nobody else is', async () => {
  const [gone, stays] = [
    await createUser(service, 'gone@delete.example'),
    await createUser(service),
  ];
  for (const id of [gone, stays]) await createRouter(service, id);
  await setUserActive(owner, 'gone@delete.example', false);
  await deleteUser(owner, 'gone@delete.example');
  const left = async (id: string) => {
    const { rows } = await tenantTransaction(service, id, (transaction) =>
      sql<{ count: number }>`
        select (select count(*) from users) + (select count(*) from user_routers)
             + (select count(*) from router_policies) + (select count(*) from audit_entries) as count
      `.execute(transaction),
    );
    return rows[0]?.count;
  };
  expect(await left(gone)).toBe(0);
  expect(await left(stays)).toBe(3);
});

test('nothing can be done to a user who is not there', async () => {
  await expect(setUserActive(owner, 'nobody@example.com', false)).rejects.toThrow(NotFoundError);
  await expect(deleteUser(owner, 'nobody@example.com')).rejects.toThrow(NotFoundError);
});
