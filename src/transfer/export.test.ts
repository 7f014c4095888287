import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  devicesFile,
  importFiles,
  rowsOf,
  snapshot,
  tablesFile,
} from '../../testing/data-folder.ts';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import { fillHomes } from '../../testing/homes-to-export.ts';
import { maintenanceTransaction, tenantTransaction } from '../database/transaction.ts';
import { exportUser } from './export.ts';

const { service, owner, addresses } = await createTestDatabase();

async function exportOf(userId: string): Promise<string> {
  let text = '';
  for await (const piece of exportUser(addresses.service, userId)) text += piece;
  return text;
}

/** Deletes all that is the user's, and keeps the user. */
async function clear(userId: string): Promise<void> {
  await maintenanceTransaction(owner, async (transaction) => {
    for (const table of ['user_routers', 'user_settings', 'audit_entries', 'homes']) {
      await sql`delete from ${sql.id(table)} where user_id = ${userId}`.execute(transaction);
    }
  });
}

const text = fc
  .string({ unit: 'grapheme', maxLength: 50 })
  .filter((value) => !value.includes('\0'));
const name = fc.option(text);
const time = fc
  .integer({ min: 0, max: 4_000_000_000 })
  .map(
    (seconds) =>
      `${new Date(seconds * 1_000).toISOString().slice(0, 19)}.${String(seconds % 1_000_000).padStart(6, '0')}Z`,
  );
const json = fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)), {
  noNullPrototype: true,
});
const content = fc.record({
  routers: fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/), {
    minLength: 1,
    maxLength: 3,
  }),
  devices: fc.array(
    fc.record({
      hostname: name,
      name,
      times: fc.tuple(time, time),
      ip: fc.oneof(fc.ipV4(), fc.ipV6()),
      online: fc.boolean(),
    }),
    { maxLength: 6 },
  ),
  settings: fc.uniqueArray(
    fc.record({ key: fc.stringMatching(/^[a-z][a-z0-9_.-]{0,20}$/), value: json }),
    { selector: ({ key }) => key, maxLength: 4 },
  ),
  audit: fc.array(json, { maxLength: 3 }),
  mode: fc.constantFrom('none', 'whitelist', 'blacklist'),
  people: fc.uniqueArray(
    fc.record({
      name: text.filter((value) => /\S/.test(value)),
      picture: fc.option(fc.uint8Array({ maxLength: 20 })),
    }),
    { selector: ({ name: said }) => said.toLowerCase().normalize('NFKC'), maxLength: 3 },
  ),
  rate: fc.option(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }).map(String)),
});
type Content = typeof content extends fc.Arbitrary<infer Value> ? Value : never;

