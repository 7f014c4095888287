/** How much is sent, how often it is tried, and when it is given up: time passes by older rows. */
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { CHANNEL_SETTINGS } from '../../testing/alert-messages.ts';
import { ALLOWED, ask, deliverNow, spreadNow } from '../../testing/alerts.ts';
import { type Person, createTestApp } from '../../testing/app.ts';
import { rowsOf } from '../../testing/data-folder.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { startMailServer } from '../../testing/mail-server.ts';
import { type Answer, startTarget } from '../../testing/target-server.ts';
import { secondsOf } from './guarded-request.ts';
import type { TargetKind } from './senders.ts';

const database = await createTestDatabase();
/** What the mail server answers to the recipient. */
let refusal: number | undefined;
const mailServer = await startMailServer({ refuses: () => refusal });
afterAll(mailServer.close);
const { services, signIn } = await createTestApp(
  database,
  {},
  { ...ALLOWED, SMTP_URL: mailServer.url, MAIL_FROM: 'netpilot@example.com' },
);

let ann: Person;
let homeId: string;
beforeEach(async () => {
  // What others have waiting is not this test's.
  if (ann !== undefined) await query('delete from alert_channels');
  ann = await signIn();
  homeId = (await ann.request('GET', '/api/v1/homes')).json().items[0].id;
});

const query = (text: string) => rowsOf(database.service, ann.userId, text);
const tell = async (texts: readonly string[]) => {
  await ask(database.service, { userId: ann.userId, homeId }, texts);
  await spreadNow(services);
};
const some = (count: number) => Array.from({ length: count }, (_, index) => `number ${index}`);

async function addTarget(answerOf?: () => Answer, kind: TargetKind = 'webhook') {
  const target = await startTarget(answerOf);
  onTestFinished(target.close);
  const channel = await ann.request('POST', `/api/v1/homes/${homeId}/alert-channels`, {
    kind,
    settings: CHANNEL_SETTINGS[kind](target.url),
  });
  expect(channel.statusCode).toBe(201);
  const texts = () => target.received.map(({ body }) => body.toString());
  return { received: target.received, texts, id: String(channel.json().id) };
}

type Logged = { state: string; tries: number; problem: string | null };
/** As people read it, the oldest first. */
async function log(): Promise<Logged[]> {
  const path = `/api/v1/homes/${homeId}/alert-deliveries?limit=200`;
  return (await ann.request('GET', path)).json().items.toReversed();
}
const states = async () => (await log()).map(({ state }) => state);
/** As if that had been so long ago. */
const age = (interval: string) =>
  query(`
    with d as (
      update alert_deliveries set created_at = created_at - interval '${interval}', tried_at = tried_at - interval '${interval}',
        next_at = next_at - interval '${interval}')
    update alert_channels set next_at = next_at - interval '${interval}', allowed_at = allowed_at - interval '${interval}'`);
/** Seconds from the last try of the message that waits to its next one; the target's answer took a moment of them. */
async function secondsBetween(): Promise<number> {
  const [row] = await query(
    `select extract(epoch from next_at - tried_at)::float8 as seconds from alert_deliveries where state = 'waiting'`,
  );
  return Number(row && Reflect.get(row, 'seconds'));
}
const isBetween = (seconds: number, least: number, most: number) =>
  expect([seconds, seconds >= least && seconds <= most]).toEqual([seconds, true]);

