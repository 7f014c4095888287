/** Databases and backups of other versions: the last one before the baseline is taken over, the rest is refused by name. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { makeAsBeforeBaseline } from '../../testing/before-baseline.ts';
import { describeCatalog } from '../../testing/catalog.ts';
import { readRows } from '../../testing/content.ts';
import { createTestDatabase } from '../../testing/database.ts';
import type { DatabaseAddress } from '../config/database-address.ts';
import { backup } from './backup/backup.ts';
import { restore } from './backup/restore.ts';
import { migrateDown, migrateUp, migrationStatus } from './migrate.ts';
import { withClient } from './roles.ts';
import { BEFORE_BASELINE, findSchemaProblem, migrationNames } from './schema-version.ts';

const ALL = migrationNames();
const migrated = await describeCatalog(inject('template').admin);
const folder = mkdtempSync(join(tmpdir(), 'netpilot-adoption-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Makes the record say that these migrations were applied, whatever there is. */
function recordAs(admin: DatabaseAddress, names: readonly string[]): Promise<unknown> {
  return withClient(admin, async (client) => {
    await client.query('delete from kysely_migration');
    await client.query(
      `insert into kysely_migration select name, now()::text from unnest($1::text[]) name`,
      [names],
    );
  });
}

/** Columns by table. */
type Columns = Record<string, ReadonlySet<string>>;

/** The columns of all tables, each of which has rows. */
async function readColumns(admin: DatabaseAddress): Promise<Columns> {
  const tables = Object.entries(await readRows(admin));
  return Object.fromEntries(
    tables.map(([name, rows]) => [name, new Set(rows.flatMap((row) => Object.keys(row)))]),
  );
}

/** Every row as JSON, sorted: what it has in these columns, as later migrations add others, or in all. */
async function readFilled(
  admin: DatabaseAddress,
  columns?: Columns,
): Promise<Record<string, string[]>> {
  const all = Object.entries(await readRows(admin));
  const tables = all.filter(([name]) => columns === undefined || name in columns);
  return Object.fromEntries(
    tables.map(([name, rows]): [string, string[]] => [
      name,
      rows.map((row) => JSON.stringify(pickFrom(row, columns?.[name]))).toSorted(),
    ]),
  );
}

function pickFrom(row: Record<string, unknown>, columns?: ReadonlySet<string>): object {
  const entries = Object.entries(row).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.filter(([column]) => columns?.has(column) ?? true));
}

describe('a database at the last migration before the baseline', async () => {
  const { addresses, service } = await createTestDatabase('template0');
  const { admin } = addresses;
  await makeAsBeforeBaseline(admin);
  const columns = await readColumns(admin);
  const before = await readFilled(admin);

  test('has rows in every table', () => {
    expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([]);
  });

  test('lacks the baseline by name, and is not taken down from before it', async () => {
    expect(await findSchemaProblem(service)).toEqual({
      says: `The database lacks ${ALL.join(', ')}.`,
      fix: 'run `netpilot migrate up`.',
      isPending: true,
    });
    expect(await migrationStatus(admin)).toEqual(ALL.map((name) => ({ name })));
    await expect(migrateDown(admin, 1)).rejects.toThrow('run `netpilot migrate up`');
    expect(await readFilled(admin)).toEqual(before);
  });

  test('is taken over with all its rows, and is then as a new one', async () => {
    expect(await migrateUp(admin)).toEqual(ALL);
    expect(await readFilled(admin, columns)).toEqual(before);
    expect(await describeCatalog(admin)).toEqual(migrated);
    expect(await findSchemaProblem(service)).toBeUndefined();
    expect(await migrateUp(admin)).toEqual([]);
  });
});

describe('a backup made at the last migration before the baseline', async () => {
  const old = await createTestDatabase('template0');
  await makeAsBeforeBaseline(old.addresses.admin);
  const columns = await readColumns(old.addresses.admin);
  const before = await readFilled(old.addresses.admin);
  const file = join(folder, 'before');
  const { migrations } = await backup(old.addresses.admin, file);
  const targets = { 'an empty database': 'template0', 'a migrated one': 'netpilot' } as const;

  test('has the names of that time', () => expect(migrations).toEqual(BEFORE_BASELINE));

  test.each(Object.entries(targets))('is restored into %s', async (_name, from) => {
    const { addresses } = await createTestDatabase(from);
    await restore(addresses.admin, file);
    expect(await readFilled(addresses.admin, columns)).toEqual(before);
    expect(await describeCatalog(addresses.admin)).toEqual(migrated);
  });

  test('is restored into the database it is of', async () => {
    await withClient(old.addresses.admin, (client) => client.query('truncate users cascade'));
    await restore(old.addresses.admin, file);
    expect(await readFilled(old.addresses.admin, columns)).toEqual(before);
    expect(await describeCatalog(old.addresses.admin)).toEqual(migrated);
  });
});

describe.each([
  {
    age: 'older',
    names: BEFORE_BASELINE.slice(0, 9),
    says: /too old for this NetPilot .*: its newest migration is 0009_device_inventory, and 0015_inventory_over_time is/,
  },
  {
    age: 'newer',
    names: [...ALL, '9999_future'],
    says: /of a newer NetPilot: this one .* does not know 9999_future/,
  },
  {
    age: 'a branch of the past',
    names: [...BEFORE_BASELINE, '0016_other'],
    says: /does not know .*0016_other/,
  },
])('a database that is $age', async ({ names, says }) => {
  const database = await createTestDatabase();
  const { admin } = database.addresses;
  const good = await createTestDatabase();
  const { app } = await createTestApp(database);
  await backup(admin, join(folder, 'current'), { overwrite: true });
  await recordAs(admin, names);
  const before = await readFilled(admin);

  test('is refused by name by all who would work on it, and stays as it is', async () => {
    const problem = await findSchemaProblem(database.service);
    expect(problem).toMatchObject({ says: expect.stringMatching(says), isPending: false });
    const message = `${problem?.says} To fix it, ${problem?.fix}`;
    const { statusCode, body } = await app.inject('/readyz');
    expect(statusCode).toBe(503);
    expect(JSON.parse(body)).toMatchObject({ detail: message });
    for (const work of [
      () => migrateUp(admin),
      () => migrateDown(admin, 1),
      () => migrationStatus(admin),
      () => restore(admin, join(folder, 'current')),
    ])
      await expect(work()).rejects.toThrow(message);
    expect(await readFilled(admin)).toEqual(before);
  });

  test('has backups that are refused by name', async () => {
    const file = join(folder, `backup of ${names.at(-1)}`);
    await backup(admin, file);
    const untouched = await readFilled(good.addresses.admin);
    await expect(restore(good.addresses.admin, file)).rejects.toThrow(says);
    expect(await readFilled(good.addresses.admin)).toEqual(untouched);
  });
});
