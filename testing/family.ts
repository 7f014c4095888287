import { type TenantTransaction, tenantTransaction } from '../src/database/transaction.ts';
import type { TestApp } from './app.ts';
import { type TestDatabase, createRouter } from './database.ts';

export const BEDTIME = {
  kind: 'schedule',
  name: 'Bedtime',
  access: 'block',
  windows: [{ days: [7, 1, 2, 3, 4], from: '21:00', to: '07:00' }],
};

/** A person with a home, in which are two routers and Tim, whose phone is at the first one. */
export async function createFamily(
  database: TestDatabase,
  { app, signIn }: TestApp,
  { timezone = 'Europe/Berlin' }: { timezone?: string | null } = {},
) {
  const ann = await signIn();
  const user_id = ann.userId;
  const routers = [
    await createRouter(database.service, user_id),
    await createRouter(database.service, user_id),
  ];
  const [router = ''] = routers;
  const inTenant = <Result>(work: (transaction: TenantTransaction) => Promise<Result>) =>
    tenantTransaction(database.service, user_id, work);
  const ids = await inTenant(async (transaction) => {
    const { home_id } = await transaction
      .selectFrom('user_routers')
      .select('home_id')
      .executeTakeFirstOrThrow();
    await transaction.updateTable('user_routers').set({ home_id }).execute();
    await transaction.updateTable('homes').set({ timezone }).where('id', '=', home_id).execute();
    const { id: tim } = await transaction
      .insertInto('people')
      .values({ user_id, home_id, name: 'Tim' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { id: phone } = await transaction
      .insertInto('user_devices')
      .values({
        user_id,
        router_id: router,
        ip: '10.0.0.1',
        mac: '02:00:00:00:00:01',
        person_id: tim,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { home_id, tim, phone };
  });
  const base = `/api/v1/homes/${ids.home_id}/rules`;
  return {
    ann,
    ...ids,
    base,
    routers,
    inTenant,
    /** By Tim's phone, from its address. */
    byPhone: (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object) =>
      app.inject({
        method,
        url,
        headers: { cookie: ann.cookie },
        remoteAddress: '10.0.0.1',
        ...(payload && { payload }),
      }),
    add: (body: object, headers?: Record<string, string>) =>
      ann.request('POST', base, body, headers),
    change: (id: string, body: object, headers?: Record<string, string>) =>
      ann.request('PATCH', `${base}/${id}`, body, headers),
    list: async (query = '') => (await ann.request('GET', `${base}${query}`)).json().items,
    revisions: () =>
      Promise.all(
        routers.map(
          async (each) =>
            (await ann.request('GET', `/api/v1/routers/${each}/policy`)).json().policy_revision,
        ),
      ),
    audits: async () => (await ann.request('GET', '/api/v1/audit?action=rule')).json().items,
  };
}
