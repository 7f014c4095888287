/** Every operation of the API, tried with tokens of each scope, for all routers and for one. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { openEventStream } from '../../testing/event-stream.ts';
import { type Household, furnish } from '../../testing/household.ts';
import { readGuardedOperations, requestOf } from '../../testing/operations.ts';
import { SCOPES, type Scope } from '../api/access.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);
const operations = await readGuardedOperations(app);

/** What a token needs, said once more: a change of a route's `access` is a change of what every token in use may do. */
const NEEDS: Record<string, Scope | 'any'> = {
  'POST /auth/sign-out': 'any',
  'GET /api/v1/me': 'read',
  'PATCH /api/v1/me': 'account',
  'DELETE /api/v1/me': 'account',
  'GET /api/v1/me/export': 'account',
  'GET /api/v1/sessions': 'account',
  'DELETE /api/v1/sessions/{id}': 'account',
  'POST /api/v1/sessions/end-others': 'account',
  'GET /api/v1/tokens': 'account',
  'GET /api/v1/tokens/own': 'read',
  'POST /api/v1/tokens': 'account',
  'DELETE /api/v1/tokens/{id}': 'account',
  'POST /api/v1/sign-in-links': 'account',
  'GET /api/v1/settings': 'account',
  'GET /api/v1/settings/{setting_key}': 'account',
  'PUT /api/v1/settings/{setting_key}': 'account',
  'DELETE /api/v1/settings/{setting_key}': 'account',
  'POST /api/v1/imports': 'account',
  'GET /api/v1/imports': 'account',
  'GET /api/v1/imports/{id}': 'account',
  'GET /api/v1/imports/{id}/rejects': 'account',
  'GET /api/v1/homes': 'read',
  'POST /api/v1/homes': 'manage',
  'GET /api/v1/homes/{home_id}': 'read',
  'PATCH /api/v1/homes/{home_id}': 'manage',
  'DELETE /api/v1/homes/{home_id}': 'manage',
  'GET /api/v1/homes/{home_id}/members': 'read',
  'PATCH /api/v1/homes/{home_id}/members/{member_id}': 'manage',
  'DELETE /api/v1/homes/{home_id}/members/{member_id}': 'manage',
  'GET /api/v1/homes/{home_id}/invitations': 'read',
  'POST /api/v1/homes/{home_id}/invitations': 'manage',
  'DELETE /api/v1/homes/{home_id}/invitations/{id}': 'manage',
  'GET /api/v1/invitations/{secret}': 'account',
  'POST /api/v1/invitations/{secret}/accept': 'account',
  'GET /api/v1/homes/{home_id}/me': 'read',
  'GET /api/v1/homes/{home_id}/asks': 'read',
  'POST /api/v1/homes/{home_id}/asks': 'control',
  'POST /api/v1/homes/{home_id}/asks/{id}/answer': 'control',
  'GET /api/v1/homes/{home_id}/alert-channels': 'read',
  'POST /api/v1/homes/{home_id}/alert-channels': 'manage',
  'PATCH /api/v1/homes/{home_id}/alert-channels/{id}': 'manage',
  'DELETE /api/v1/homes/{home_id}/alert-channels/{id}': 'manage',
  'PUT /api/v1/homes/{home_id}/alert-channels/{id}/subscription': 'manage',
  'POST /api/v1/homes/{home_id}/alert-channels/{id}/test': 'manage',
  'GET /api/v1/homes/{home_id}/alert-preferences': 'read',
  'PUT /api/v1/homes/{home_id}/alert-preferences': 'manage',
  'GET /api/v1/homes/{home_id}/alert-deliveries': 'read',
  'GET /api/v1/homes/{home_id}/presence': 'read',
  'GET /api/v1/routers/{router_id}/health': 'read',
  'GET /api/v1/audit': 'read',
  'GET /api/v1/metrics': 'read',
  'GET /api/v1/events': 'read',
  'GET /api/v1/devices': 'read',
  'GET /api/v1/devices/own': 'read',
  'GET /api/v1/homes/{home_id}/people': 'read',
  'POST /api/v1/homes/{home_id}/people': 'manage',
  'GET /api/v1/homes/{home_id}/people/{id}': 'read',
  'PATCH /api/v1/homes/{home_id}/people/{id}': 'manage',
  'DELETE /api/v1/homes/{home_id}/people/{id}': 'manage',
  'GET /api/v1/homes/{home_id}/people/{id}/picture': 'read',
  'PUT /api/v1/homes/{home_id}/people/{id}/picture': 'manage',
  'DELETE /api/v1/homes/{home_id}/people/{id}/picture': 'manage',
  'GET /api/v1/routers': 'read',
  'GET /api/v1/routers/{router_id}': 'read',
  'GET /api/v1/routers/{router_id}/dial': 'read',
  'GET /api/v1/routers/{router_id}/facts': 'read',
  'GET /api/v1/routers/{router_id}/usage': 'read',
  'POST /api/v1/routers/{router_id}/usage/watch': 'read',
  'GET /api/v1/routers/{router_id}/devices/{id}/usage': 'read',
  'GET /api/v1/homes/{home_id}/usage': 'read',
  'GET /api/v1/homes/{home_id}/people/{id}/usage': 'read',
  'PATCH /api/v1/routers/{router_id}': 'manage',
  'DELETE /api/v1/routers/{router_id}': 'manage',
  'POST /api/v1/routers/{router_id}/unlink': 'manage',
  'POST /api/v1/routers/{router_id}/replace': 'manage',
  'POST /api/v1/routers/{router_id}/scan': 'control',
  'GET /api/v1/routers/{router_id}/update': 'read',
  'POST /api/v1/routers/{router_id}/update': 'manage',
  'POST /api/v1/pairing-codes': 'manage',
  'GET /api/v1/pairing-codes/{id}': 'manage',
  'GET /api/v1/routers/{router_id}/settings': 'read',
  'GET /api/v1/routers/{router_id}/settings/{setting_key}': 'read',
  'PUT /api/v1/routers/{router_id}/settings/{setting_key}': 'manage',
  'DELETE /api/v1/routers/{router_id}/settings/{setting_key}': 'manage',
  'GET /api/v1/routers/{router_id}/devices': 'read',
  'GET /api/v1/routers/{router_id}/devices/{id}': 'read',
  'PATCH /api/v1/routers/{router_id}/devices/{id}': 'manage',
  'DELETE /api/v1/routers/{router_id}/devices/{id}': 'manage',
  'POST /api/v1/homes/{home_id}/devices/review': 'manage',
  'POST /api/v1/routers/{router_id}/devices/{id}/review': 'manage',
  'POST /api/v1/routers/{router_id}/devices/{id}/merge': 'manage',
  'POST /api/v1/routers/{router_id}/devices/{id}/unmerge': 'manage',
  'POST /api/v1/routers/{router_id}/devices/{id}/wake': 'control',
  'GET /api/v1/routers/{router_id}/policy': 'read',
  'PUT /api/v1/routers/{router_id}/policy': 'control',
  'PATCH /api/v1/routers/{router_id}/policy': 'control',
  ...ofList('whitelist'),
  ...ofList('blacklist'),
  'GET /api/v1/routers/{router_id}/blocks': 'read',
  'GET /api/v1/routers/{router_id}/blocks/{id}': 'read',
  'POST /api/v1/routers/{router_id}/blocks': 'control',
  'POST /api/v1/routers/{router_id}/blocks/{id}/unblock': 'control',
  'GET /api/v1/homes/{home_id}/rules': 'read',
  'POST /api/v1/homes/{home_id}/rules': 'control',
  'GET /api/v1/homes/{home_id}/rules/{id}': 'read',
  'POST /api/v1/homes/{home_id}/rules/preview': 'read',
  'PATCH /api/v1/homes/{home_id}/rules/{id}': 'control',
  'DELETE /api/v1/homes/{home_id}/rules/{id}': 'control',
};

