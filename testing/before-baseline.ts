import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DatabaseAddress, OWNER_ROLE } from '../src/config/database-address.ts';
import { withClient } from '../src/database/roles.ts';
import { BEFORE_BASELINE } from '../src/database/schema-version.ts';

const FOLDER = join(import.meta.dirname, 'before-baseline');
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

/**
 * Makes of an empty database what the last version before the baseline left: the tables that its 15 migrations made,
 * their names where Kysely's migrator kept them, and rows in every table.
 * @param admin a superuser
 * @param names the migrations that the record has
 */
export async function makeAsBeforeBaseline(
  admin: DatabaseAddress,
  names: readonly string[] = BEFORE_BASELINE,
): Promise<void> {
  await withClient(admin, async (client) => {
    await client.query(`set role ${OWNER_ROLE}; ${read('schema.sql')}`);
    await client.query(
      `create table kysely_migration (name varchar(255) not null primary key, timestamp varchar(255) not null);
       create table kysely_migration_lock (id varchar(255) not null primary key, is_locked integer not null default 0);
       grant select on kysely_migration to netpilot_service`,
    );
    await client.query(
      `insert into kysely_migration select name, '2026-11-01T00:00:00.000Z' from unnest($1::text[]) name`,
      [names],
    );
    await client.query(
      `reset role; set session_replication_role = replica; ${read('rows.sql')}; reset session_replication_role`,
    );
  });
}
