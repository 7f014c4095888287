/** What each implementation does, and what those that reach other processes do besides. */
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { openDatabase } from '../database/pool.ts';
import { withClient } from '../database/roles.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { recordEvent } from '../activity/record-event.ts';
import { createWakes, tellSaid } from './postgresql.ts';
import { type Hint, type Topic, type Wakes, createLocalWakes } from './wakes.ts';

const database = await createTestDatabase();
const TOPICS: Topic[] = ['user', 'router', 'ask', 'alerts'];

function open(onLost: (error: unknown) => void = () => undefined): Wakes {
  const wakes = createWakes(database.addresses.service, onLost);
  onTestFinished(wakes.close);
  return wakes;
}

/** Two places: what is told at the first is heard at the second. */
const PLACES: [string, () => [Wakes, Wakes]][] = [
  [
    'one process',
    () => {
      const here = createLocalWakes();
      return [here, here];
    },
  ],
  ['two processes, through PostgreSQL', () => [open(), open()]],
];

describe.each(PLACES)('hints between %s', (_name, places) => {
  /** Until hints arrive: a connection is made first. */
  async function connected() {
    const [teller, hearer] = places();
    const heard: Hint[] = [];
    const stops = TOPICS.map((topic) =>
      hearer.hear(topic, (key) => key !== undefined && heard.push({ topic, key })),
    );
    onTestFinished(() => {
      for (const stop of stops) stop();
    });
    const tryOnce = () => {
      teller.tell({ topic: 'alerts', key: 'first' });
      return heard;
    };
    await expect.poll(tryOnce).toContainEqual({ topic: 'alerts', key: 'first' });
    return { teller, hearer, heard: () => heard.filter(({ key }) => key !== 'first') };
  }

  test('arrive, each as what it is', async () => {
    const { teller, heard } = await connected();
    const hints: Hint[] = [
      { topic: 'user', key: 'ann' },
      { topic: 'router', key: 'ann r1' },
      { topic: 'ask', key: 'ann r1' },
      { topic: 'alerts', key: '' },
    ];
    for (const hint of hints) teller.tell(hint);
    await expect.poll(heard).toEqual(hints);
  });

  test('come to those who hear of that key, until they stop', async () => {
    const { teller, hearer, heard } = await connected();
    const [ann, bob] = [vi.fn<(about?: unknown) => void>(), vi.fn<(about?: unknown) => void>()];
    const stop = hearer.hear('user', ann, 'ann');
    hearer.hear('user', bob, 'bob');
    teller.tell({ topic: 'user', key: 'ann' });
    await expect.poll(heard).toHaveLength(1);
    stop();
    teller.tell({ topic: 'user', key: 'ann' });
    teller.tell({ topic: 'router', key: 'ann r1' });
    await expect.poll(heard).toContainEqual({ topic: 'router', key: 'ann r1' });
    expect(ann.mock.calls).toContainEqual(['ann']);
    expect(ann.mock.calls.filter(([key]) => key === 'ann')).toHaveLength(1);
    expect(bob.mock.calls.filter(([key]) => key !== undefined)).toEqual([]);
  });

  test('all come, of thousands at once', async () => {
    const { teller, heard } = await connected();
    for (let n = 0; n < 3_000; n += 1) teller.tell({ topic: 'router', key: `ann r${n}` });
    await expect.poll(() => new Set(heard().map(({ key }) => key)).size).toBe(3_000);
  });
});

