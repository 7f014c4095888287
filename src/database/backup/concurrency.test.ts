import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { writeFile, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { runChild } from '../../../testing/child.ts';
import { hashContent, readContent } from '../../../testing/content.ts';
import { createTestDatabase, createUser } from '../../../testing/database.ts';
import { fillEveryTable } from '../../../testing/fill.ts';
import { InvalidInputError, UnavailableError } from '../../errors.ts';
import { withClient } from '../roles.ts';
import { tenantTransaction } from '../transaction.ts';
import { backup } from './backup.ts';
import { restore } from './restore.ts';

const folder = mkdtempSync(join(tmpdir(), 'netpilot-concurrency-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { addresses, service } = await createTestDatabase();
const { addresses: second } = await createTestDatabase();
const { admin } = addresses;

describe('a backup', () => {
  test('is of one moment, however busy the writers are', async () => {
    const user = await createUser(service);
    const writing = { go: true, rounds: 0 };
    const write = async () => {
      while (writing.go) {
        // Each transaction writes one router and one setting of it: a moment has as many of both.
        await tenantTransaction(service, user, async (transaction) => {
          const router = { user_id: user, router_id: randomUUID() };
          await transaction.insertInto('user_routers').values(router).execute();
          await transaction
            .insertInto('user_settings')
            .values({ ...router, setting_key: 'of.router', setting_value: '1' })
            .execute();
        });
        writing.rounds += 1;
      }
    };
    const writers = Promise.all([write(), write(), write(), write()]);
    for (let round = 0; round < 5; round += 1) {
      const before = writing.rounds;
      const { tables } = await backup(admin, join(folder, 'busy'), { overwrite: true });
      const rows = new Map(tables.map((table) => [table.name, table.rows]));
      expect(rows.get('user_settings')).toBe(rows.get('user_routers'));
      expect(rows.get('router_policies')).toBe(rows.get('user_routers'));
      expect(rows.get('user_routers')).toBeGreaterThanOrEqual(before);
    }
    writing.go = false;
    await writers;
    await restore(second.admin, join(folder, 'busy'));
  });

  test('never takes the place of a file unless told to', async () => {
    const file = join(folder, 'precious');
    await writeFile(file, 'precious');
    await expect(backup(admin, file)).rejects.toThrow(InvalidInputError);
    expect(await readFile(file, 'utf8')).toBe('precious');
    await backup(admin, file, { overwrite: true });
    await restore(second.admin, file);
  });

  test('that is interrupted leaves no file', async () => {
    const own = join(folder, 'interrupted');
    const failure = new Error('interrupted');
    const onProgress = () => {
      throw failure;
    };
    await expect(backup(admin, own, { onProgress })).rejects.toBe(failure);
    expect(readdirSync(folder).filter((name) => name.startsWith('interrupted'))).toEqual([]);
  });

  test('of a folder that is not there, or of a database that is not, says so', async () => {
    await expect(backup(admin, join(folder, 'no', 'file'))).rejects.toThrow(InvalidInputError);
    await expect(
      backup({ ...admin, database: 'nowhere' }, join(folder, 'nowhere')),
    ).rejects.toThrow(UnavailableError);
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  test('that could not read every row is not made', async () => {
    await withClient(second.admin, (client) => client.query('drop policy maintenance on imports'));
    await expect(backup(second.admin, join(folder, 'blind'))).rejects.toThrow(
      'there is no maintenance policy on imports',
    );
  });
});

describe('a restore', () => {
  const file = join(folder, 'large');

  test('that is killed midway leaves the old content whole, and works the next time', async () => {
    await restore(admin, join(folder, 'busy'));
    const [tenant] = await fillEveryTable(admin, 1);
    await withClient(admin, (client) =>
      client.query(
        `insert into user_devices (user_id, router_id, ip)
         select $1, $2, '10.0.0.0'::inet + n from generate_series(1, 50000) n`,
        [tenant?.user, tenant?.router],
      ),
    );
    const saved = await hashContent(admin);
    await backup(admin, file);
    await withClient(admin, (client) =>
      client.query(`truncate users cascade; insert into users (email) values ('old@example.com')`),
    );
    const old = await readContent(admin);

    for (const rows of [1, 15_000, 45_000]) {
      const child = runChild(`
        import { restore } from './src/database/backup/restore.ts';
        const onProgress = ({ step, rows }) => {
          if (step !== 'loading' || rows < ${rows}) return;
          process.kill(process.pid, 'SIGKILL');
        };
        await restore(${JSON.stringify(admin)}, ${JSON.stringify(file)}, { onProgress });
      `);
      expect(await child.ended).toMatchObject({ signal: 'SIGKILL' });
      expect(await readContent(admin)).toEqual(old);
    }
    await restore(admin, file);
    expect(await hashContent(admin)).toEqual(saved);
  });

  test('waits no longer than it was told to for a locked table, and changes nothing', async () => {
    const before = await hashContent(admin);
    await service.transaction().execute(async (transaction) => {
      await sql`lock table user_devices in row exclusive mode`.execute(transaction);
      await expect(restore(admin, file, { lockTimeoutMs: 200 })).rejects.toThrow(
        'The database is in use',
      );
    });
    expect(await hashContent(admin)).toEqual(before);
  });

  test('lets no writer in between: a write during it happens afterwards', async () => {
    const writing = { done: false, failed: 0 };
    const restoring = restore(admin, file).then(() => (writing.done = true));
    const write = async () => {
      do await createUser(service).catch(() => (writing.failed += 1));
      while (!writing.done);
    };
    await Promise.all([restoring, write(), write()]);
    expect(writing.failed).toBe(0);
    await createUser(service);
  });
});