/** Writes that content for a user, into every table. */
async function fill(userId: string, { routers, devices, settings, audit, mode, rate }: Content) {
  await tenantTransaction(service, userId, async (transaction) => {
    for (const router_id of routers) {
      const user = { user_id: userId, router_id };
      await transaction.insertInto('user_routers').values(user).execute();
      await sql`update router_policies set mode = ${mode}, whitelist_limit_rate = ${rate}, policy_revision = 7, applied_revision = 3 where router_id = ${router_id}`.execute(
        transaction,
      );
      for (const [index, { hostname, name: device_name, times, ip, online }] of devices.entries()) {
        const [first_seen = '', last_seen = ''] = times.toSorted();
        const id = randomUUID();
        const device_mac = `02:00:00:00:00:0${index}`;
        await transaction
          .insertInto('user_devices')
          .values({
            ...user,
            id,
            ip,
            mac: index === 0 ? null : device_mac,
            hostname,
            device_name,
            first_seen,
            last_seen,
            holds_ip: false,
            is_online: online,
          })
          .execute();
        await transaction
          .insertInto('device_addresses')
          .values({ ...user, device_id: id, ip, first_seen, last_seen })
          .execute();
        const entry = { ...user, device_id: id, device_ip: ip, device_mac, device_name };
        await transaction
          .insertInto('user_whitelists')
          .values({ ...entry, description: hostname })
          .execute();
        await transaction
          .insertInto('user_blacklists')
          .values({ ...entry, reason: hostname, is_active: online })
          .execute();
        const { device_name: _, ...block } = entry;
        await transaction
          .insertInto('user_blocked_devices')
          .values({ ...block, blocked_at: first_seen, unblocked_at: last_seen, is_active: false })
          .execute();
        await transaction.insertInto('user_blocked_devices').values(block).execute();
      }
      for (const { key, value } of settings) {
        for (const router of [router_id, null]) {
          await transaction
            .insertInto('user_settings')
            .values({
              user_id: userId,
              router_id: router,
              setting_key: key,
              setting_value: JSON.stringify(value),
            })
            .onConflict((conflict) => conflict.doNothing())
            .execute();
        }
      }
      for (const details of audit) {
        await transaction
          .insertInto('audit_entries')
          .values({
            ...user,
            actor: 'user',
            action: 'device.renamed',
            details: JSON.stringify(details),
          })
          .execute();
        const { id } = await transaction
          .insertInto('imports')
          .values({ ...user, report: JSON.stringify(details) })
          .returning('id')
          .executeTakeFirstOrThrow();
        await transaction
          .insertInto('import_rejects')
          .values({
            ...user,
            import_id: id,
            file: 'a',
            record_key: '1',
            field: 'ip',
            value: null,
            reason: 'none',
            record: JSON.stringify(details),
          })
          .execute();
      }
    }
  });
}

/** The same rows under the ids that the homes have in another account, which are not to be told apart by their order. */
async function underTheirHomes(rows: Record<string, string[]>, from: string, to: string) {
  const homesOf = async (userId: string) => {
    const homes = await rowsOf(service, userId, 'select id::text as id from homes order by name');
    return homes.map((home) => String(Reflect.get(home, 'id')));
  };
  const [mine, theirs] = [await homesOf(from), await homesOf(to)];
  expect(theirs).toHaveLength(mine.length);
  const said = theirs.reduce(
    (all, id, index) => all.replaceAll(id, mine[index] ?? ''),
    JSON.stringify(rows),
  );
  const renamed: Record<string, string[]> = JSON.parse(said.replaceAll(to, from));
  return sorted(renamed);
}

function sorted(rows: Record<string, string[]>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(rows).map(([table, each]) => [table, each.toSorted()]));
}

/** The same, without what the restoring import says of itself. */
function withoutOwnRecord(rows: Record<string, string[]>, before: Record<string, string[]>) {
  const known = new Set([...(before['imports'] ?? []), ...(before['audit_entries'] ?? [])]);
  const kept = (table: string) => rows[table]?.filter((row) => known.has(row)) ?? [];
  return { ...rows, imports: kept('imports'), audit_entries: kept('audit_entries') };
}

const taken = (userId: string) => snapshot(service, userId, { taken: true });

// In parts: each import is a process of its own, and a test must not fail because the machine is busy.
test.each([1, 2, 3])(
  'an export of anything, imported again, brings back every row as an import takes it: part %i',
  async () => {
    await fc.assert(
      fc.asyncProperty(content, async (generated) => {
        const userId = await createUser(service);
        await fill(userId, generated);
        await fillHomes(service, userId, generated);
        const before = await taken(userId);
        const exported = { 'backup.json': await exportOf(userId) };
        expect(await importFiles(addresses.service, userId, exported)).toMatchObject({
          outcome: 'nothing new',
        });
        await clear(userId);
        expect(Object.values(await taken(userId)).flat()).toEqual([]);

        const report = await importFiles(addresses.service, userId, exported);
        expect(report.generations).toEqual([{ generation: 'export', files: ['backup.json'] }]);
        expect(report.totals).toMatchObject({ read: report.totals.written, rejected: 0 });
        const after = await taken(userId);
        expect(withoutOwnRecord(after, before)).toEqual(before);
        expect(after['audit_entries']).toHaveLength((before['audit_entries']?.length ?? 0) + 1);

        const another = await createUser(service);
        await importFiles(addresses.service, another, exported);
        const renamed = await underTheirHomes(await taken(another), userId, another);
        expect(withoutOwnRecord(renamed, before)).toEqual(sorted(before));
        // And again: its homes keep the ids that they have there.
        expect(await importFiles(addresses.service, another, exported)).toMatchObject({
          outcome: 'nothing new',
        });
      }),
      { numRuns: 5 },
    );
  },
);

