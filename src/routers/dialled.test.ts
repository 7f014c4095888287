import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { makeKeyPair, makeKeyPairOf } from '../ssh-key.ts';
import { clientKeyOf, findDial } from './dialled.ts';

const SECRET = 'a key for tests only, 32 characters or more';
const database = await createTestDatabase();
const { app, signIn } = await createTestApp(
  database,
  {},
  { ROUTERS_DIAL_NETWORKS: '198.18.0.0/16', ROUTERS_DIAL_TUNNELS: '127.0.0.1:20000-20999' },
);
const closed = await createTestApp(await createTestDatabase());

async function askForCode(person: Person): Promise<string> {
  return (await person.request('POST', '/api/v1/pairing-codes')).json().code;
}

function register(form: Record<string, string>, remoteAddress = '192.0.2.7', server = app) {
  return server.inject({ method: 'POST', url: '/agent/register', remoteAddress, payload: form });
}

/** A router that was linked to be dialled. */
async function linkDialled(person: Person, remoteAddress?: string) {
  const form = {
    code: await askForCode(person),
    router_id: randomUUID(),
    host_key: makeKeyPair().publicKey,
  };
  const answer = await register(form, remoteAddress);
  expect(answer.statusCode).toBe(200);
  return { ...form, answer, base: `/api/v1/routers/${form.router_id}` };
}

function dialOf(person: Person, router_id: string) {
  return tenantTransaction(database.service, person.userId, (transaction) =>
    findDial(transaction, { user_id: person.userId, router_id }),
  );
}

describe('a router that we dial', () => {
  test('is told the key that it is to let in, made for it alone', async () => {
    const ann = await signIn();
    const [first, second] = [await linkDialled(ann), await linkDialled(ann)];
    expect(first.answer.body).toMatch(/^router_id .*\nclient_key ssh-ed25519 [A-Za-z0-9+/]{68}\n$/);
    const [one, two] = [await dialOf(ann, first.router_id), await dialOf(ann, second.router_id)];
    expect(one?.client_key).not.toBe(two?.client_key);
    expect(first.answer.body).toContain(one?.client_key);
  });

  test('that may know RSA alone is told an RSA key', async () => {
    const ann = await signIn();
    const host_key = (await makeKeyPairOf('rsa')).publicKey;
    const form = { code: await askForCode(ann), router_id: randomUUID(), host_key };
    const answer = await register(form);
    expect(answer.body).toMatch(/\nclient_key ssh-rsa [A-Za-z0-9+/]{500,}=*\n$/);
    const dial = await dialOf(ann, form.router_id);
    expect(dial?.host_key).toBe(host_key);
    expect(answer.body).toContain(dial?.client_key);
  });

  test('has its key sealed: another SECRET_KEY does not open it', async () => {
    const ann = await signIn();
    const { router_id } = await linkDialled(ann);
    const dial = await dialOf(ann, router_id);
    if (dial === undefined) throw new Error('it was linked');
    expect(clientKeyOf(dial, SECRET)).toContain('OPENSSH PRIVATE KEY');
    expect(dial.sealed_client_key.toString('latin1')).not.toContain('OPENSSH');
    expect(() => clientKeyOf(dial, 'another key for tests, 32 characters or more')).toThrow(
      'authenticate data',
    );
  });

  test('gets the same answer to the same code, and another router none', async () => {
    const ann = await signIn();
    const { answer, base: _, ...form } = await linkDialled(ann);
    expect((await register(form)).body).toBe(answer.body);
    const other = await register({ ...form, host_key: makeKeyPair().publicKey });
    expect(other.statusCode).toBe(409);
  });

  test('is where it registered from, if that may be dialled', async () => {
    const ann = await signIn();
    const near = await linkDialled(ann, '198.18.3.4');
    const far = await linkDialled(ann, '203.0.113.9');
    expect((await ann.request('GET', near.base)).json().router_ip).toBe('198.18.3.4');
    expect((await ann.request('GET', far.base)).json().router_ip).toBeNull();
    expect((await ann.request('GET', `${near.base}/dial`)).json()).toEqual({
      host: '198.18.3.4',
      port: 22,
      host_key: near.host_key,
      problem: null,
    });
  });

  test.each([
    [{ router_ip: '127.0.0.1' }, 'router_ip'],
    [{ router_ip: '169.254.169.254' }, 'router_ip'],
    [{ router_ip: '::ffff:127.0.0.1' }, 'router_ip'],
    [{ tunnel_port: 22 }, 'tunnel_port'],
    [{ router_ip: '198.18.3.4', tunnel_port: 5432 }, 'tunnel_port'],
  ])('is not sent where the operator has not allowed it: %j', async (place, field) => {
    const ann = await signIn();
    const { base } = await linkDialled(ann);
    const answer = await ann.request('PATCH', base, place);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ field }]);
    expect((await ann.request('PATCH', base, { router_name: 'Attic' })).statusCode).toBe(200);
  });

  test('dials in instead once it is linked so: what it was dialled with is gone, and back', async () => {
    const ann = await signIn();
    const { base, router_id } = await linkDialled(ann);
    const public_key = makeKeyPair().publicKey;
    const linked = await register({ code: await askForCode(ann), router_id, public_key });
    expect(linked.statusCode).toBe(200);
    expect((await ann.request('GET', `${base}/dial`)).statusCode).toBe(404);
    const again = { code: await askForCode(ann), router_id, host_key: makeKeyPair().publicKey };
    expect((await register(again)).statusCode).toBe(200);
    expect((await ann.request('GET', `${base}/dial`)).statusCode).toBe(200);
  });

  test('brings a host key or a key of its own, not both and not neither', async () => {
    const ann = await signIn();
    const key = makeKeyPair().publicKey;
    const form = { code: await askForCode(ann), router_id: randomUUID() };
    expect((await register(form)).json().errors).toMatchObject([{ field: 'public_key' }]);
    const both = await register({ ...form, public_key: key, host_key: key });
    expect(both.statusCode).toBe(400);
    const none = await register({ ...form, host_key: 'ssh-rsa AAAA' });
    expect(none.json().errors).toMatchObject([{ field: 'host_key' }]);
  });

  test('is not linked where the operator lets nothing be dialled; the code still works', async () => {
    const bob = await closed.signIn();
    const { code } = (await bob.request('POST', '/api/v1/pairing-codes')).json();
    const form = { code, router_id: randomUUID() };
    const refused = await register(
      { ...form, host_key: makeKeyPair().publicKey },
      undefined,
      closed.app,
    );
    expect(refused.statusCode).toBe(503);
    const { publicKey } = makeKeyPair();
    const linked = await register({ ...form, public_key: publicKey }, undefined, closed.app);
    expect(linked.statusCode).toBe(200);
  });
});
