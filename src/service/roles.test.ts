/** Every operation of the API, tried by each who acts in a home, for things of that home, of another one of its owner, and of a stranger's. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { openEventStream } from '../../testing/event-stream.ts';
import { type Household, furnish } from '../../testing/household.ts';
import { type Operation, readGuardedOperations, requestOf } from '../../testing/operations.ts';
import type { NeededRole, Role } from '../api/access.ts';
import { maintenanceTransaction, tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);
const operations = await readGuardedOperations(app);

const ENDLESS = 'GET /api/v1/events';

/** The least role, said once more: a change of a route's `role` is a change of what every member may do. */
const LEAST: [NeededRole, RegExp][] = [
  [
    'self',
    /^(POST \/auth\/sign-out|\w+ \/api\/v1\/(me|sessions|tokens|settings|sign-in-links|invitations)(\/|$)|(GET|POST) \/api\/v1\/homes$)/,
  ],
  ['owner', /^\w+ \/api\/v1\/(imports|homes\/\{home_id\}\/invitations)(\/|$)/],
  ['owner', /^DELETE \/api\/v1\/(homes|routers)\/\{\w+\}$/],
  ['owner', /^POST \/api\/v1\/routers\/\{router_id\}\/(unlink|replace)$/],
  ['owner', /^PATCH \/api\/v1\/homes\/\{home_id\}\/members/],
  [
    'child',
    /^(GET \/api\/v1\/homes\/\{home_id\}(\/me)?|POST \/api\/v1\/homes\/\{home_id\}\/asks|\w+ \/api\/v1\/homes\/\{home_id\}\/alert-(channels|preferences).*|DELETE \/api\/v1\/homes\/\{home_id\}\/members\/.*)$/,
  ],
  ['admin', /^(POST|PUT|PATCH|DELETE) /],
  ['admin', /^GET \/api\/v1\/pairing-codes\//],
  ['viewer', /^(GET) /],
];
/** Writes nothing: a viewer may see what a rule would do. */
const READS = /rules\/preview$/;

function leastOf({ name }: Operation): NeededRole {
  // The account's export is the owner's, who is the one that asks for it.
  if (name === 'GET /api/v1/me/export') return 'owner';
  if (READS.test(name)) return 'viewer';
  return LEAST.find(([, names]) => names.test(name))?.[0] ?? 'self';
}

const ORDER: Role[] = ['child', 'viewer', 'admin', 'owner'];
const isAllowed = (role: Role, operation: Operation) => {
  const least = leastOf(operation);
  return least === 'self' || ORDER.indexOf(role) >= ORDER.indexOf(least);
};

const inHomes = operations.filter(
  (operation) => leastOf(operation) !== 'self' && operation.name !== ENDLESS,
);
const ofThings = inHomes.filter(({ path }) => path.includes('{'));

const [ann, carl] = [await signIn(), await signIn()];
const { id: secondHome } = (await ann.request('POST', '/api/v1/homes', { name: 'Second' })).json();
const own = await furnish(database.service, ann.userId);
const other = await furnish(database.service, ann.userId, secondHome);
const foreign = await furnish(database.service, carl.userId);

const members = {
  admin: await join('admin'),
  viewer: await join('viewer'),
  child: await join('child'),
};
const homeId = own.params['home_id'] ?? '';
const everybody: [Role, Person][] = [
  ['owner', ann],
  ['admin', members.admin],
  ['viewer', members.viewer],
  ['child', members.child],
];

/** Somebody who has accepted an invitation to Ann's first home. */
async function join(role: Role): Promise<Person> {
  const { home_id } = own.params;
  const invited = await ann.request('POST', `/api/v1/homes/${home_id}/invitations`, { role });
  const secret = String(invited.json().url).split('/').at(-1);
  const person = await signIn();
  const accepted = await person.request('POST', `/api/v1/invitations/${secret}/accept`);
  expect(accepted.statusCode).toBe(200);
  return person;
}

const send = (
  { cookie }: Person,
  operation: Operation,
  things: Household,
  chosen: string | undefined = homeId,
) => {
  const request = requestOf(operation, things);
  return app.inject({
    ...request,
    headers: { cookie, ...(chosen !== undefined && { 'netpilot-home': chosen }) },
  });
};

/** All that the database holds of Ann and of Carl, but for when sessions were used last. */
async function contentOf(): Promise<string[]> {
  return maintenanceTransaction(database.owner, async (transaction) => {
    const { rows: tables } = await sql<{ name: string }>`
      select relname as name from pg_class where relkind in ('r', 'p') and not relispartition
        and relnamespace = 'public'::regnamespace and relname not like 'kysely%' and relname <> 'user_sessions' order by 1`.execute(
      transaction,
    );
    const all: string[] = [];
    for (const { name } of tables) {
      const { rows } = await sql<{ row: string }>`
        select ${name} || t::text as row from ${sql.table(name)} t order by 1`.execute(transaction);
      all.push(...rows.map(({ row }) => row));
    }
    return all;
  });
}

test('the least role of every operation is in the document', async () => {
  const { paths } = (await app.inject('/openapi.json')).json();
  for (const operation of operations) {
    const { description = '' } = paths[operation.path][operation.method.toLowerCase()];
    const least = leastOf(operation);
    const said = description.includes("For the home's owner.")
      ? 'owner'
      : /For the role `(\w+)`/.exec(description)?.[1];
    expect([operation.name, said]).toEqual([
      operation.name,
      least === 'self' || least === 'child' ? undefined : least,
    ]);
  }
});

describe.each(everybody)('as %s of a home', (role, person) => {
  test.each([
    ['another home of the same owner', other],
    ["a stranger's home", foreign],
  ])('nothing of %s is found or changed', async (_whose, things) => {
    const before = await contentOf();
    for (const operation of ofThings) {
      const isByPath = operation.path.includes('{home_id}');
      // The owner has chosen it by the path.
      if (isByPath && role === 'owner' && things === other) continue;
      const answer = await send(person, operation, things);
      expect([operation.name, isAllowed(role, operation) || isByPath ? 404 : 403]).toEqual([
        operation.name,
        answer.statusCode,
      ]);
      const named = Object.values(things.params).concat(Object.values(things.ids));
      const rest = named.reduce((text, name) => text.replaceAll(name, ''), answer.body);
      expect(rest).not.toContain(things.mark);
    }
    for (const operation of inHomes.filter(
      ({ path, method, name }) =>
        // The account's export is of all homes, and for who owns them.
        method === 'GET' && !path.includes('{') && name !== 'GET /api/v1/me/export',
    ))
      expect((await send(person, operation, things)).body).not.toContain(things.mark);
    expect(await contentOf()).toEqual(before);
  });

  test('what the role may not do is refused, and changes nothing', async () => {
    const before = await contentOf();
    for (const operation of inHomes.filter((each) => !isAllowed(role, each)))
      expect([operation.name, (await send(person, operation, own)).statusCode]).toEqual([
        operation.name,
        403,
      ]);
    expect(await contentOf()).toEqual(before);
  });

  test('what the role may read is there, by header, cookie and path', async () => {
    for (const operation of inHomes.filter(
      (each) => each.method === 'GET' && isAllowed(role, each),
    )) {
      const answers = [
        await send(person, operation, own),
        await app.inject({
          ...requestOf(operation, own),
          headers: { cookie: `${person.cookie}; netpilot_home=${homeId}` },
        }),
      ];
      if (operation.path.includes('{home_id}'))
        answers.push(
          await app.inject({ ...requestOf(operation, own), headers: { cookie: person.cookie } }),
        );
      for (const { statusCode } of answers)
        expect([operation.name, statusCode]).toEqual([operation.name, answers[0]?.statusCode]);
      expect([200, 404]).toContain(answers[0]?.statusCode);
    }
  });
});

test('who was removed finds nothing of the home, and is shown their own homes', async () => {
  const gone = await join('admin');
  const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/api/v1/events`;
  const stream = await openEventStream(url, {
    cookie: `${gone.cookie}; netpilot_home=${homeId}`,
  });
  expect(await stream.next()).toMatchObject({ event: 'ready' });
  const path = `/api/v1/homes/${homeId}/members/${gone.userId}`;
  expect((await ann.request('DELETE', path)).statusCode).toBe(204);
  // At once, not when the stream next looks by itself.
  while ((await stream.next()) !== undefined);
  const before = await contentOf();
  for (const operation of inHomes) {
    const answer = await send(gone, operation, own);
    expect([operation.name, answer.statusCode]).toEqual([operation.name, 404]);
    expect(answer.json().detail).toBe(`There is no home "${homeId}".`);
  }
  const shown = await app.inject({
    url: '/api/v1/routers',
    headers: { cookie: `${gone.cookie}; netpilot_home=${homeId}` },
  });
  expect(shown.json()).toEqual({ items: [] });
  expect(shown.headers['set-cookie']).toContain('netpilot_home=;');
  expect(await contentOf()).toEqual(before);
});

test('a member sees the events of the home, with gaps, and resumes without missing any', async () => {
  const url = `${await app.listen({ host: '127.0.0.1', port: 0 }).catch(() => addressOf())}/api/v1/events`;
  const cookie = `${members.viewer.cookie}; netpilot_home=${homeId}`;
  const rename = async ({ params }: Household, router_name: string) =>
    expect(
      (await ann.request('PATCH', `/api/v1/routers/${params['router_id']}`, { router_name }))
        .statusCode,
    ).toBe(200);
  const stream = await openEventStream(url, { cookie });
  await stream.next();
  await rename(other, 'secret');
  await rename(own, 'first');
  await ann.request('PATCH', '/api/v1/me', { full_name: 'secret' });
  await rename(own, 'second');
  const heard = JSON.stringify(await stream.take(2));
  expect(heard).toContain('first');
  expect(heard).toContain('second');
  expect(heard).not.toContain('secret');
  const position = stream.position();
  stream.close();
  await rename(other, 'secret');
  await rename(own, 'third');
  const resumed = await openEventStream(url, { cookie, after: position });
  expect(await resumed.next()).toMatchObject({ event: 'ready', data: { resumed: true } });
  expect(JSON.stringify(await resumed.take(1))).toContain('third');
});

function addressOf(): string {
  const address = app.server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

test('what a viewer writes is refused by PostgreSQL itself', async () => {
  const limits = { actorId: members.viewer.userId, homeId, isReadOnly: true };
  await expect(
    tenantTransaction(database.service, { userId: ann.userId, ...limits }, (transaction) =>
      transaction.updateTable('user_routers').set({ router_name: 'x' }).execute(),
    ),
  ).rejects.toMatchObject({ code: '25006' });
});

test('what a member does is audited with who did it; the owner is named to members', async () => {
  const path = `/api/v1/routers/${own.params['router_id']}`;
  const headers = { 'netpilot-home': homeId };
  await members.admin.request('PATCH', '/api/v1/me', { full_name: 'Zoë' });
  await members.admin.request('PATCH', path, { router_name: 'by admin' }, headers);
  const auditOf = async (person: Person) =>
    (await person.request('GET', '/api/v1/audit?action=router.changed', undefined, headers)).json()
      .items;
  expect((await auditOf(ann))[0]).toMatchObject({
    actor: 'user',
    actor_id: members.admin.userId,
    actor_name: 'Zoë',
  });
  await ann.request('PATCH', path, { router_name: 'by owner' });
  expect((await auditOf(ann))[0]).toMatchObject({ actor_id: null, actor_name: null });
  expect((await auditOf(members.viewer))[0]).toMatchObject({
    actor_id: null,
    actor_name: 'secret',
  });
});

test('an idempotency key of a member meets neither the owner’s nor that of another home', async () => {
  const headers = { 'netpilot-home': homeId, 'idempotency-key': 'same' };
  const path = `/api/v1/routers/${own.params['router_id']}/blocks`;
  const block = (person: Person, device_ip: string, more = {}) =>
    person.request('POST', path, { device_ip }, { ...headers, ...more });
  const first = await block(ann, '192.168.1.31');
  const second = await block(members.admin, '192.168.1.32');
  expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
  expect(second.json().id).not.toBe(first.json().id);
  expect((await block(members.admin, '192.168.1.32')).json()).toEqual(second.json());
  const elsewhere = await ann.request(
    'POST',
    '/api/v1/routers/' + other.params['router_id'] + '/blocks',
    { device_ip: '192.168.1.31' },
    {
      'netpilot-home': second.statusCode === 201 ? (other.params['home_id'] ?? '') : '',
      'idempotency-key': 'same',
    },
  );
  expect(elsewhere.statusCode).toBe(409);
});

test('a viewer who is used for a while stays signed in', async () => {
  await maintenanceTransaction(database.owner, (transaction) =>
    sql`update user_sessions set last_used_at = now() - interval '1 hour', expires_at = now() + interval '1 hour'
        where user_id = ${members.viewer.userId}`.execute(transaction),
  );
  const asked = { 'netpilot-home': homeId };
  expect(
    (await members.viewer.request('GET', '/api/v1/devices', undefined, asked)).statusCode,
  ).toBe(200);
  const { items } = (await members.viewer.request('GET', '/api/v1/sessions')).json();
  expect(Date.parse(items[0].expires_at)).toBeGreaterThan(Date.now() + 20 * 3_600_000);
});
