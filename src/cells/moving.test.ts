/** A household is moved between two databases: whole, once, and wherever the command is killed. */
import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, createTestDatabase, createUser } from '../../testing/database.ts';
import { fillEveryTable } from '../../testing/fill.ts';
import { recordAudit } from '../activity/record-audit.ts';
import { hashSecret } from '../sealing.ts';
import { explainOutage } from '../database/outage.ts';
import { withClient } from '../database/roles.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { readUserTables } from './copying.ts';
import { openDirectory } from './directory.ts';
import { findMoved } from './moved.ts';
import { identifyOwn } from './its-database.ts';
import { STEPS, type Step, findHousehold, moveHousehold, purgeMoved } from './moving.ts';
import { addCell, enroll } from './operating.ts';

const old = await createTestDatabase();
const next = await createTestDatabase();
const another = await createTestDatabase();
const directoryAddress = (await createTestDatabase('template0')).addresses.admin;
const directory = openDirectory(directoryAddress);
afterAll(() => directory.close());

const from = { cell: 1, admin: old.addresses.admin };
const to = { cell: 2, admin: next.addresses.admin };
const third = { cell: 3, admin: another.addresses.admin };

const query = (database: TestDatabase, text: string, values: unknown[] = []) =>
  withClient(database.addresses.admin, async (client) => (await client.query(text, values)).rows);

beforeAll(async () => {
  const place = {
    api_url: 'https://c.example.com',
    routers_host: 'r.example.com',
    routers_port: 22,
  };
  await directory.prepare();
  for (const { cell, admin } of [from, to, third]) {
    const known = await withClient(admin, (client) => identifyOwn(directory, client, cell));
    await addCell(directory, { cell, ...place }, known);
  }
  await fillEveryTable(old.addresses.admin, 9);
  await fillEveryTable(next.addresses.admin, 1);
  await query(next, 'delete from server_keys');
  for (const key of await query(old, 'select * from server_keys'))
    await query(
      next,
      'insert into server_keys values ($1, $2, $3, $4, $5)',
      Object.values(Object(key)),
    );
  await query(old, `update user_routers set agent_features = array['move']`);
  await enroll(old.owner, directory, 1);
});

/** What is stored of some users, but for what a move changes. */
async function rowsOf(database: TestDatabase, ids: readonly string[]) {
  return withClient(database.addresses.admin, async (client) => {
    const found: Record<string, string[]> = {};
    for (const { name, owner, columns } of await readUserTables(client)) {
      // That somebody may sign in again is a change of theirs.
      const isKept = (column: string) => name !== 'users' || column !== 'updated_at';
      const kept = columns.filter((column) => !CHANGED.has(column) && isKept(column));
      const { rows } = await client.query<{ row: string }>(
        `select row(${kept.join(', ')})::text as row from ${name} where ${owner} = any ($1::uuid[]) order by 1`,
        [ids],
      );
      found[name] = rows.map(({ row }) => row);
    }
    return found;
  });
}

const CHANGED = new Set([
  'is_active',
  'is_connected',
  'connection_id',
  'connected_node',
  'claimed_by',
  'claimed_until',
  'moved_to',
  'moved_at',
]);

const HASHES = `select token_hash as hash from user_sessions where user_id = any ($1::uuid[]) and is_active and expires_at > now()
  union all select fingerprint from router_keys where user_id = any ($1::uuid[])`;

/** The address of somebody whom `fillEveryTable` made, with a home that is shared. */
async function somebody(): Promise<string> {
  const [row] = await query(
    old,
    `select u.email from users u join home_members m on m.user_id = u.id
     join event_counters c on c.user_id = u.id where c.moved_to is null limit 1`,
  );
  return String(Reflect.get(Object(row), 'email'));
}

async function isActive(database: TestDatabase, ids: readonly string[]) {
  return query(database, 'select is_active from users where id = any ($1::uuid[])', [ids]);
}

