import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

describe('a setting', () => {
  test("of the user is kept apart from a router's of the same name", async () => {
    const ann = await signIn();
    const router = await createRouter(database.service, ann.userId);
    const [own, routers] = ['/api/v1/settings/theme', `/api/v1/routers/${router}/settings/theme`];
    await ann.request('PUT', own, { setting_value: 'dark' });
    await ann.request('PUT', routers, { setting_value: 'light' });
    expect((await ann.request('GET', own)).json()).toMatchObject({ setting_value: 'dark' });
    expect((await ann.request('GET', routers)).json()).toMatchObject({ setting_value: 'light' });
  });

  test('holds any JSON value, unchanged', async () => {
    const ann = await signIn();
    await fc.assert(
      fc.asyncProperty(
        fc
          .jsonValue({ stringUnit: 'grapheme' })
          .filter((value) => !JSON.stringify(value).includes('\\u0000')),
        async (value) => {
          const put = await ann.request('PUT', '/api/v1/settings/any', { setting_value: value });
          expect(put.statusCode).toBe(200);
          const got = (await ann.request('GET', '/api/v1/settings/any')).json();
          // JSON has no minus zero: what is sent is what comes back.
          expect(got.setting_value).toEqual(JSON.parse(JSON.stringify(value)));
        },
      ),
      { numRuns: 50 },
    );
  });

  test('set in one tab is not overwritten by another that has not seen it', async () => {
    const ann = await signIn();
    const url = '/api/v1/settings/theme';
    const first = await ann.request('PUT', url, { setting_value: 1 });
    const tag = String(first.headers.etag);
    expect(
      (await ann.request('PUT', url, { setting_value: 2 }, { 'if-match': tag })).statusCode,
    ).toBe(200);
    expect(
      (await ann.request('PUT', url, { setting_value: 3 }, { 'if-match': tag })).statusCode,
    ).toBe(412);
  });

  test('that is forgotten is gone, and the audit says what it was', async () => {
    const ann = await signIn();
    await ann.request('PUT', '/api/v1/settings/theme', { setting_value: 'dark' });
    expect((await ann.request('DELETE', '/api/v1/settings/theme')).statusCode).toBe(204);
    expect((await ann.request('GET', '/api/v1/settings/theme')).statusCode).toBe(404);
    const { items } = (await ann.request('GET', '/api/v1/audit?action=setting')).json();
    expect(items).toMatchObject([
      { action: 'setting.deleted', subject_id: 'theme', details: { before: 'dark' } },
      { action: 'setting.changed', subject_id: 'theme', details: { before: null, after: 'dark' } },
    ]);
  });

  test('that PostgreSQL could not hold is refused with the field named', async () => {
    const ann = await signIn();
    const answer = await ann.request('PUT', '/api/v1/settings/theme', {
      setting_value: { deep: ['a\0b'] },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ field: 'setting_value.deep.0' }]);
  });

  test('of a router of another user is not found', async () => {
    const [ann, bob] = [await signIn(), await signIn()];
    const router = await createRouter(database.service, ann.userId);
    const answer = await bob.request('PUT', `/api/v1/routers/${router}/settings/theme`, {
      setting_value: 1,
    });
    expect(answer.statusCode).toBe(404);
  });
});
