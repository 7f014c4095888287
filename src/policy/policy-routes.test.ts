import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

async function home() {
  const ann = await signIn();
  const router = await createRouter(database.service, ann.userId);
  const url = `/api/v1/routers/${router}/policy`;
  const audits = async () => (await ann.request('GET', '/api/v1/audit?action=policy')).json().items;
  return { ann, router, url, audits };
}

const RULES = {
  mode: 'whitelist',
  whitelist_limit_rate: 0,
  whitelist_full_rate: null,
  blacklist_limit_rate: 1_000_000,
  blacklist_full_rate: 10 ** 12,
};

describe('the policy of a router', () => {
  test('of a new router lets everybody through, and waits for it to connect', async () => {
    const { ann, url } = await home();
    const answer = (await ann.request('GET', url)).json();
    expect(answer).toMatchObject({
      mode: 'none',
      policy_revision: 1,
      applied_revision: 0,
      delivery: {
        state: 'pending',
        reason: 'The router has not connected yet.',
        reason_code: 'never_connected',
      },
    });
    expect(answer).not.toHaveProperty('user_id');
  });

  test('is set whole by PUT and in part by PATCH, audited, each raising the revision', async () => {
    const { ann, url, audits } = await home();
    expect((await ann.request('PUT', url, RULES)).json()).toMatchObject({
      ...RULES,
      policy_revision: 2,
    });
    const answer = await ann.request('PATCH', url, { mode: 'none', whitelist_limit_rate: null });
    const expected = { ...RULES, mode: 'none', whitelist_limit_rate: null, policy_revision: 3 };
    expect(answer.json()).toMatchObject({
      ...expected,
      delivery: { state: 'pending', policy_revision: 3, applied_revision: 0 },
    });
    expect(answer.json()).toEqual((await ann.request('GET', url)).json());
    expect(await audits()).toMatchObject([
      { details: { before: RULES, after: { mode: 'none', whitelist_limit_rate: null } } },
      { details: { before: { mode: 'none' }, after: RULES } },
    ]);
  });

  test('that stays what it is raises no revision and leaves no audit', async () => {
    const { ann, url, audits } = await home();
    await ann.request('PUT', url, RULES);
    expect((await ann.request('PUT', url, RULES)).json()).toMatchObject({ policy_revision: 2 });
    expect((await ann.request('PATCH', url, { mode: 'whitelist' })).json()).toMatchObject({
      policy_revision: 2,
    });
    expect(await audits()).toHaveLength(1);
  });

  test('is applied while a connected router has confirmed the newest revision; otherwise it says why not', async () => {
    const { ann, router, url } = await home();
    const confirm = (applied_revision: number) =>
      tenantTransaction(database.service, ann.userId, (transaction) =>
        transaction.updateTable('router_policies').set({ applied_revision }).execute(),
      );
    const appears = (presence: { is_connected: boolean; connection_id: string | null }) =>
      tenantTransaction(database.service, ann.userId, (transaction) =>
        transaction
          .updateTable('user_routers')
          .set({ ...presence, last_seen: '2025-06-06T00:00:00Z' })
          .where('router_id', '=', router)
          .execute(),
      );
    const reason = async () => {
      const { delivery } = (await ann.request('GET', url)).json();
      return [delivery.reason_code, delivery.reason];
    };
    await ann.request('PUT', url, RULES);
    await appears({ is_connected: true, connection_id: crypto.randomUUID() });
    await confirm(1);
    expect((await ann.request('GET', url)).json().delivery).toEqual({
      state: 'pending',
      policy_revision: 2,
      applied_revision: 1,
      reason: 'The router has not confirmed this change yet.',
      reason_code: 'unconfirmed',
    });
    await tenantTransaction(database.service, ann.userId, (transaction) =>
      transaction
        .updateTable('router_policies')
        .set({ refused_revision: 2, refused_reason: 'storage' })
        .execute(),
    );
    expect(await reason()).toEqual([
      'refused_storage',
      'The router refused the change: it has no space left to store it.',
    ]);
    await appears({ is_connected: false, connection_id: null });
    expect(await reason()).toEqual([
      'offline',
      'The router has been offline since 2025-06-06T00:00:00.000000Z. The change applies when it reconnects.',
    ]);
    await confirm(2);
    expect((await ann.request('GET', url)).json().delivery).toEqual({
      state: 'unknown',
      unknown_since: '2025-06-06T00:00:00.000000Z',
      policy_revision: 2,
      applied_revision: 2,
      reason_code: 'away',
      reason:
        'The router has been offline since 2025-06-06T00:00:00.000000Z. It had applied this until then.',
    });
    await appears({ is_connected: true, connection_id: crypto.randomUUID() });
    expect((await ann.request('GET', url)).json().delivery).toEqual({
      state: 'applied',
      policy_revision: 2,
      applied_revision: 2,
    });
  });

  test('is not changed by a tab that has not seen the newest; its tag is of mode and rates alone', async () => {
    const { ann, url } = await home();
    const seen = String((await ann.request('GET', url)).headers.etag);
    await ann.request('POST', url.replace('policy', 'whitelist'), { device_ip: '10.0.0.1' });
    const first = await ann.request('PATCH', url, { mode: 'blacklist' }, { 'if-match': seen });
    expect(first.statusCode).toBe(200);
    for (const [method, body] of [
      ['PATCH', { mode: 'none' }],
      ['PUT', RULES],
    ] as const) {
      const late = await ann.request(method, url, body, { 'if-match': seen });
      expect(late.statusCode).toBe(412);
    }
    expect((await ann.request('GET', url)).json()).toMatchObject({
      mode: 'blacklist',
      policy_revision: 3,
    });
  });

  test('raises a revision for each of many changes at once, and loses none', async () => {
    const { ann, url } = await home();
    const rates = Array.from({ length: 8 }, (_, number) => number);
    await Promise.all(
      rates.map((whitelist_limit_rate) => ann.request('PATCH', url, { whitelist_limit_rate })),
    );
    expect((await ann.request('GET', url)).json()).toMatchObject({ policy_revision: 9 });
  });

  test.each([
    [{ ...RULES, mode: 'greylist' }, 'mode'],
    [{ ...RULES, whitelist_limit_rate: -1 }, 'whitelist_limit_rate'],
    [{ ...RULES, whitelist_full_rate: 0 }, 'whitelist_full_rate'],
    [{ ...RULES, blacklist_limit_rate: 1.5 }, 'blacklist_limit_rate'],
    [{ ...RULES, blacklist_full_rate: 10 ** 12 + 1 }, 'blacklist_full_rate'],
    [{ ...RULES, blacklist_full_rate: '5' }, 'blacklist_full_rate'],
    [{ ...RULES, policy_revision: 9 }, 'policy_revision'],
    [{ ...RULES, mode: undefined }, 'mode'],
  ])('refuses %j and names the field', async (body, field) => {
    const { ann, url } = await home();
    const answer = await ann.request('PUT', url, body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ field }]);
  });

  test('of an unknown router is not found', async () => {
    const { ann, url, router } = await home();
    const nowhere = url.replace(router, 'none');
    expect((await ann.request('GET', nowhere)).statusCode).toBe(404);
    expect((await ann.request('PUT', nowhere, RULES)).statusCode).toBe(404);
  });
});
