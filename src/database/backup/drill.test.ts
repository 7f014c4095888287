import { mkdtempSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { describeCatalog } from '../../../testing/catalog.ts';
import { readContent } from '../../../testing/content.ts';
import { createTestDatabase } from '../../../testing/database.ts';
import { fillEveryTable } from '../../../testing/fill.ts';
import { type DatabaseAddress, OWNER_ROLE } from '../../config/database-address.ts';
import { migrateDown, migrateUp } from '../migrate.ts';
import { withClient } from '../roles.ts';
import { findSchemaProblem, migrationNames } from '../schema-version.ts';
import { tenantTransaction } from '../transaction.ts';
import { backup } from './backup.ts';
import type { Progress } from './format.ts';
import { restore } from './restore.ts';
import { verifyBackup } from './verify.ts';

const folder = mkdtempSync(join(tmpdir(), 'netpilot-drill-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the drill: fill, back up, destroy, restore', async () => {
  const { addresses, service } = await createTestDatabase();
  const { admin } = addresses;
  const file = join(folder, 'drill');
  const tenants = await fillEveryTable(admin);
  const before = await readContent(admin);
  const catalog = await describeCatalog(admin);
  const summary = await backup(admin, file);

  test('what is backed up has rows in every table, with odd values', () => {
    expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([]);
    expect(JSON.stringify(before)).toContain('日本 📱');
    expect(JSON.stringify(before)).toContain('1999-12-31 23:59:59.999999+00');
  });

  test('the summary tells what the file holds, and checking the file tells the same', async () => {
    const rows = Object.values(before).flat().length;
    expect(summary).toMatchObject({ file, rows, migrations: migrationNames() });
    expect(Object.fromEntries(summary.tables.map((table) => [table.name, table.rows]))).toEqual(
      Object.fromEntries(Object.entries(before).map(([name, list]) => [name, list.length])),
    );
    const { size, mode } = await stat(file);
    expect(summary.bytes).toBe(size);
    expect(mode & 0o777).toBe(0o600);
    expect(await verifyBackup(file)).toEqual(summary);
  });

  test('a new, empty database gets every row back, and the catalog of a migrated one', async () => {
    await withClient({ ...admin, database: 'postgres' }, async (client) => {
      await client.query(`drop database ${admin.database} with (force)`);
      await client.query(
        `create database ${admin.database} template template0 owner ${OWNER_ROLE}`,
      );
    });
    const steps: Progress[] = [];
    expect(await restore(admin, file, { onProgress: (step) => steps.push(step) })).toEqual(summary);
    expect(await readContent(admin)).toEqual(before);
    expect(await describeCatalog(admin)).toEqual(catalog);
    expect(steps.at(-1)).toMatchObject({
      step: 'loading',
      rows: summary.rows,
      totalRows: summary.rows,
    });
  });

  test('row-level security is forced again on every table, and every trigger fires again', async () => {
    const { rows } = await withClient(admin, (client) =>
      client.query(
        `select relname from pg_class
         where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname not like 'kysely%'
           and not (relrowsecurity and relforcerowsecurity)
         union all
         select tgname from pg_trigger where tgenabled <> 'O'`,
      ),
    );
    expect(rows).toEqual([]);
  });

  test('what was written since the backup is gone after a restore', async () => {
    await fillEveryTable(admin, 1);
    await withClient(admin, (client) => client.query(`update users set full_name = 'changed'`));
    await restore(admin, file);
    expect(await readContent(admin)).toEqual(before);
  });

  test('a backup of what was restored holds the same rows', async () => {
    const again = await backup(admin, join(folder, 'again'));
    expect(again.tables).toEqual(summary.tables);
  });

  test('an older backup is restored at its version and migrated up, whatever is there', async () => {
    const older = await createTestDatabase();
    const empty = await createTestDatabase('template0');
    const kept = migrationNames().slice(0, 1);
    await fillEveryTable(older.addresses.admin, 1);
    await migrateDown(older.addresses.admin, migrationNames().length - kept.length);
    const oldFile = join(folder, 'older');
    expect((await backup(older.addresses.admin, oldFile)).migrations).toEqual(kept);
    await migrateUp(older.addresses.admin);
    const wanted = await readMigrated(older.addresses.admin);

    for (const target of [empty.addresses.admin, admin]) {
      await restore(target, oldFile);
      expect(await readMigrated(target)).toEqual(wanted);
      expect(await describeCatalog(target)).toEqual(catalog);
    }
  });

  test('the service works on what was restored: it sees its tenant, and triggers fire once', async () => {
    await restore(admin, file);
    const [tenant] = tenants;
    const policies = await tenantTransaction(service, tenant?.user ?? '', async (transaction) => {
      await transaction
        .insertInto('user_routers')
        .values({ user_id: tenant?.user ?? '', router_id: 'new' })
        .execute();
      return transaction.selectFrom('router_policies').select('router_id').execute();
    });
    const wanted = ['new', tenant?.router, 'same-for-all'];
    expect(new Set(policies.map(({ router_id }) => router_id))).toEqual(new Set(wanted));
    expect(policies).toHaveLength(wanted.length);
    expect(await findSchemaProblem(service)).toBeUndefined();
  });
});

/** What a database holds after it was migrated up, but for when that was: migrations give rows of their own that time. */
async function readMigrated(admin: DatabaseAddress): Promise<unknown> {
  const { rows } = await withClient(admin, (client) =>
    client.query<{ at: string }>(`select distinct created_at::text as at from homes`),
  );
  expect(rows).toHaveLength(1);
  const text = JSON.stringify(await readContent(admin));
  return JSON.parse(text.replaceAll(rows[0]?.at ?? '', 'when it was migrated'));
}
