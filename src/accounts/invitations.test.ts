/** Who gets an account by signing in at the issuer for the first time. */
import { describe, expect, test } from 'vitest';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import type { Claims } from '../../testing/issuer.ts';
import {
  type SignInService,
  newBrowser,
  somebody,
  startSignInService,
} from '../../testing/sign-in.ts';
import { maintenanceTransaction } from '../database/transaction.ts';
import { invite, listInvitations, withdrawInvitation } from './invitations.ts';

const database = await createTestDatabase();
const start = (environment: Record<string, string>) =>
  startSignInService(database, { environment: { SIGN_UP: '', ...environment } });
const invited = await start({ OWNER_EMAIL: 'Owner@Example.com' });
const domains = await start({ SIGN_UP: 'domains', SIGN_UP_DOMAINS: 'müller.example' });
const open = await start({ SIGN_UP: 'open' });

/** Signs in, and gives the status and, if it was refused, the problem. */
async function arrive(service: SignInService, person: Claims) {
  const page = await service.signIn(person, newBrowser());
  return page.status === 303 ? { status: 303 } : JSON.parse(page.text);
}

function usersWith(email: string) {
  return maintenanceTransaction(database.owner, (transaction) =>
    transaction.selectFrom('users').select('id').where('email', '=', email).execute(),
  );
}

describe('by default, nobody but who was named gets an account', () => {
  test('a stranger is refused, and leaves nothing; the answer says who can help, and how', async () => {
    const person = somebody();
    const email = person.email ?? '';
    expect(await arrive(invited, person)).toMatchObject({
      type: '/problems/not-invited',
      status: 403,
      email,
      detail: expect.stringContaining(`\`netpilot user invite ${email}\``),
    });
    expect(await usersWith(email)).toEqual([]);
  });

  test('the owner is always invited', async () => {
    expect(await arrive(invited, somebody({ email: 'owner@EXAMPLE.com' }))).toEqual({
      status: 303,
    });
  });

  test('an invitation is used up by an account, which then signs in without', async () => {
    const person = somebody();
    const email = person.email ?? '';
    expect(await invite(database.owner, email)).toBe('invited');
    expect(await invite(database.owner, email)).toBe('invited-before');
    expect(await arrive(invited, person)).toEqual({ status: 303 });
    expect(await listInvitations(database.owner)).toEqual([]);
    expect(await invite(database.owner, email)).toBe('has-account');
    expect(await arrive(invited, person)).toEqual({ status: 303 });
  });

  test('one that was withdrawn counts no more', async () => {
    const person = somebody();
    const email = person.email ?? '';
    await invite(database.owner, email);
    await withdrawInvitation(database.owner, email);
    expect(await arrive(invited, person)).toMatchObject({ status: 403 });
    await expect(withdrawInvitation(database.owner, email)).rejects.toThrow('no invitation');
  });

  test('an address that the issuer has not verified opens no invitation', async () => {
    const person = somebody({ email_verified: false });
    const email = person.email ?? '';
    await invite(database.owner, email);
    expect(await arrive(invited, person)).toMatchObject({ type: '/problems/forbidden' });
    expect(await usersWith(email)).toEqual([]);
    await withdrawInvitation(database.owner, email);
  });

  test.each(['ann@example.com.evil.example', 'owner@example.co', 'wner@example.com'])(
    '%s is not the owner',
    async (email) => {
      expect(await arrive(invited, somebody({ email }))).toMatchObject({ status: 403 });
    },
  );

  test('an account from an import is as good as an invitation', async () => {
    const person = somebody();
    await createUser(database.service, person.email);
    expect(await arrive(invited, person)).toEqual({ status: 303 });
  });

  test('who has an account keeps it, no matter who may sign up now', async () => {
    const person = somebody();
    expect(await arrive(open, person)).toEqual({ status: 303 });
    const moved = { ...person, email: `moved-${person.email}` };
    expect(await arrive({ ...invited, signIn: (_, by) => open.signIn(moved, by) }, moved)).toEqual({
      status: 303,
    });
  });
});

describe('with a list of domains', () => {
  test('who has an address there gets an account, in either spelling', async () => {
    for (const email of ['ann@müller.example', 'BOB@xn--mller-kva.EXAMPLE'])
      expect(await arrive(domains, somebody({ email }))).toEqual({ status: 303 });
  });

  test.each(['ann@sub.müller.example', 'ann@notmüller.example', 'ann@müller.example.evil.example'])(
    '%s is of another one',
    async (email) => {
      expect(await arrive(domains, somebody({ email }))).toMatchObject({ status: 403 });
    },
  );

  test('others are invited', async () => {
    const person = somebody();
    await invite(database.owner, person.email ?? '');
    expect(await arrive(domains, person)).toEqual({ status: 303 });
  });
});

test('open is for everybody the issuer vouches for', async () => {
  expect(await arrive(open, somebody())).toEqual({ status: 303 });
});