describe('through PostgreSQL', () => {
  test('a process looks at everything whenever its connection begins, as hints may have been lost', async () => {
    const lost = vi.fn<(about?: unknown) => void>();
    const hearer = open(lost);
    const look = vi.fn<(about?: unknown) => void>();
    hearer.hear('router', look);
    await expect.poll(() => look.mock.calls).toContainEqual([undefined]);
    look.mockClear();
    await withClient(database.addresses.admin, (client) =>
      client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'netpilot wakes' and datname = current_database()`,
      ),
    );
    await expect.poll(() => look.mock.calls).toContainEqual([undefined]);
    expect(lost).toHaveBeenCalled();
  });

  test('telling never fails, with the database away', async () => {
    const wakes = createWakes({ ...database.addresses.service, port: 1 }, () => undefined);
    const look = vi.fn<(about?: unknown) => void>();
    wakes.hear('alerts', look);
    wakes.tell({ topic: 'alerts', key: '' });
    expect(look).toHaveBeenCalledWith('');
    await wakes.close();
  });

  test('what is told last is sent when it closes', async () => {
    const [teller, hearer] = [open(), open()];
    const look = vi.fn<(about?: unknown) => void>();
    hearer.hear('user', look, 'last');
    await expect.poll(() => look.mock.calls).toContainEqual([undefined]);
    const connected = vi.fn<(about?: unknown) => void>();
    teller.hear('alerts', connected);
    await expect.poll(() => connected.mock.calls).toContainEqual([undefined]);
    teller.tell({ topic: 'user', key: 'last' });
    await teller.close();
    await expect.poll(() => look.mock.calls).toContainEqual(['last']);
  });
});

describe('a transaction of the program', () => {
  function program() {
    const told: Hint[] = [];
    const here = createLocalWakes();
    const service = openDatabase(database.addresses.service, {
      role: 'netpilot_service',
      onSaid: tellSaid({ ...here, tell: (hint) => void told.push(hint) }),
    });
    onTestFinished(service.close);
    return { told, database: service.database };
  }
  const ann = '019302cc-0000-7000-8000-0000000000aa';

  test('tells what it has changed once it is committed, each once, and PostgreSQL notifies of nothing', async () => {
    const { told, database: service } = program();
    const notified: unknown[] = [];
    await withClient(database.addresses.service, async (listener) => {
      listener.on('notification', ({ payload }) => notified.push(payload));
      await listener.query('listen netpilot_events; listen netpilot_router');
      await tenantTransaction(service, ann, async (transaction) => {
        await transaction
          .insertInto('users')
          .values({ id: ann, email: 'ann@example.com' })
          .execute();
        const router = { user_id: ann, router_id: 'r1' };
        await transaction.insertInto('user_routers').values(router).execute();
        for (const policy_revision of [2, 3])
          await transaction.updateTable('router_policies').set({ policy_revision }).execute();
        expect(told).toEqual([]);
      });
      expect(told).toEqual([
        { topic: 'router', key: `${ann} r1` },
        { topic: 'user', key: ann },
      ]);
      await listener.query('select 1');
    });
    expect(notified).toEqual([]);
  });

  test('of one statement, without a beginning and an end, does too', async () => {
    const { told, database: service } = program();
    await sql`select finish_scan(${ann}, 'r1')`.execute(service);
    expect(told).toEqual([]);
    await tenantTransaction(service, ann, (transaction) =>
      transaction
        .updateTable('user_routers')
        .set({ scan_wanted_at: sql`now()` })
        .execute(),
    );
    await sql`select finish_scan(${ann}, 'r1')`.execute(service);
    expect(told).toEqual([
      { topic: 'router', key: `${ann} r1` },
      { topic: 'user', key: ann },
    ]);
  });

  test('that reads, or is undone, tells nothing of what never was', async () => {
    const { told, database: service } = program();
    await tenantTransaction(service, ann, (transaction) =>
      transaction.selectFrom('user_routers').selectAll().execute(),
    );
    await expect(
      tenantTransaction(service, ann, async (transaction) => {
        await recordEvent(transaction, 'device.moved', {});
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(told).toEqual([]);
  });
});

test('who writes with anything else notifies as ever: psql, and the commands of the terminal', async () => {
  const hearer = open();
  const look = vi.fn<(about?: unknown) => void>();
  const ann = '019302cc-0000-7000-8000-0000000000ab';
  hearer.hear('user', look, ann);
  await expect.poll(() => look.mock.calls).toContainEqual([undefined]);
  await withClient(database.addresses.service, (client) =>
    client.query(`
      set role netpilot_service; begin; set local netpilot.user_id = '${ann}';
      insert into users (id, email) values ('${ann}', 'anna@example.com');
      insert into events (user_id, type) values ('${ann}', 'device.moved');
      commit`),
  );
  await expect.poll(() => look.mock.calls).toContainEqual([ann]);
});