test('everything of a household arrives, and nothing of anybody else', async () => {
  const email = await somebody();
  const household = await findHousehold({ from, email });
  expect(household.length).toBeGreaterThan(1);
  const ids = household.map(({ id }) => id);
  for (const id of ids) await change(old, id);
  const before = await rowsOf(old, ids);
  expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([]);
  const hashes = await query(old, HASHES, [ids]);
  const others = await query(next, 'select count(*) from user_devices');

  const { people, rows } = await moveHousehold({ directory, from, to, email });
  expect(people.map(({ id }) => id)).toEqual(ids);
  expect(rows).toBe(Object.values(before).flat().length);
  expect(await rowsOf(next, ids)).toEqual(before);
  expect(new Set((await isActive(next, ids)).map((row) => row.is_active))).toEqual(new Set([true]));
  expect(
    await query(next, 'select count(*) from user_devices where not user_id = any ($1::uuid[])', [
      ids,
    ]),
  ).toEqual(others);
  for (const { hash } of hashes) {
    expect(await findMoved(old.service, hash)).toBe(2);
    expect(await findMoved(next.service, hash)).toBe(2);
  }
  expect(await findMoved(old.service, hashSecret('a stranger’s'))).toBeUndefined();
  expect(
    await directory.run(
      'select distinct cell, state from directory.people where user_id = any ($1)',
      [ids],
    ),
  ).toEqual([{ cell: 2, state: 'settled' }]);

  // And back, within the day in which the old rows are kept.
  await query(next, `update users set full_name = 'Renamed' where id = $1`, [ids[0]]);
  const there = await rowsOf(next, ids);
  await moveHousehold({ directory, from: to, to: from, email });
  expect(await rowsOf(old, ids)).toEqual(there);
  for (const { hash } of hashes) {
    expect(await findMoved(old.service, hash)).toBe(1);
    expect(await findMoved(next.service, hash)).toBe(1);
  }
  expect(await purgeMoved(next.addresses.admin, 2, true)).toBe(0);
  await query(
    next,
    `update event_counters set moved_at = now() - interval '25 hours' where moved_at is not null`,
  );
  expect(await purgeMoved(next.addresses.admin, 2, false)).toBe(ids.length);
  expect(Object.values(await rowsOf(next, ids)).flat()).toEqual([]);
  expect(await rowsOf(old, ids)).toEqual(there);
});

describe('killed', () => {
  test.each(STEPS)('after %s, it is ended by the same command again', async (step) => {
    const email = await somebody();
    const ids = (await findHousehold({ from, email })).map(({ id }) => id);
    for (const id of ids) await change(old, id);
    const before = await rowsOf(old, ids);
    const argument = JSON.stringify({
      directory: directoryAddress,
      from,
      to,
      email,
      killAfter: step,
    });
    const child = spawn(process.execPath, [
      join(import.meta.dirname, '../../testing/killed-move.ts'),
      argument,
    ]);
    const [, signal] = await once(child, 'close');
    expect(signal).toBe('SIGKILL');
    // In one of the two it is whole, and at most one acts for them.
    const wholes = [await rowsOf(old, ids), await rowsOf(next, ids)];
    expect(wholes).toContainEqual(before);
    const [here, there] = [await isActive(old, ids), await isActive(next, ids)];
    expect([...here, ...there].filter((row) => row.is_active).length).toBeLessThanOrEqual(
      ids.length,
    );
    if (['announced', 'locked', 'copied'].includes(step)) {
      // Nothing is lost by waiting: the old cell goes on.
      await change(old, ids[0] ?? '');
      before['audit_entries'] = (await rowsOf(old, ids))['audit_entries'] ?? [];
      before['events'] = (await rowsOf(old, ids))['events'] ?? [];
      before['event_counters'] = (await rowsOf(old, ids))['event_counters'] ?? [];
    }
    await moveHousehold({ directory, from, to, email });
    expect(await rowsOf(next, ids)).toEqual(before);
    expect(new Set((await isActive(next, ids)).map((row) => row.is_active))).toEqual(
      new Set([true]),
    );
    expect(new Set((await isActive(old, ids)).map((row) => row.is_active))).toEqual(
      new Set([false]),
    );
  });
});

function change(database: TestDatabase, userId: string): Promise<void> {
  return tenantTransaction(database.service, userId, (transaction) =>
    recordAudit(transaction, { userId, kind: 'user' }, 'user.changed', { id: userId }, {}),
  );
}