describe('an export', () => {
  let userId = '';
  beforeAll(async () => {
    userId = await createUser(service);
    await importFiles(
      addresses.service,
      userId,
      devicesFile({
        ip: '10.0.0.1',
        mac: '02:00:00:00:00:01',
        hostname: 'phone',
        last_seen: '2025-06-01T12:00:00Z',
      }),
    );
  });

  test("holds nothing of another user's, no session and no secret", async () => {
    const other = await createUser(service);
    await importFiles(
      addresses.service,
      other,
      devicesFile({ ip: '10.9.9.9', mac: null, last_seen: '2025-06-01T12:00:00Z' }),
    );
    const exported = await exportOf(userId);
    expect(exported).not.toContain('10.9.9.9');
    // What a token is called that acted is in the audit.
    expect(exported).not.toMatch(/session_hash|token(?!_name")|google_id/);
    expect(JSON.parse(exported)).toMatchObject({
      format: 'netpilot-export',
      version: 1,
      user_id: userId,
    });
  });

  test('does not overwrite what has changed since: such a row is rejected', async () => {
    const exported = { 'backup.json': await exportOf(userId) };
    await rowsOf(service, userId, `update user_devices set device_name = 'Mine'`);
    await expect(importFiles(addresses.service, userId, exported)).rejects.toThrow(
      '1 record cannot be imported',
    );
    const report = await importFiles(addresses.service, userId, exported, { skipInvalid: true });
    expect(report.rejects).toMatchObject([{ table: 'user_devices', key: '1' }]);
    expect(await rowsOf(service, userId, 'select device_name from user_devices')).toEqual([
      { device_name: 'Mine' },
    ]);
  });

  test('is refused where its version is not ours, or its rows are no rows', async () => {
    const exported = await exportOf(userId);
    const another = await createUser(service);
    const restore = (changed: string) =>
      importFiles(addresses.service, another, { 'backup.json': changed });
    await expect(restore(exported.replace('"version": 1', '"version": 2'))).rejects.toThrow(
      'version',
    );
    await expect(restore(exported.replace('"10.0.0.1"', '"nowhere"'))).rejects.toThrow(
      'user_devices cannot be restored',
    );
    await expect(restore(exported.slice(0, -5))).rejects.toThrow('cut short');
    expect(Object.values(await snapshot(service, another)).flat()).toEqual([]);
  });

  test('of the largest and deepest that an import keeps can be imported again', async () => {
    const someone = await createUser(service);
    const quotes = '"'.repeat(500_000);
    const rules = Array.from({ length: 12 }, (_, index) => ({ index, quotes }));
    const deep = `${'['.repeat(60)}${']'.repeat(60)}`;
    const files = {
      'netpilot.json': tablesFile({ rules }),
      'devices.json': `{"devices": {"1": {"ip": "${quotes.replaceAll('"', String.raw`\"`)}"}, "2": {"ip": "${'x'.repeat(3_000_000)}"}}, "deep": {"1": ${deep}}}`,
    };
    await importFiles(addresses.service, someone, files, { skipInvalid: true });
    const exported = { 'backup.json': await exportOf(someone) };
    const another = await createUser(service);
    const { totals } = await importFiles(addresses.service, another, exported);
    expect(totals).toMatchObject({ written: totals.read, rejected: 0 });
    expect(await importFiles(addresses.service, someone, exported)).toMatchObject({
      outcome: 'nothing new',
    });
  });

  test('of nobody is refused', async () => {
    await expect(exportOf(randomUUID())).rejects.toThrow('There is no user');
  });
});