describe('a channel', () => {
  test('gets 30 messages at once, the next after a while, and none is lost', async () => {
    const { received } = await addTarget();
    await tell(some(60));
    await deliverNow(services);
    // One more every two seconds, in the half minute that a worker stays at most.
    expect(received.length).toBeGreaterThanOrEqual(30);
    expect(received.length).toBeLessThanOrEqual(45);
    expect(await states()).toContain('waiting');
    for (let minute = 0; minute < 2; minute += 1) {
      await age('1 minute');
      await deliverNow(services);
    }
    expect(received).toHaveLength(60);
    expect(await states()).toEqual(some(60).map(() => 'delivered'));
  });

  test('has 200 waiting at most: what is too much is one line of the log, until there is room', async () => {
    const { received } = await addTarget(() => ({ status: 503 }));
    await tell(some(205));
    await tell(some(5));
    expect(await countStates()).toEqual({ waiting: 200, dropped: 1 });
    expect((await log()).at(-1)?.problem).toMatch(/too many alerts.*Choose fewer kinds/);
    await query(
      `update alert_deliveries set state = 'delivered', finished_at = now() where number <= 2`,
    );
    await tell(some(3));
    expect(await countStates()).toEqual({ delivered: 2, waiting: 200, dropped: 2 });
    expect(received).toEqual([]);
  });

  test('gets 500 a day', async () => {
    const { id } = await addTarget();
    await query(`
      insert into alert_deliveries (user_id, home_id, channel_id, member_id, number, channel_kind, channel_name, kind, thing, message, state, finished_at)
      select user_id, home_id, id, member_id, n, kind, name, 'test', 'test', '{"title": "x"}', 'delivered', now()
      from alert_channels, generate_series(1, 500) n where id = '${id}'`);
    await query(`update alert_channels set last_number = 500`);
    await tell(['one', 'two']);
    expect(await countStates()).toEqual({ delivered: 500, dropped: 1 });
    await age('1 day');
    await tell(['three']);
    expect(await countStates()).toEqual({ delivered: 500, dropped: 1, waiting: 1 });
  });

  async function countStates() {
    const rows = await query(
      `select state, count(*)::integer as count from alert_deliveries group by state`,
    );
    return Object.fromEntries(
      rows.map((row) => [Reflect.get(row, 'state'), Reflect.get(row, 'count')]),
    );
  }
});

test('a person gets 100 messages a minute on all channels', async () => {
  const { received, id } = await addTarget();
  await query(`
    insert into alert_deliveries (user_id, home_id, channel_id, member_id, number, channel_kind, channel_name, kind, thing, message, state, finished_at, tried_at)
    select user_id, home_id, id, member_id, n, kind, name, 'test', 'test', '{}', 'delivered', now(), now()
    from alert_channels, generate_series(1, 100) n where id = '${id}'`);
  await query(`update alert_channels set last_number = 100`);
  await tell(['later']);
  await deliverNow(services);
  expect(received).toEqual([]);
  await age('1 minute');
  await deliverNow(services);
  expect(received).toHaveLength(1);
});