function ofList(name: string): Record<string, Scope> {
  const path = `/api/v1/routers/{router_id}/${name}`;
  return {
    [`GET ${path}`]: 'read',
    [`GET ${path}/{id}`]: 'read',
    [`POST ${path}`]: 'control',
    [`PATCH ${path}/{id}`]: 'control',
    [`DELETE ${path}/{id}`]: 'control',
  };
}

/** What a token for one router gets of its router, although no router is in the path. */
const WITHIN_ROUTER = new Set([
  'GET /api/v1/audit',
  'GET /api/v1/metrics',
  'GET /api/v1/devices',
  'GET /api/v1/devices/own',
  'GET /api/v1/events',
  'GET /api/v1/routers',
  'GET /api/v1/tokens/own',
]);

/** Has no end: what is tried of it is in a test of its own. */
const ENDLESS = 'GET /api/v1/events';

let ann: Person;
let household: Household;
async function moveIn(): Promise<void> {
  ann = await signIn();
  household = await furnish(database.service, ann.userId);
}
await moveIn();

async function tokenOf(scopes: readonly Scope[], router_id?: string): Promise<string> {
  const wish = { token_name: 'script', scopes, ...(router_id !== undefined && { router_id }) };
  const answer = await ann.request('POST', '/api/v1/tokens', wish);
  expect(answer.statusCode).toBe(201);
  const { token }: { token: string } = answer.json();
  return token;
}

const headersOf = (token: string) => ({ authorization: `Bearer ${token}` });

test('is said of every operation, and of nothing else', () => {
  const names = operations.map(({ name }) => name);
  expect(Object.keys(NEEDS).toSorted()).toEqual(names.toSorted());
});

