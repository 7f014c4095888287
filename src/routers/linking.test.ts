import { createHash, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import ssh2 from 'ssh2';
import { describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { countWaiting, createTestDatabase } from '../../testing/database.ts';
import { makeKeyPair, makeKeyPairOf } from '../ssh-key.ts';
import { maintenanceTransaction, tenantTransaction } from '../database/transaction.ts';
import { findKeyHolder } from './keys.ts';
import { parsePublicKey } from './public-key.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);

type Registration = { code: string; router_id?: string; public_key?: string; name?: string };

async function askForCode(
  person: Person,
): Promise<{ id: string; code: string; install_line: string }> {
  const answer = await person.request('POST', '/api/v1/pairing-codes');
  expect(answer.statusCode).toBe(201);
  return answer.json();
}

let addresses = 0;

/** As a router does, each from an address of its own. */
function register(registration: Registration) {
  addresses += 1;
  return app.inject({
    method: 'POST',
    url: '/agent/register',
    remoteAddress: `198.18.1.${addresses % 256}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      router_id: randomUUID(),
      public_key: makeKeyPair().publicKey,
      ...registration,
    }).toString(),
  });
}

async function link(person: Person, registration: Omit<Registration, 'code'> = {}) {
  const { code } = await askForCode(person);
  const answer = await register({ code, ...registration });
  expect(answer.statusCode).toBe(200);
}

function holderOf(publicKey: string) {
  return findKeyHolder(database.service, parsePublicKey(publicKey).fingerprint);
}

/**
 * Sends requests that are all in the database at the same moment: each needs the user's row, which is held
 * until each of them waits, for it or for another one.
 * @param inDatabase how many are let into it at the same moment
 */
async function atOnce<Result>(
  { userId }: Person,
  count: number,
  send: () => Promise<Result>,
  inDatabase = count,
): Promise<Result[]> {
  const { answers } = await maintenanceTransaction(database.owner, async (transaction) => {
    await sql`select from users where id = ${userId} for update`.execute(transaction);
    const sent = Promise.all(Array.from({ length: count }, send));
    while ((await countWaiting(database)) !== inDatabase) await setTimeout(5);
    return { answers: sent };
  });
  return answers;
}

describe('a pairing code', () => {
  test('comes with the line to paste on the router', async () => {
    const ann = await signIn();
    const answer = await ann.request('POST', '/api/v1/pairing-codes');
    const { code, install_line } = answer.json();
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/);
    const script = createHash('sha256')
      .update((await app.inject('/install.sh')).body)
      .digest('hex');
    expect(install_line).toContain(`wget -qO- 'http://localhost:8080/install.sh?code=`);
    expect(install_line).toContain(script);
    expect(install_line.endsWith(` sh ${code}`)).toBe(true);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('is nowhere in the database, whatever key the request came with', async () => {
    const ann = await signIn();
    const answer = await ann.request('POST', '/api/v1/pairing-codes', undefined, {
      'idempotency-key': randomUUID(),
    });
    const { code } = answer.json();
    const kept = await maintenanceTransaction(database.owner, async (transaction) => [
      await transaction.selectFrom('pairing_codes').selectAll().execute(),
      await transaction.selectFrom('idempotency_keys').selectAll().execute(),
      await transaction.selectFrom('audit_entries').selectAll().execute(),
    ]);
    expect(JSON.stringify(kept)).not.toContain(code);
    expect(JSON.stringify(kept)).not.toContain(code.replaceAll('-', ''));
  });

  test('links a router to the user who asked for it, and tells where to dial', async () => {
    const ann = await signIn();
    const { id, code, install_line } = await askForCode(ann);
    const progress = () => ann.request('GET', `/api/v1/pairing-codes/${id}`);
    expect((await progress()).json()).toMatchObject({ state: 'waiting', router_id: null });

    const [, path = ''] = /'http:..[^/]+([^']+)'/.exec(install_line) ?? [];
    expect((await app.inject(path)).statusCode).toBe(200);
    expect((await progress()).json()).toMatchObject({ state: 'fetched' });

    const router_id = randomUUID();
    const public_key = makeKeyPair().publicKey;
    const answer = await register({ code, router_id, public_key, name: 'OpenWrt' });
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.body).toBe(
      `router_id ${router_id}\nhost routers.example.com\nport 2222\nhost_key ssh-ed25519 AAAA\nhost_key ssh-rsa AAAA\n`,
    );
    expect(await holderOf(public_key)).toEqual({
      state: 'linked',
      user_id: ann.userId,
      router_id,
    });
    expect((await progress()).json()).toMatchObject({ state: 'registered', router_id });
    expect((await ann.request('GET', `/api/v1/routers/${router_id}`)).json()).toMatchObject({
      router_name: 'OpenWrt',
      is_active: true,
    });
    const audit = (await ann.request('GET', '/api/v1/audit')).json();
    expect(audit.items).toContainEqual(
      expect.objectContaining({ action: 'router.linked', actor: 'router', router_id }),
    );

    await tenantTransaction(database.service, ann.userId, (transaction) =>
      transaction
        .updateTable('user_routers')
        .set({ last_seen: new Date().toISOString() })
        .where('router_id', '=', router_id)
        .execute(),
    );
    expect((await progress()).json()).toMatchObject({ state: 'connected', device_count: 0 });
  });

  test('is taken as people type it, and as JSON', async () => {
    const ann = await signIn();
    const { code } = await askForCode(ann);
    const answer = await app.inject({
      method: 'POST',
      url: '/agent/register',
      payload: {
        code: ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('1', 'l').replaceAll('0', 'o')}`,
        router_id: randomUUID(),
        public_key: makeKeyPair().publicKey,
      },
    });
    expect(answer.statusCode).toBe(200);
  });

  test('works once', async () => {
    const ann = await signIn();
    const { code } = await askForCode(ann);
    expect((await register({ code })).statusCode).toBe(200);
    expect((await register({ code })).statusCode).toBe(409);
  });

  test('links one of ten routers that come with it at once', async () => {
    const ann = await signIn();
    const { code } = await askForCode(ann);
    const answers = await atOnce(ann, 10, () => register({ code }));
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(9);
    expect((await ann.request('GET', '/api/v1/routers')).json().items).toHaveLength(1);
  });

  test('gives the same router the same answer again, as the first may have been lost', async () => {
    const ann = await signIn();
    const registration = {
      code: (await askForCode(ann)).code,
      router_id: randomUUID(),
      public_key: makeKeyPair().publicKey,
    };
    const [first, again] = await Promise.all([register(registration), register(registration)]);
    expect(first.statusCode).toBe(200);
    expect(again.body).toBe(first.body);
    expect((await register({ ...registration, router_id: 'other' })).statusCode).toBe(409);
    // Another router of the same user's, linked by another code, has no part in this one.
    const other = { router_id: randomUUID(), public_key: makeKeyPair().publicKey };
    await link(ann, other);
    expect((await register({ ...registration, ...other })).statusCode).toBe(409);
    await ann.request('POST', `/api/v1/routers/${registration.router_id}/unlink`);
    expect((await register(registration)).statusCode).toBe(409);
  });

  test.each(['wrong', 'expired', "an inactive user's"])(
    'that is %s is not found, and nothing is linked',
    async (fault) => {
      const ann = await signIn();
      const { code } = await askForCode(ann);
      await maintenanceTransaction(database.owner, async (transaction) => {
        if (fault === 'expired')
          await sql`update pairing_codes set expires_at = now() where user_id = ${ann.userId}`.execute(
            transaction,
          );
        if (fault === "an inactive user's")
          await sql`update users set is_active = false where id = ${ann.userId}`.execute(
            transaction,
          );
      });
      const public_key = makeKeyPair().publicKey;
      const answer = await register({ code: fault === 'wrong' ? 'AAAA' : code, public_key });
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.body).not.toContain(ann.userId);
      expect(await holderOf(public_key)).toBeUndefined();
    },
  );

  test('is refused to who asks for an eleventh within ten minutes', async () => {
    const ann = await signIn();
    // One user's share of the database is 4 transactions.
    const answers = await atOnce(ann, 13, () => ann.request('POST', '/api/v1/pairing-codes'), 4);
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 201)).toHaveLength(10);
    expect(answers.find(({ statusCode }) => statusCode === 429)?.headers['retry-after']).toMatch(
      /^\d+$/,
    );
    await (await signIn()).request('POST', '/api/v1/pairing-codes');
  });
});

describe('a registration', () => {
  const weakKey = ssh2.utils.generateKeyPairSync('rsa', { bits: 1024 }).public;

  test('may be by an RSA key, as some routers have no other', async () => {
    const ann = await signIn();
    const { publicKey } = await makeKeyPairOf('rsa');
    const router_id = randomUUID();
    await link(ann, { router_id, public_key: publicKey });
    expect(await holderOf(publicKey)).toEqual({ state: 'linked', user_id: ann.userId, router_id });
  });

  test.each([
    [{ router_id: '-rf' }, 'router_id'],
    [{ router_id: 'a b' }, 'router_id'],
    [{ public_key: 'ssh-rsa AAAAB3NzaC1yc2E=' }, 'public_key'],
    [{ public_key: weakKey }, 'public_key'],
    [{ public_key: `ssh-ed25519 ${'A'.repeat(68)}` }, 'public_key'],
    [{ public_key: `${makeKeyPair().publicKey}\nssh-ed25519 AAAA` }, 'public_key'],
    [{ name: '\u001b[31m' }, 'name'],
  ])('with %j is refused and names the field', async (fault, field) => {
    const ann = await signIn();
    const { code } = await askForCode(ann);
    const answer = await register({ code, ...fault });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ field }]);
    // The code is not spent on it.
    expect((await register({ code })).statusCode).toBe(200);
  });

  test('is refused to an address that guesses', async () => {
    const guess = () =>
      app.inject({
        method: 'POST',
        url: '/agent/register',
        remoteAddress: '198.18.2.1',
        payload: { code: 'AAAA', router_id: 'r', public_key: makeKeyPair().publicKey },
      });
    for (let attempt = 0; attempt < 20; attempt += 1) expect((await guess()).statusCode).toBe(404);
    expect((await guess()).statusCode).toBe(429);
  });
});

describe('a router that is linked again', () => {
  test('is the same one, with its name and its policy, and dials in with its new key only', async () => {
    const ann = await signIn();
    const router_id = randomUUID();
    const [old, fresh] = [makeKeyPair().publicKey, makeKeyPair().publicKey];
    await link(ann, { router_id, public_key: old, name: 'OpenWrt' });
    const url = `/api/v1/routers/${router_id}`;
    await ann.request('PATCH', url, { router_name: 'Home' });
    await ann.request('PATCH', `${url}/policy`, { mode: 'whitelist' });
    await ann.request('POST', `${url}/unlink`);
    await link(ann, { router_id, public_key: fresh, name: 'OpenWrt' });
    expect((await ann.request('GET', url)).json()).toMatchObject({
      router_name: 'Home',
      is_active: true,
    });
    expect((await ann.request('GET', `${url}/policy`)).json()).toMatchObject({ mode: 'whitelist' });
    // Not `unlinked`: the agent would hear it while it takes its new key.
    expect(await holderOf(old)).toBeUndefined();
    expect(await holderOf(fresh)).toMatchObject({ state: 'linked', router_id });
  });

  test('twice at once, has one key', async () => {
    const ann = await signIn();
    const router_id = randomUUID();
    const codes = await Promise.all(Array.from({ length: 4 }, () => askForCode(ann)));
    await atOnce(ann, 4, () => register({ code: codes.pop()?.code ?? '', router_id }));
    const keys = await tenantTransaction(database.service, ann.userId, (transaction) =>
      transaction
        .selectFrom('router_keys')
        .selectAll()
        .where('router_id', '=', router_id)
        .execute(),
    );
    expect(keys).toHaveLength(4);
    expect(keys.filter(({ revoked_at }) => revoked_at === null)).toHaveLength(1);
  });

  test('by somebody else is also theirs, and nothing changes for its first owner', async () => {
    const [ann, bob] = [await signIn(), await signIn()];
    const router_id = randomUUID();
    const [anns, bobs] = [makeKeyPair().publicKey, makeKeyPair().publicKey];
    await link(ann, { router_id, public_key: anns });
    await link(bob, { router_id, public_key: bobs });
    expect(await holderOf(anns)).toMatchObject({ state: 'linked', user_id: ann.userId });
    expect(await holderOf(bobs)).toMatchObject({ state: 'linked', user_id: bob.userId });
  });
});

describe("a key that is or was another router's", () => {
  test.each(['linked', 'unlinked', 'deleted'])('which is %s, is refused', async (state) => {
    const [ann, bob] = [await signIn(), await signIn()];
    const router_id = randomUUID();
    const public_key = makeKeyPair().publicKey;
    await link(ann, { router_id, public_key });
    if (state === 'unlinked') await ann.request('POST', `/api/v1/routers/${router_id}/unlink`);
    if (state === 'deleted') await ann.request('DELETE', `/api/v1/routers/${router_id}`);
    const before = await holderOf(public_key);
    for (const person of [ann, bob]) {
      const { code } = await askForCode(person);
      const taken = await register({ code, public_key });
      expect(taken.statusCode).toBe(409);
      expect(taken.body).not.toContain(ann.userId);
      // The code is not spent on it: the router makes another key.
      expect((await register({ code })).statusCode).toBe(200);
    }
    expect(await holderOf(public_key)).toEqual(before);
  });
});

test('the key of an inactive user opens nothing, until the user is active again', async () => {
  const ann = await signIn();
  const public_key = makeKeyPair().publicKey;
  await link(ann, { public_key });
  const setActive = (is_active: boolean) =>
    maintenanceTransaction(database.owner, (transaction) =>
      transaction.updateTable('users').set({ is_active }).where('id', '=', ann.userId).execute(),
    );
  await setActive(false);
  expect(await holderOf(public_key)).toBeUndefined();
  await setActive(true);
  expect(await holderOf(public_key)).toMatchObject({ state: 'linked' });
});
