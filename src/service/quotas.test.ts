import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { QUOTAS } from '../database/quotas.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { createPairingCode } from '../routers/pairing-codes.ts';
import { parsePublicKey } from '../routers/public-key.ts';
import { registerRouter } from '../routers/registration.ts';
import { makeIdentity } from '../simulator/identity.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

/** Gives a person so many rows, by SQL that selects from generate_series(1, n). */
async function fill({ userId }: Person, statement: (count: string) => string, count: number) {
  await tenantTransaction(database.service, userId, (transaction) =>
    sql.raw(statement(`generate_series(1, ${count}) n`)).execute(transaction),
  );
}

const refusal = (quota: keyof typeof QUOTAS, used: number = QUOTAS[quota]) => ({
  type: '/problems/quota-exceeded',
  status: 409,
  quota,
  limit: QUOTAS[quota],
  used,
});

describe('one account may not have', () => {
  test('more than 200 settings, also by requests at the same moment, nor one of more than 64 KB', async () => {
    const ann = await signIn();
    await fill(
      ann,
      (rows) =>
        `insert into user_settings (user_id, setting_key, setting_value) select current_user_id(), 's' || n, '1' from ${rows}`,
      198,
    );
    const put = (key: string, setting_value: unknown) =>
      ann.request('PUT', `/api/v1/settings/${key}`, { setting_value });
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((key) => put(key, 1)));
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(2);
    expect(answers.filter(({ statusCode }) => statusCode === 409)).toHaveLength(2);
    expect((await put('e', 1)).json()).toMatchObject(refusal('settings'));
    expect((await put('s1', 2)).statusCode).toBe(200);
    const large = 'x'.repeat(QUOTAS.setting_bytes);
    expect((await put('s1', large)).json()).toMatchObject(
      refusal('setting_bytes', QUOTAS.setting_bytes + 2),
    );
  });

  test('more than 100 tokens that work; those that have ended are forgotten in time', async () => {
    const ann = await signIn();
    await fill(
      ann,
      (rows) =>
        `insert into user_sessions (user_id, session_id, token_hash, token_name, scopes, expires_at, is_active)
         select current_user_id(), gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), 't' || n, '{read}', now() + interval '1 day', n <= 99
         from ${rows}`,
      400,
    );
    const create = () => ann.request('POST', '/api/v1/tokens', { token_name: 'mine' });
    expect((await create()).statusCode).toBe(201);
    expect((await create()).json()).toMatchObject(refusal('tokens'));
    expect(await countOf(ann, 'user_sessions', 'token_name is not null')).toBe(200);
  });

  test('more than 100 sessions: the one that was used longest ago ends', async () => {
    const ann = await signIn();
    for (let count = 0; count < 102; count += 1) await signIn(ann.userId);
    expect(await countOf(ann, 'user_sessions', 'is_active')).toBe(100);
    expect((await ann.request('GET', '/api/v1/me')).statusCode).toBe(401);
  });

  test('more than 10,000 entries of lists, nor active blocks; ended ones are forgotten in time', async () => {
    const ann = await signIn();
    const router = await createRouter(database.service, ann.userId);
    const path = `/api/v1/routers/${router}`;
    await fill(
      ann,
      (rows) =>
        `insert into user_whitelists (user_id, router_id, device_ip) select current_user_id(), '${router}', '10.0.0.0'::inet + n from ${rows}`,
      QUOTAS.list_entries,
    );
    const listed = await ann.request('POST', `${path}/blacklist`, { device_ip: '10.9.0.1' });
    expect(listed.json()).toMatchObject(refusal('list_entries'));
    await fill(
      ann,
      (rows) =>
        `insert into user_blocked_devices (user_id, router_id, device_ip) select current_user_id(), '${router}', '10.0.0.0'::inet + n from ${rows}`,
      QUOTAS.blocks,
    );
    const blocked = await ann.request('POST', `${path}/blocks`, { device_ip: '10.9.0.1' });
    expect(blocked.json()).toMatchObject(refusal('blocks'));
  });

  test('more than 2,000 changes in an hour, but ends sessions and tokens all the same', async () => {
    const ann = await signIn();
    const other = await signIn(ann.userId);
    await fill(
      ann,
      (rows) =>
        `insert into audit_entries (user_id, actor, action) select current_user_id(), 'user', 'setting.changed' from ${rows}`,
      QUOTAS.changes_in_an_hour,
    );
    const change = await ann.request('PUT', '/api/v1/settings/x', { setting_value: 1 });
    expect(change.json()).toMatchObject(refusal('changes_in_an_hour'));
    expect(await countOf(ann, 'user_settings', 'true')).toBe(0);
    const ended = await ann.request('POST', '/api/v1/sessions/end-others');
    expect(ended.statusCode).toBeLessThan(300);
    expect((await other.request('GET', '/api/v1/me')).statusCode).toBe(401);
  });

  test('more than 50 routers; one that is linked again is not one more', async () => {
    const ann = await signIn();
    await fill(
      ann,
      (rows) =>
        `insert into user_routers (user_id, router_id) select current_user_id(), 'r' || n from ${rows}`,
      49,
    );
    const link = async (routerId: string) => {
      const { code } = await tenantTransaction(database.service, ann.userId, (transaction) =>
        createPairingCode(transaction, ann.userId),
      );
      const publicKey = parsePublicKey(makeIdentity(Math.floor(Math.random() * 1e9)).public_key);
      return registerRouter(database.service, { code, routerId, publicKey });
    };
    await link('r50');
    await link('r1');
    await expect(link('r51')).rejects.toMatchObject({ quota: 'routers', limit: 50, used: 50 });
  });

  test('details of the audit that are longer than 4 KB', async () => {
    const ann = await signIn();
    const value = { text: 'ä"'.repeat(10_000) };
    for (const setting_value of [value, 1])
      await ann.request('PUT', '/api/v1/settings/x', { setting_value });
    const { items } = (await ann.request('GET', '/api/v1/audit?action=setting.changed')).json();
    const [{ details }] = items;
    expect(details.before).toMatch(/^\{"text":"ä.*… \(cut, \d+ bytes\)$/);
    expect(Buffer.byteLength(JSON.stringify(details.before))).toBeLessThanOrEqual(4_096);
    expect(details.after).toBe(1);
  });
});

function countOf({ userId }: Person, table: string, condition: string): Promise<number> {
  return tenantTransaction(database.service, userId, async (transaction) => {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from ${sql.table(table)} where ${sql.raw(condition)}`.execute(
      transaction,
    );
    return rows[0]?.count ?? 0;
  });
}