test('is in the API’s document', async () => {
  const { paths } = (await app.inject('/openapi.json')).json();
  for (const { path, method, name } of operations) {
    const needs = NEEDS[name];
    expect(paths[path][method.toLowerCase()].security).toEqual([
      { session: [] },
      { token: needs === 'any' ? [] : [needs] },
    ]);
  }
});

/** What each answers is in a test of its own where it has no end. */
describe.each(operations.filter(({ name }) => name !== ENDLESS))('$name', (operation) => {
  const { name, path } = operation;
  const needs = NEEDS[name];

  // What is only read is still there for the next one.
  if (operation.method === 'GET') beforeAll(moveIn);
  else beforeEach(moveIn);

  const send = async (token: string) =>
    app.inject({ ...requestOf(operation, household), headers: headersOf(token) });

  test.each(SCOPES)('with the scope %s', async (scope) => {
    const isOpen = needs === 'any' || needs === 'read' || needs === scope;
    const answer = await send(await tokenOf([scope]));
    expect(answer.statusCode).not.toBe(401);
    const isRefused = answer.body.includes(`and this needs \`${needs}\``);
    expect([isRefused, isRefused && answer.statusCode]).toEqual([!isOpen, isOpen ? false : 403]);
  });

  test('with a token for another router gives nothing of this one', async () => {
    const other = await createRouter(database.service, ann.userId);
    const answer = await send(await tokenOf(['control', 'manage'], other));
    // The problem names the router that was asked for, which the caller knows.
    expect(answer.body.replaceAll(household.params['router_id'] ?? '', '')).not.toContain(
      household.mark,
    );
    const withoutRouter = WITHIN_ROUTER.has(name) ? 200 : 403;
    const elsewhere = path.includes('{router_id}') ? 404 : withoutRouter;
    expect(answer.statusCode).toBe(needs === 'any' ? 204 : elsewhere);
  });

  test.runIf(path.includes('{router_id}'))('with a token for this router', async () => {
    const answer = await send(await tokenOf(['control', 'manage'], household.params['router_id']));
    expect([401, 403]).not.toContain(answer.statusCode);
    expect(operation.method === 'GET' ? answer.statusCode : 200).toBe(200);
  });
});

test('no token creates tokens', async () => {
  await moveIn();
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/tokens',
    headers: headersOf(await tokenOf(SCOPES)),
    payload: { token_name: 'another' },
  });
  expect(answer.json()).toMatchObject({ status: 403, detail: expect.stringContaining('sign in') });
});

describe('a list with a token for one router', () => {
  test.each(['/api/v1/devices', '/api/v1/audit'])(
    '%s has that router’s only, and is of no other one',
    async (url) => {
      const other = await furnish(database.service, (await signIn()).userId);
      const own = household.params['router_id'] ?? '';
      const second = await createRouter(database.service, ann.userId);
      const headers = headersOf(await tokenOf(['read'], own));
      const { items } = (await app.inject({ url, headers })).json();
      expect(items.length).toBeGreaterThan(0);
      for (const item of items) expect(item.router_id).toBe(own);
      const ofIt = await app.inject({ url: `${url}?router_id=${own}`, headers });
      expect(ofIt.json().items).toEqual(items);
      for (const router of [second, other.params['router_id'] ?? '', 'none', ''])
        expect([400, 404]).toContain(
          (await app.inject({ url: `${url}?router_id=${encodeURIComponent(router)}`, headers }))
            .statusCode,
        );
    },
  );

  test('the stream of events has that router’s only, kept or new, and resumes', async () => {
    const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/api/v1/events`;
    const own = household.params['router_id'] ?? '';
    const second = await createRouter(database.service, ann.userId);
    const rename = async (router: string, router_name: string) =>
      expect(
        (await ann.request('PATCH', `/api/v1/routers/${router}`, { router_name })).statusCode,
      ).toBe(200);
    const token = await tokenOf(['read'], own);
    await rename(own, 'first');
    await rename(second, 'secret');
    await rename(own, 'second');
    const stream = await openEventStream(url, { token, after: 0 });
    await rename(second, 'secret too');
    await rename(own, 'third');
    const events: string[] = [];
    while (!events.at(-1)?.includes('third'))
      events.push(...(await stream.take(1)).map((event) => JSON.stringify(event)));
    expect(events.filter((event) => event.includes('router.changed'))).toHaveLength(3);
    for (const event of events) expect(event).toContain(`"router_id":"${own}"`);
    expect(events.join()).not.toContain('secret');

    const position = stream.position();
    stream.close();
    await rename(second, 'secret again');
    await rename(own, 'fourth');
    const resumed = await openEventStream(url, { token, after: position });
    expect(await resumed.next()).toMatchObject({ event: 'ready', data: { resumed: true } });
    expect(JSON.stringify(await resumed.take(1))).toContain('fourth');
  });
});
