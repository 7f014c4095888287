/** A child asks for more time, and somebody who may allow it answers. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { rowsOf } from '../../testing/data-folder.ts';
import { tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);

/** Of Ann and her child Tim, who has two devices: a phone and a console. */
async function family() {
  const ann = await signIn();
  const [{ id }] = (await ann.request('GET', '/api/v1/homes')).json().items;
  const path = `/api/v1/homes/${id}`;
  const post = async (url: string, body: object) =>
    (await ann.request('POST', `${path}/${url}`, body)).json();
  const tim = (await post('people', { name: 'Tim' })).id;
  const router_id = await createRouter(database.service, ann.userId);
  const [phone = '', console = ''] = await addDevices(ann, router_id, tim);
  const { url } = await post('invitations', { role: 'child', person_id: tim });
  const child = await signIn();
  await child.request('POST', `/api/v1/invitations/${String(url).split('/').at(-1)}/accept`);
  const asks = async (state = 'open') =>
    (await ann.request('GET', `${path}/asks?state=${state}`)).json().items;
  return {
    ann,
    child,
    tim,
    path,
    phone,
    console,
    router: `/api/v1/routers/${router_id}`,
    rule: (body: object) => post('rules', body),
    rules: async () => (await ann.request('GET', `${path}/rules`)).json().items,
    asks,
    ask: async (minutes = 30, message?: string) =>
      (
        await child.request('POST', `${path}/asks`, { minutes, ...(message && { message }) })
      ).json(),
    answer: async (body: object) => {
      const [{ id: open }] = await asks();
      return (await ann.request('POST', `${path}/asks/${open}/answer`, body)).json();
    },
    mine: async () => (await child.request('GET', `${path}/me`)).json(),
    later: () =>
      rowsOf(
        database.service,
        ann.userId,
        `update access_asks set asked_at = asked_at - interval '6 minutes'`,
      ),
  };
}

async function addDevices({ userId }: Person, router_id: string, person_id: string) {
  const rows = await tenantTransaction(database.service, userId, (transaction) =>
    transaction
      .insertInto('user_devices')
      .values(
        ['phone', 'console'].map((hostname, number) => ({
          user_id: userId,
          router_id,
          hostname,
          person_id,
          ip: `192.168.1.${number + 7}`,
          mac: `02:00:00:00:00:0${number + 7}`,
          reviewed_at: sql<string>`now()`,
        })),
      )
      .returning(['id', 'hostname'])
      .execute(),
  );
  return ['phone', 'console'].map((name) => rows.find(({ hostname }) => hostname === name)?.id);
}

const minutesFrom = (instant: string, other: string) =>
  Math.round((Date.parse(other) - Date.parse(instant)) / 60_000);

describe('an ask', () => {
  test('waits for an answer, which the child sees: granted, how long, and who said so', async () => {
    const { tim, ask, asks, answer, mine, rules } = await family();
    expect((await mine()).last_ask).toBeNull();
    const asked = await ask(30, ' One more level ');
    expect(asked).toMatchObject({
      person_id: tim,
      person_name: 'Tim',
      minutes: 30,
      message: 'One more level',
      answer: null,
      answered_at: null,
    });
    expect(await asks()).toEqual([asked]);
    expect((await mine()).last_ask).toEqual(asked);
    const answered = await answer({ answer: 'granted', minutes: 20 });
    expect(answered).toMatchObject({
      id: asked.id,
      answer: 'granted',
      granted_minutes: 20,
      effect: 'all',
      still_blocked: [],
      pauses: [],
      deliveries: [{ delivery: { state: 'pending' } }],
    });
    expect(await rules()).toMatchObject([
      {
        id: answered.rule_id,
        kind: 'exception',
        access: 'allow',
        person_id: tim,
        until_at: answered.granted_until,
      },
    ]);
    const { last_ask, devices } = await mine();
    expect(last_ask).toMatchObject({ answer: 'granted', granted_until: answered.granted_until });
    expect(last_ask.answered_by_name).toMatch(/\S/);
    expect(devices[0].access.because).toMatchObject({ kind: 'exception' });
    expect(await asks()).toEqual([]);
    expect(await asks('all')).toHaveLength(1);
  });

  test('that is refused changes nothing but that it is answered', async () => {
    const { ann, ask, answer, rules, mine } = await family();
    await ask(60);
    expect(await answer({ answer: 'refused' })).toMatchObject({
      answer: 'refused',
      granted_minutes: null,
      granted_until: null,
      effect: null,
      deliveries: [],
    });
    expect(await rules()).toEqual([]);
    expect((await mine()).last_ask).toMatchObject({ answer: 'refused' });
    const { items } = (await ann.request('GET', '/api/v1/audit?action=access.answered')).json();
    expect(items).toMatchObject([{ details: { name: 'Tim', answer: 'refused', minutes: 60 } }]);
  });

  test('is answered once, and only the last one of a child', async () => {
    const { ann, path, ask, asks, answer, later } = await family();
    const first = await ask(15);
    expect(await ask(15)).toMatchObject({ status: 429 });
    await later();
    const second = await ask(60);
    expect(await asks()).toEqual([second]);
    const answerTo = async ({ id }: { id: string }) =>
      (await ann.request('POST', `${path}/asks/${id}/answer`, { answer: 'granted' })).statusCode;
    expect(await answerTo(first)).toBe(409);
    expect(await answer({ answer: 'granted' })).toMatchObject({ granted_minutes: 60 });
    expect(await answerTo(second)).toBe(409);
    expect((await asks('all')).map((one: { answer: string }) => one.answer)).toEqual([
      'granted',
      'replaced',
    ]);
  });

  test('says no end any more once somebody has ended what was granted', async () => {
    const { ann, path, ask, answer, mine } = await family();
    await ask();
    const { rule_id } = await answer({ answer: 'granted' });
    await ann.request('DELETE', `${path}/rules/${rule_id}`);
    expect((await mine()).last_ask).toMatchObject({ answer: 'granted', granted_until: null });
  });

  test('waits for a day, and a hundred are kept of a child', async () => {
    const { ann, path, tim, ask, asks } = await family();
    await ask();
    await rowsOf(
      database.service,
      ann.userId,
      `update access_asks set asked_at = now() - interval '25 hours'`,
    );
    expect(await asks()).toEqual([]);
    await rowsOf(
      database.service,
      ann.userId,
      `insert into access_asks (user_id, home_id, person_id, minutes, asked_at, answered_at, answer)
       select '${ann.userId}', '${path.split('/').at(-1)}', '${tim}', 5, now() - make_interval(days => 2, secs => n), now(), 'refused'
       from generate_series(1, 150) n`,
    );
    await ask(45);
    const kept = await asks('all');
    expect(kept).toHaveLength(100);
    expect(kept[0]).toMatchObject({ minutes: 45 });
  });
});

