import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { makeKeyPair } from '../ssh-key.ts';
import { deleteUser } from '../accounts/operator.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { findPolicy } from '../policy/queries.ts';
import { createWakes } from '../wakes/postgresql.ts';
import { findKeyHolder } from './keys.ts';
import { createPairingCode } from './pairing-codes.ts';
import { parsePublicKey } from './public-key.ts';
import { registerRouter } from './registration.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);
/** What the commands-server hears, as another process would. */
const heard: string[] = [];
const elsewhere = createWakes(database.addresses.service, () => undefined);
afterAll(elsewhere.close);
await new Promise<void>((resolve) => {
  elsewhere.hear('router', (key) => (key === undefined ? resolve() : heard.push(key)));
});

async function link(person: Person) {
  const publicKey = parsePublicKey(makeKeyPair().publicKey);
  const { code } = await tenantTransaction(database.service, person.userId, (transaction) =>
    createPairingCode(transaction, person.userId),
  );
  const router = { code, routerId: randomUUID(), publicKey };
  await registerRouter(database.service, router);
  return { ...router, url: `/api/v1/routers/${router.routerId}` };
}

describe('unlinking a router', () => {
  test('revokes its key at once, tells the commands-server, and keeps what is known of it', async () => {
    const ann = await signIn();
    const { url, routerId, publicKey } = await link(ann);
    heard.length = 0;
    await tenantTransaction(database.service, ann.userId, (transaction) =>
      transaction
        .updateTable('router_policies')
        .set({ applied_revision: 1, applied_at: new Date().toISOString() })
        .execute(),
    );
    const answer = await ann.request('POST', `${url}/unlink`);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ router_id: routerId, is_active: false });
    expect(await findKeyHolder(database.service, publicKey.fingerprint)).toEqual({
      state: 'unlinked',
    });
    await expect.poll(() => heard).toContain(`${ann.userId} ${routerId}`);
    expect((await ann.request('GET', url)).json()).toMatchObject({ is_active: false });
    const { items } = (await ann.request('GET', '/api/v1/audit')).json();
    expect(items).toContainEqual(
      expect.objectContaining({ action: 'router.unlinked', actor: 'user', router_id: routerId }),
    );
    // It leaves its network as it was before, so no policy holds there any more.
    const policy = await tenantTransaction(database.service, ann.userId, (transaction) =>
      findPolicy(transaction, { user_id: ann.userId, router_id: routerId }),
    );
    expect(policy).toMatchObject({ applied_revision: 0, applied_at: null });
  });

  test('twice is the same as once', async () => {
    const ann = await signIn();
    const { url } = await link(ann);
    await ann.request('POST', `${url}/unlink`);
    expect((await ann.request('POST', `${url}/unlink`)).statusCode).toBe(200);
    const { items } = (await ann.request('GET', '/api/v1/audit')).json();
    expect(
      items.filter(({ action }: { action: string }) => action === 'router.unlinked'),
    ).toHaveLength(1);
  });

  test.each<[string, (ann: Person, url: string) => Promise<unknown>]>([
    ['deleting the router', (ann, url) => ann.request('DELETE', url)],
    [
      'deleting the account',
      async (ann) => {
        const { email } = (await ann.request('GET', '/api/v1/me')).json();
        await ann.request('DELETE', '/api/v1/me', { email });
      },
    ],
    [
      'the operator deleting the user',
      async (ann) => {
        const { email } = (await ann.request('GET', '/api/v1/me')).json();
        await deleteUser(database.owner, email);
      },
    ],
  ])('is part of %s', async (_what, act) => {
    const ann = await signIn();
    const { url, routerId, publicKey } = await link(ann);
    heard.length = 0;
    await act(ann, url);
    await expect.poll(() => heard).toContain(`${ann.userId} ${routerId}`);
    const holder = await findKeyHolder(database.service, publicKey.fingerprint);
    expect(holder?.state).not.toBe('linked');
  });
});

test('a deleted router is told to leave when it next dials in', async () => {
  const ann = await signIn();
  const { url, publicKey } = await link(ann);
  await ann.request('DELETE', url);
  expect(await findKeyHolder(database.service, publicKey.fingerprint)).toEqual({
    state: 'unlinked',
  });
});
