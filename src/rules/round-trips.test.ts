/** How many statements a change is: each is a round trip to the database, counted with `begin`, the session and `commit`. */
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { SERVICE_ROLE } from '../config/database-address.ts';
import { openDatabase } from '../database/pool.ts';
import { tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const statements: string[] = [];
const { database: counted, close } = openDatabase(database.addresses.service, {
  role: SERVICE_ROLE,
  echo: (statement) => statements.push(statement),
});
afterAll(close);
const { signIn } = await createTestApp(database, { database: counted });

/** A home of three routers, with a person who has 20 devices on them. */
async function family() {
  const ann = await signIn();
  const [router] = [
    await createRouter(database.service, ann.userId),
    await createRouter(database.service, ann.userId),
    await createRouter(database.service, ann.userId),
  ];
  const home = await tenantTransaction(database.service, ann.userId, async (transaction) => {
    const { rows } = await sql<{ home_id: string; person_id: string }>`
      insert into people (user_id, home_id, name) select user_id, id, 'Tim' from homes
      returning home_id, id as person_id`.execute(transaction);
    await sql`
      insert into user_devices (user_id, router_id, ip, mac, person_id, reviewed_at)
      select r.user_id, r.router_id, '10.0.0.0'::inet + n, ('02:00:00:00:00:' || lpad(n::text, 2, '0'))::macaddr, p.id, now()
      from (select *, row_number() over (order by router_id) as place from user_routers) r, people p, generate_series(1, 20) n
      where n % 3 = r.place - 1`.execute(transaction);
    const [row = { home_id: '', person_id: '' }] = rows;
    return row;
  });
  // Who asks for the first time is a stranger, who is authenticated by itself.
  await ann.request('GET', '/api/v1/routers');
  return { ann, router, ...home, rules: `/api/v1/homes/${home.home_id}/rules` };
}

/** The statements of a request, but for the check of a connection that was not used for a second. */
async function statementsOf(work: () => Promise<{ statusCode: number }>, status: number) {
  statements.length = 0;
  expect((await work()).statusCode).toBe(status);
  return statements
    .filter((statement) => statement !== 'select 1')
    .map((statement) => statement.replaceAll(/\s+/g, ' ').trim().slice(0, 60));
}

describe('a rule for a person with 20 devices on 3 routers', () => {
  test('is added, changed and deleted in one transaction of 5 round trips', async () => {
    const { ann, rules, person_id } = await family();
    const pause = { kind: 'pause', person_id, minutes: 30 };
    const added = await statementsOf(() => ann.request('POST', rules, pause), 201);
    expect(added).toHaveLength(5);
    expect([added[0], added.at(-1)]).toEqual(['begin', 'commit']);
    const [{ id }] = (await ann.request('GET', rules)).json().items;
    const change = () => ann.request('PATCH', `${rules}/${id}`, { minutes: 60 });
    expect(await statementsOf(change, 200)).toHaveLength(5);
    const answer = await change();
    expect(answer.json().deliveries).toHaveLength(3);
    const remove = () => ann.request('DELETE', `${rules}/${id}`);
    expect(await statementsOf(remove, 200)).toHaveLength(5);
  });
});

describe('a block', () => {
  test('is 5 round trips', async () => {
    const { ann, router } = await family();
    const { items } = (await ann.request('GET', `/api/v1/routers/${router}/devices`)).json();
    const block = () =>
      ann.request('POST', `/api/v1/routers/${router}/blocks`, { device_id: items[0].id });
    expect(await statementsOf(block, 201)).toHaveLength(5);
  });
});

describe('a page of devices', () => {
  test('is two round trips besides the transaction, also of those that are blocked', async () => {
    const { ann, router, rules } = await family();
    await ann.request('POST', rules, { kind: 'pause', target: 'everyone' });
    for (const query of ['', '?state=blocked', '?state=limited']) {
      const list = () => ann.request('GET', `/api/v1/routers/${router}/devices${query}`);
      // A third one looks for the router of an empty list.
      expect(await statementsOf(list, 200)).toHaveLength(query === '?state=limited' ? 6 : 5);
    }
  });
});
