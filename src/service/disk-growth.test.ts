/** One account does for an hour what it can to fill the disk; what it is then is bounded by its quotas. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, expect, test, vi } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { QUOTAS } from '../database/quotas.ts';
import { maintenanceTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

/** What does not compress, as JSON text of so many bytes. */
const noise = (bytes: number) =>
  randomBytes(Math.ceil((bytes * 3) / 4))
    .toString('base64')
    .slice(0, bytes - 2);

/** An hour, at 50 requests a second, is 180,000; after these, each is refused for the same reason. */
const ROUNDS = 350;

let router: string;
let mallory: Person;
beforeAll(async () => {
  // Requests a second are counted by this clock.
  vi.useFakeTimers({ toFake: ['performance'] });
  mallory = await signIn();
  router = await createRouter(database.service, mallory.userId);
  return () => void vi.useRealTimers();
});

test('an account holds no more than its quotas, whatever it does for an hour', async () => {
  const refused = new Set<string>();
  const send = async (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object) => {
    vi.advanceTimersByTime(20);
    const headers = method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {};
    const answer = await mallory.request(method, `/api/v1${path}`, body, headers);
    expect(answer.statusCode).toBeLessThan(500);
    const content: unknown = answer.body === '' ? {} : answer.json();
    const { id, quota, busy } = Object(content);
    if (quota !== undefined || busy !== undefined) refused.add(quota ?? busy);
    return String(id);
  };
  const text = noise(2_000);
  for (let round = 0; round < ROUNDS; round += 1) {
    const ip = `10.2.${round >> 8}.${round & 255}`;
    await send('PUT', `/settings/s${round}`, { setting_value: noise(QUOTAS.setting_bytes) });
    await send('PUT', `/routers/${router}/settings/t`, {
      setting_value: noise(QUOTAS.setting_bytes),
    });
    await send('POST', `/routers/${router}/whitelist`, { device_ip: ip, description: text });
    await send('POST', `/routers/${router}/blacklist`, { device_ip: ip, reason: text });
    const block = await send('POST', `/routers/${router}/blocks`, { device_ip: ip });
    await send('DELETE', `/routers/${router}/blocks/${block}`);
    const token = await send('POST', '/tokens', { token_name: text.slice(0, 100), days: 366 });
    await send('DELETE', `/tokens/${token}`);
    if (round % 20 !== 0) continue;
    await send('PUT', '/settings/large', { setting_value: noise(500_000) });
    await send('POST', '/pairing-codes');
    await send('POST', `/routers/${router}/scan`);
  }
  expect([...refused].toSorted()).toEqual([
    'changes_in_an_hour',
    'pairing codes',
    'setting_bytes',
    'settings',
  ]);
  const sizes = await sizesOf(mallory.userId);
  const row = 1_000;
  const bounds: Record<string, number> = {
    user_settings: QUOTAS.settings * (QUOTAS.setting_bytes + row),
    audit_entries: QUOTAS.changes_in_an_hour * (2 * QUOTAS.audit_detail_bytes + row),
    // A second one for each change of a policy.
    events: 2 * QUOTAS.changes_in_an_hour * (2 * QUOTAS.audit_detail_bytes + row),
    idempotency_keys: QUOTAS.changes_in_an_hour * 4 * row,
    user_sessions: 4 * QUOTAS.tokens * row,
    user_whitelists: QUOTAS.list_entries * 4 * row,
    user_blacklists: QUOTAS.list_entries * 4 * row,
    user_blocked_devices: 2 * QUOTAS.blocks * row,
  };
  for (const [table, bytes] of Object.entries(sizes))
    expect({ table, isWithin: bytes <= (bounds[table] ?? 100 * row) }).toEqual({
      table,
      isWithin: true,
    });
  const total = Object.values(sizes).reduce((sum, bytes) => sum + bytes, 0);
  expect(total).toBeLessThan(60_000_000);
});

/** The bytes of a user's rows, by table. */
function sizesOf(userId: string): Promise<Record<string, number>> {
  return maintenanceTransaction(database.owner, async (transaction) => {
    const { rows: tables } = await sql<{ name: string }>`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace and a.attname = 'user_id'
      order by 1`.execute(transaction);
    const sizes: Record<string, number> = {};
    for (const { name } of tables) {
      const { rows } = await sql<{ bytes: number }>`
        select coalesce(sum(pg_column_size(t.*)), 0)::bigint as bytes
        from ${sql.table(name)} t where user_id = ${userId}`.execute(transaction);
      sizes[name] = rows[0]?.bytes ?? 0;
    }
    return sizes;
  });
}
