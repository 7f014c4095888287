import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { describeCatalog } from '../../testing/catalog.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { OWNER_ROLE } from '../config/database-address.ts';
import { migrateUp } from './migrate.ts';
import { withClient } from './roles.ts';
import { findSchemaProblem } from './schema-version.ts';

const FOLDER = join(import.meta.dirname, 'functions');
const migrated = await describeCatalog(inject('template').admin);
const { addresses, service } = await createTestDatabase();
const { admin } = addresses;

const run = (statements: string) =>
  withClient(admin, (client) => client.query(`set role ${OWNER_ROLE}; ${statements}`));

test.each(readdirSync(FOLDER))(
  '%s has one function of its name, right for the tables',
  async (file) => {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    expect(text.match(/^create .*?\(/gm)).toEqual([
      `create or replace function ${file.slice(0, -'.sql'.length)}(`,
    ]);
    // As `migrate up` does not, for it makes them before the tables.
    await run(`begin; set local check_function_bodies = on; ${text}; rollback`);
  },
);

describe.each([
  [
    'an older version',
    `create or replace function make_room(owner_id uuid, at_router varchar, seen_ids uuid[], newcomers bigint)
     returns boolean language sql as 'select true'; comment on function make_room is 'another file'`,
  ],
  [
    'other parameters',
    `drop function make_room; create function make_room(owner_id uuid) returns text language sql as 'select $1::text'`,
  ],
  [
    'an older version that triggers use',
    `create or replace function notify_router() returns trigger
     language plpgsql as 'begin return null; end'; comment on function notify_router is null`,
  ],
  ['none', 'drop function make_room'],
])('a function that the database has in %s', (_how, statements) => {
  test('is named, and replaced by `migrate up`', async () => {
    await run(statements);
    const name = statements.includes('notify_router') ? 'notify_router' : 'make_room';
    expect((await findSchemaProblem(service))?.says).toBe(`The database lacks function ${name}.`);
    expect(await migrateUp(admin)).toEqual([`function ${name}`]);
    expect(await describeCatalog(admin)).toEqual(migrated);
    expect(await findSchemaProblem(service)).toBeUndefined();
  });
});

test('a function that has no file any more is dropped', async () => {
  await run(`create function bygone() returns int language sql as 'select 1'`);
  await migrateUp(admin);
  expect(await describeCatalog(admin)).toEqual(migrated);
});
