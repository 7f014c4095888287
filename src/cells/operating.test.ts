import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { createRouter, createTestDatabase, createUser } from '../../testing/database.ts';
import { maintenanceTransaction, tenantTransaction } from '../database/transaction.ts';
import { hostKeyCredential, readOrMakeHostKeys } from '../fleet/openwrt/host-key.ts';
import { makeKeyPair } from '../ssh-key.ts';
import { chooseCell } from './cells.ts';
import { type Cell, openDirectory } from './directory.ts';
import {
  addCell,
  enroll,
  removeCell,
  setCellState,
  shareServerKeys,
  summarizeCells,
} from './operating.ts';

const one = await createTestDatabase();
const other = await createTestDatabase();
const directory = openDirectory((await createTestDatabase('template0')).addresses.admin);
afterAll(() => directory.close());

const SECRET_KEY = 'a key for tests only, 32 characters or more';
const place = {
  api_url: 'https://c.example.com',
  routers_host: 'r.example.com',
  routers_port: 2222,
};
const credentialsOf = (key: string) =>
  (['ed25519', 'rsa'] as const).map((kind) => hostKeyCredential(key, kind));

await directory.prepare();
await addCell(directory, { cell: 1, ...place });
await addCell(directory, { cell: 2, ...place });

const find = (email: string) => directory.find({ issuer: null, subject: null, email });

test('everybody of a cell is entered, once, and who has no account any more is taken out', async () => {
  const ann = await createUser(one.service, 'ann@example.com');
  await createUser(one.service, 'bob@example.com');
  await directory.invite('bob@example.com', 1);
  await directory.invite('cid@example.com', 1);
  await createUser(other.service, 'dan@example.com');
  for (let time = 0; time < 2; time += 1)
    expect(await enroll(one.owner, directory, 1)).toEqual({ people: 2, elsewhere: [] });
  expect(await enroll(other.owner, directory, 2)).toEqual({ people: 1, elsewhere: [] });
  expect(await find('ann@example.com')).toMatchObject({ user_id: ann, cell: 1, state: 'settled' });
  expect(await find('cid@example.com')).toMatchObject({ user_id: null, cell: 1 });
  expect(await summarizeCells(directory)).toMatchObject([{ people: 2 }, { people: 1 }]);

  await tenantTransaction(one.service, ann, (transaction) =>
    sql`update users set email = 'anna@example.com'`.execute(transaction),
  );
  await createUser(other.service, 'bob@example.com');
  await maintenanceTransaction(other.owner, (transaction) =>
    sql`delete from users where email = 'dan@example.com'`.execute(transaction),
  );
  await enroll(one.owner, directory, 1);
  expect(await find('ann@example.com')).toBeUndefined();
  expect(await find('anna@example.com')).toMatchObject({ user_id: ann });
  expect(await enroll(other.owner, directory, 2)).toEqual({
    people: 0,
    elsewhere: ['bob@example.com'],
  });
  expect(await find('dan@example.com')).toBeUndefined();
  expect(await find('bob@example.com')).toMatchObject({ cell: 1 });
});

test('an account that two cells make at the same moment is one', async () => {
  const identity = {
    issuer: 'https://issuer.example.com',
    subject: 'eve',
    email: 'eve@example.com',
  };
  const claims = await Promise.allSettled(
    [1, 2].map((cell) => directory.claim({ user_id: randomUUID(), ...identity }, cell)),
  );
  expect(claims.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('a cell is taken out only when nobody lives there', async () => {
  await expect(removeCell(directory, 1)).rejects.toThrow('live in cell 1: move them first');
  await expect(removeCell(directory, 9)).rejects.toThrow('There is no cell "9".');
  await expect(setCellState(directory, 9, 'full')).rejects.toThrow('There is no cell "9".');
  await addCell(directory, { cell: 9, ...place });
  await directory.invite('fay@example.com', 9);
  await removeCell(directory, 9);
  expect(await find('fay@example.com')).toBeUndefined();
});

test('all cells have the host keys of the first', async () => {
  const first = await readOrMakeHostKeys(one.service, SECRET_KEY);
  expect(await shareServerKeys(one.owner, directory, credentialsOf(SECRET_KEY))).toBe(false);
  await readOrMakeHostKeys(other.service, SECRET_KEY);
  expect(await shareServerKeys(other.owner, directory, credentialsOf(SECRET_KEY))).toBe(true);
  expect(await shareServerKeys(other.owner, directory, credentialsOf(SECRET_KEY))).toBe(false);
  const second = await readOrMakeHostKeys(other.service, SECRET_KEY);
  expect(second).toEqual(first);
});

test('a cell with another SECRET_KEY, or whose routers know another host key, is refused', async () => {
  const third = await createTestDatabase();
  await expect(
    shareServerKeys(third.owner, directory, credentialsOf('another key of thirty-two characters')),
  ).rejects.toThrow('SECRET_KEY: expected the key that the other cells have');
  await readOrMakeHostKeys(third.service, SECRET_KEY);
  const userId = await createUser(third.service);
  const router_id = await createRouter(third.service, userId);
  await tenantTransaction(third.service, userId, (transaction) =>
    sql`insert into router_keys (user_id, router_id, fingerprint, public_key)
        values (${userId}, ${router_id}, ${Buffer.alloc(32)}, ${makeKeyPair().publicKey})`.execute(
      transaction,
    ),
  );
  await expect(shareServerKeys(third.owner, directory, credentialsOf(SECRET_KEY))).rejects.toThrow(
    'Routers of this cell know another host key',
  );
});

test('who is new comes to the cell in which the sign-in began, or to another that is open', () => {
  const cells = (...states: Cell['state'][]): Cell[] =>
    states.map((state, index) => ({ ...place, cell: index + 1, state }));
  expect(chooseCell(cells('open', 'open'), 2)).toBe(2);
  expect(chooseCell(cells('open', 'full'), 2)).toBe(1);
  expect(chooseCell(cells('open', 'draining', 'full'), 3)).toBe(1);
  expect(() => chooseCell(cells('full', 'draining'), 1)).toThrow('No cell takes new people');
  // Who joins a home comes to where it is, unless that cell is emptied.
  expect(chooseCell(cells('open', 'full'), 1, 2)).toBe(2);
  expect(chooseCell(cells('open', 'draining'), 1, 2)).toBe(1);
  expect(chooseCell(cells('open'), 1, 7)).toBe(1);
});