test('a change that comes while they are moved is refused, and its answer says to try again', async () => {
  const email = await somebody();
  const [first] = await findHousehold({ from, email });
  const id = first?.id ?? '';
  let refused: Promise<unknown> = Promise.resolve();
  await moveHousehold({
    directory,
    from,
    to,
    email,
    onStep: (step) => {
      if (step === 'locked') refused = change(old, id).catch(explainOutage);
    },
  });
  expect(await refused).toMatchObject({
    kind: 'unavailable',
    message: 'This account is being moved to another part of the service: try again in a moment.',
  });
  await change(next, id);
});

describe('nothing is moved', () => {
  test('of nobody', async () => {
    await expect(moveHousehold({ directory, from, to, email: 'x@example.com' })).rejects.toThrow(
      'There is no user of cell 1 "x@example.com".',
    );
  });

  test('while a router has an agent that would go on dialling here', async () => {
    const email = await somebody();
    await query(
      old,
      `update user_routers set agent_features = array['redial'], agent_version = '1.2.0'`,
    );
    await expect(moveHousehold({ directory, from, to, email })).rejects.toThrow(
      'These routers have an agent that cannot be moved',
    );
    await query(old, `update user_routers set agent_features = array['move']`);
  });

  test('to a cell with another host key', async () => {
    const email = await somebody();
    await expect(moveHousehold({ directory, from, to: third, email })).rejects.toThrow(
      'The two cells have different host keys',
    );
  });

  test('to a cell with other tables', async () => {
    const email = await somebody();
    await query(another, 'alter table people add column of_a_newer_version text');
    await expect(moveHousehold({ directory, from, to: third, email })).rejects.toThrow(
      'The databases of the two cells have different tables',
    );
    await query(another, 'alter table people drop column of_a_newer_version');
  });

  test('while the directory is of an older version', async () => {
    const email = await somebody();
    await directory.run('alter table directory.cells rename column database to known_by');
    await expect(moveHousehold({ directory, from, to, email })).rejects.toThrow(
      'The directory of cells is of an older version: run `netpilot cell add` in each cell first.',
    );
    await directory.run('alter table directory.cells rename column known_by to database');
  });

  test('into the database of another cell, or one that nobody knows, not even what was begun', async () => {
    const email = await somebody();
    const { admin } = (await createTestDatabase()).addresses;
    const wrong = [
      [{ cell: 2, admin: third.admin }, 'is not the database of cell 2, but of cell 3.'],
      [{ cell: 2, admin }, 'run `netpilot cell add 2` there first'],
    ] as const;
    for (const [into, said] of wrong)
      await expect(moveHousehold({ directory, from, to: into, email })).rejects.toThrow(said);
    const ids = (await findHousehold({ from, email })).map(({ id }) => id);
    const stop = () => Promise.reject(new Error('killed'));
    const onStep = (step: Step) => (step === 'decided' ? stop() : undefined);
    await expect(moveHousehold({ directory, from, to, email, onStep })).rejects.toThrow('killed');
    for (const [into, said] of wrong)
      await expect(moveHousehold({ directory, from, to: into, email })).rejects.toThrow(said);
    expect(await directory.find({ issuer: null, subject: null, email })).toMatchObject({
      state: 'moving',
    });
    await moveHousehold({ directory, from, to, email });
    expect(await isActive(next, ids)).toEqual(ids.map(() => ({ is_active: true })));
  });

  test('that another account there has, and the old cell goes on', async () => {
    const email = `${randomUUID()}@example.com`;
    const id = await createUser(old.service, email);
    await enroll(old.owner, directory, 1);
    await createUser(next.service, email);
    await expect(moveHousehold({ directory, from, to, email })).rejects.toThrow(
      'Cell 2 has something of theirs already',
    );
    await change(old, id);
  });

  test('while the directory has them elsewhere', async () => {
    const email = `${randomUUID()}@example.com`;
    await createUser(old.service, email);
    await expect(moveHousehold({ directory, from, to, email })).rejects.toThrow(
      'netpilot cell enroll',
    );
  });
});