describe('granting', () => {
  test('helps against a schedule, a rule that blocks always', async () => {
    const { tim, rule, ask, answer } = await family();
    await rule({ kind: 'schedule', person_id: tim, access: 'block' });
    await ask();
    expect(await answer({ answer: 'granted' })).toMatchObject({ effect: 'all', still_blocked: [] });
  });

  test('puts off the pauses of the child and of its devices, and they go on when it is over', async () => {
    const { tim, phone, rule, rules, ask, answer, mine } = await family();
    const endless = await rule({ kind: 'pause', person_id: tim, name: 'Homework' });
    const short = await rule({ kind: 'pause', device_id: phone, minutes: 10 });
    await ask();
    const { pauses, effect, granted_until } = await answer({ answer: 'granted' });
    expect(effect).toBe('all');
    expect(pauses).toEqual([
      { rule_id: endless.id, name: 'Homework', target: 'person', resumes_at: granted_until },
      { rule_id: short.id, name: null, target: 'device', resumes_at: null },
    ]);
    expect((await rules()).map(({ kind }: { kind: string }) => kind)).toEqual([
      'exception',
      'pause',
    ]);
    const { access } = (await mine()).devices[0];
    expect(access).toMatchObject({
      access: 'allow',
      next: { access: 'block', because: { kind: 'pause', rule_id: endless.id } },
    });
    expect(minutesFrom(new Date().toISOString(), access.next.at)).toBe(30);
  });

  test('does not help against a pause of everyone, and says so; it is put off for all if that is asked', async () => {
    const { tim, rule, ask, answer, later } = await family();
    const dinner = await rule({ kind: 'pause', target: 'everyone', name: 'Dinner' });
    await ask();
    expect(await answer({ answer: 'granted' })).toMatchObject({
      effect: 'none',
      pauses: [],
      still_blocked: [
        { name: 'console', because: { kind: 'pause', rule_id: dinner.id, name: 'Dinner' } },
        { name: 'phone' },
      ],
    });
    await later();
    await ask();
    const answered = await answer({ answer: 'granted', end_pauses: true });
    expect(answered).toMatchObject({ effect: 'all', still_blocked: [], person_id: tim });
    expect(answered.pauses).toMatchObject([{ rule_id: dinner.id, target: 'everyone' }]);
  });

  test('does not unblock by hand, and says which device that is', async () => {
    const { ann, router, console, ask, answer } = await family();
    await ann.request('POST', `${router}/blocks`, { device_id: console });
    await ask();
    expect(await answer({ answer: 'granted' })).toMatchObject({
      effect: 'some',
      still_blocked: [{ device_id: console, name: 'console', because: { kind: 'block' } }],
    });
  });

  test('is for admins: a viewer sees asks, a child not even those', async () => {
    const { ann, child, path, ask } = await family();
    const { id } = await ask();
    const { url } = (await ann.request('POST', `${path}/invitations`, { role: 'viewer' })).json();
    const viewer = await signIn();
    await viewer.request('POST', `/api/v1/invitations/${String(url).split('/').at(-1)}/accept`);
    const statuses = async (person: Person) => [
      (await person.request('GET', `${path}/asks`)).statusCode,
      (await person.request('POST', `${path}/asks/${id}/answer`, { answer: 'granted' })).statusCode,
    ];
    expect(await statuses(viewer)).toEqual([200, 403]);
    expect(await statuses(child)).toEqual([403, 403]);
    expect((await app.inject(`${path}/asks`)).statusCode).toBe(401);
  });
});