describe('what fails', () => {
  test('is tried again after 10 seconds, then twice as long each time, an hour at most', async () => {
    const { received } = await addTarget(() => ({ status: 503 }));
    await tell(['one']);
    for (const longest of [10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 3_600, 3_600]) {
      const before = received.length;
      await deliverNow(services);
      expect(received).toHaveLength(before + 1);
      // Jitter takes up to half of it.
      isBetween(await secondsBetween(), longest / 2, longest + 6);
      await age('1 hour');
    }
    expect(await log()).toMatchObject([
      { state: 'waiting', tries: 11, problem: 'The server has a problem of its own (503).' },
    ]);
  });

  test.each([
    ['120', 120],
    [() => new Date(Date.now() + 300_000).toUTCString(), 300],
    ['999999', 24 * 3_600],
  ])(
    'waits as long as the target asks for (Retry-After: %s), a day at most',
    async (asked, expected) => {
      const { received } = await addTarget(() => ({
        status: 429,
        headers: { 'retry-after': typeof asked === 'string' ? asked : asked() },
      }));
      await tell(['one']);
      await deliverNow(services);
      isBetween(await secondsBetween(), expected - 2, expected + 6);
      await age(`${expected / 2} seconds`);
      await deliverNow(services);
      expect(received).toHaveLength(1);
      await age(`${expected / 2 + 10} seconds`);
      await deliverNow(services);
      expect(received).toHaveLength(2);
    },
  );

  test('is given up after three days; those after it go on', async () => {
    let status = 500;
    const { received } = await addTarget(() => ({ status }));
    await tell(['old']);
    await deliverNow(services);
    await age('3 days');
    await tell(['new']);
    await deliverNow(services);
    expect(received).toHaveLength(3);
    status = 200;
    await age('1 minute');
    await deliverNow(services);
    expect(await log()).toMatchObject([
      {
        state: 'given_up',
        tries: 2,
        problem: 'The server has a problem of its own (500). Given up after 3 days.',
      },
      { state: 'delivered' },
    ]);
  });

  test.each<[TargetKind, number, string]>([
    ['apprise', 424, 'could not reach all'],
    ['gotify', 413, 'too long'],
  ])('at %s with %i is not sent again, and nothing waits for it', async (kind, status, words) => {
    let answer = status;
    const { received } = await addTarget(() => ({ status: answer }), kind);
    await tell(['one']);
    await deliverNow(services);
    answer = 200;
    await tell(['two']);
    await deliverNow(services);
    expect(received).toHaveLength(2);
    expect(await log()).toMatchObject([
      { state: 'given_up', tries: 1, problem: expect.stringContaining(words) },
      { state: 'delivered' },
    ]);
  });

  test('as its address is refused is not sent again; the channel says so from the third on, until one arrives', async () => {
    const path = `/api/v1/homes/${homeId}/alert-channels`;
    await ann.request('POST', path, { kind: 'email', settings: {} });
    const problem = async () => {
      const { items } = (await ann.request('GET', path)).json();
      expect(items[0].is_enabled).toBe(true);
      return items[0].problem;
    };
    refusal = 550;
    await tell(['one', 'two']);
    await deliverNow(services);
    expect(await problem()).toBe(null);
    await tell(['three']);
    await deliverNow(services);
    const refused = {
      state: 'given_up',
      tries: 1,
      problem: expect.stringMatching(/takes no e-mail for the address .* not sent again/),
    };
    expect(await log()).toMatchObject([refused, refused, refused]);
    expect(await problem()).toMatch(/takes no e-mail for the address of your account/);
    refusal = undefined;
    await tell(['four']);
    await deliverNow(services);
    expect(mailServer.mails).toHaveLength(1);
    expect(await problem()).toBe(null);
  });

  test('waits for no other channel, and keeps the order of its own', async () => {
    let status = 503;
    const [broken, whole] = [await addTarget(() => ({ status })), await addTarget()];
    await tell(['one', 'two']);
    await deliverNow(services);
    expect([broken.received.length, whole.received.length]).toEqual([1, 2]);
    status = 200;
    await age('1 minute');
    await deliverNow(services);
    const order = [...broken.texts()].map((text) => /one|two/.exec(text)?.[0]);
    expect(order).toEqual(['one', 'one', 'two']);
  });
});

test('a channel that is switched off has nothing waiting, and gets nothing', async () => {
  const { received, id } = await addTarget();
  await tell(['one']);
  const path = `/api/v1/homes/${homeId}/alert-channels/${id}`;
  await ann.request('PATCH', path, { is_enabled: false });
  await deliverNow(services);
  await tell(['two']);
  await ann.request('PATCH', path, { is_enabled: true });
  await tell(['three']);
  await deliverNow(services);
  expect(received).toHaveLength(1);
  expect(await log()).toMatchObject([
    { state: 'dropped', problem: 'The channel was switched off.' },
    { state: 'delivered' },
  ]);
});

test('the log is kept for 30 days, and what waits until it is settled', async () => {
  await addTarget(() => ({ status: 503 }));
  await tell(['one', 'two', 'three']);
  await query(
    `update alert_deliveries set state = 'delivered', finished_at = now() where number < 3`,
  );
  await query(
    `update alert_deliveries set created_at = now() - interval '30 days 1 minute' where number <> 2`,
  );
  await query(
    `update alert_deliveries set created_at = now() - interval '29 days 23 hours' where number = 2`,
  );
  await sql`select delete_expired()`.execute(database.service);
  expect((await states()).toSorted()).toEqual(['delivered', 'waiting']);
});

test('Retry-After is a number of seconds, or a date in GMT; anything else says nothing', () => {
  const now = Date.parse('2026-11-27T05:00:00Z');
  const read = (header?: string) => secondsOf(header, now);
  expect(read('17')).toBe(17);
  expect(read('Fri, 27 Nov 2026 05:02:00 GMT')).toBe(120);
  expect(read('Fri, 27 Nov 2026 04:00:00 GMT')).toBe(0);
  for (const other of [undefined, '', '-1', 'soon', '1e9', '2026-11-28', 'x GMT'])
    expect(read(other)).toBeUndefined();
});
