/** Documents that follow what a home decides: as time goes by, and as devices come, go and move. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { connectAgent, linkRouter, settle } from '../../testing/agent.ts';
import { createTestApp } from '../../testing/app.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { recordPlaces } from '../devices/place.ts';
import { recordScan } from '../devices/scan.ts';
import { type TenantTransaction, tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);
const PHONE = '02:00:00:00:00:02';

async function home() {
  const ann = await signIn();
  const router = await linkRouter(database, ann.userId);
  const { port } = await startTestCommandsServer(database);
  const key = { user_id: ann.userId, router_id: router.routerId };
  const run = <Result>(work: (transaction: TenantTransaction) => Promise<Result>) =>
    tenantTransaction(database.service, ann.userId, work);
  const revision = async () =>
    (
      await run((transaction) =>
        transaction
          .selectFrom('router_policies')
          .select('policy_revision')
          .executeTakeFirstOrThrow(),
      )
    ).policy_revision;
  const home_id = (
    await run((transaction) =>
      transaction.selectFrom('homes').select('id').executeTakeFirstOrThrow(),
    )
  ).id;
  const see = (mac: string, ip = '10.0.0.2') =>
    recordScan(database.service, {
      userId: ann.userId,
      routerId: router.routerId,
      neighbours: [{ mac, ip, hostname: null, online: true }],
      complete: false,
    });
  const addRule = (columns: Record<string, unknown>) =>
    run((transaction) =>
      sql`
        insert into access_rules (user_id, home_id, kind, target, access, from_at, until_at, windows, network)
        select ${ann.userId}, ${home_id}, r.kind, coalesce(r.target, 'everyone'), coalesce(r.access, 'block'),
          coalesce(r.from_at, now()), r.until_at, r.windows, r.network
        from jsonb_to_record(${JSON.stringify(columns)}::jsonb) r (kind text, target text, access text,
          from_at timestamptz, until_at timestamptz, windows jsonb, network text)`.execute(
        transaction,
      ),
    );
  return { ann, router, port, key, run, revision, home_id, see, addRule };
}
const soon = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();

describe('a router without a clock', () => {
  test('is sent what holds now, and again when a rule begins and ends', async () => {
    const { router, port, see, addRule } = await home();
    await see(PHONE);
    await addRule({ kind: 'pause', from_at: soon(3), until_at: soon(5) });
    const agent = await connectAgent(port, router);
    await expect.poll(() => agent.documents.length, { timeout: 15_000 }).toBe(3);
    const [before, during, after] = agent.documents;
    expect(before).toEqual(['mode none', 'limit -', 'full -']);
    expect(during).toEqual(['mode whitelist', 'limit 0', 'full -']);
    expect(after).toEqual(before);
  });

  test('is sent what has changed while it was away', async () => {
    const { router, port, run, see, addRule } = await home();
    await see(PHONE);
    await addRule({ kind: 'pause', until_at: soon(1) });
    const agent = await connectAgent(port, router);
    await expect.poll(() => agent.documents.length, { timeout: 15_000 }).toBe(1);
    expect(agent.documents[0]).toContain('limit 0');
    agent.client.destroy();
    await expect
      .poll(() =>
        run((transaction) =>
          sql`select from access_rules where until_at < now()`.execute(transaction),
        ),
      )
      .toMatchObject({ rows: [{}] });
    const again = await connectAgent(port, router, { revision: 1, state: 'intact' });
    await expect
      .poll(() => again.documents.at(-1), { timeout: 15_000 })
      .toEqual(['mode none', 'limit -', 'full -']);
  });
});

describe('a router with a clock', () => {
  test('gets a fresh document once a day, if something in it repeats', async () => {
    const { router, port, run, see, addRule, revision } = await home();
    await see(PHONE);
    await addRule({
      kind: 'schedule',
      windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '21:00', to: '07:00' }],
    });
    const hello = { features: 'time,rates' };
    const agent = await connectAgent(port, router, hello);
    await expect.poll(() => agent.documents.length, { timeout: 15_000 }).toBe(1);
    agent.client.destroy();
    const connect = async (age: string) => {
      await run((transaction) =>
        sql`update router_policies set applied_at = now() - ${age}::interval`.execute(transaction),
      );
      const now = await revision();
      const again = await connectAgent(port, router, { ...hello, revision: now, state: 'intact' });
      await settle(again);
      await expect.poll(async () => (await revision()) === again.revision).toBe(true);
      again.client.destroy();
      return [again.documents.length, again.revision - now];
    };
    expect(await connect('20 hours')).toEqual([0, 0]);
    expect(await connect('25 hours')).toEqual([1, 1]);
    expect(await connect('0 hours')).toEqual([0, 0]);
  });
});

describe('the revision is raised', () => {
  test('when a device comes that is new to the rules of a home, on a router that must be told of each', async () => {
    const { revision, see, addRule } = await home();
    await see('02:00:00:00:00:07');
    expect(await revision()).toBe(1);
    await addRule({ kind: 'new_device' });
    await see(PHONE);
    expect(await revision()).toBe(2);
    await see(PHONE, '10.0.0.3');
    expect(await revision()).toBe(2);
  });

  test('when a device moves to another network, if a rule is about one', async () => {
    const { key, revision, see, addRule } = await home();
    const place = (network: string) =>
      recordPlaces(database.service, key, [
        {
          mac: PHONE,
          network,
          port: null,
          band: null,
          ssid: null,
          signal: null,
          down: null,
          up: null,
        },
      ]);
    await see(PHONE);
    await place('lan');
    expect(await revision()).toBe(1);
    await addRule({ kind: 'schedule', target: 'network', network: 'guest' });
    await place('lan');
    expect(await revision()).toBe(1);
    await place('guest');
    expect(await revision()).toBe(2);
  });

  test('when the home has another time zone, a person goes, or a device is deleted', async () => {
    const { key, run, revision, home_id, see, addRule } = await home();
    await see(PHONE);
    const { id } = await run((transaction) =>
      transaction
        .insertInto('people')
        .values({ user_id: key.user_id, home_id, name: 'Tim' })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    await run((transaction) =>
      transaction.updateTable('homes').set({ timezone: 'Asia/Kolkata' }).execute(),
    );
    expect(await revision()).toBe(1);
    await addRule({ kind: 'schedule' });
    await run((transaction) =>
      transaction.updateTable('homes').set({ timezone: 'Europe/Berlin' }).execute(),
    );
    expect(await revision()).toBe(2);
    await run((transaction) => transaction.deleteFrom('people').where('id', '=', id).execute());
    expect(await revision()).toBe(3);
  });
});
