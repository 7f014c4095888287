import { expect, test } from 'vitest';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import { parseConfig } from '../config/config.ts';
import { withClient } from '../database/roles.ts';
import { invite, withdrawInvitation } from '../accounts/invitations.ts';
import { checkSignUp } from './sign-up.ts';

const database = await createTestDatabase();
const ISSUER = { GOOGLE_CLIENT_ID: 'client', GOOGLE_CLIENT_SECRET: 'secret' };
const EVERYBODY = /^Everybody with an account at https:\/\/accounts\.google\.com /;
const configOf = (environment: Record<string, string>) =>
  parseConfig({ ...ISSUER, ...environment });

test.each([
  [{ SIGN_UP: 'open' }, 'warn', EVERYBODY],
  [{ SIGN_UP: 'domains', SIGN_UP_DOMAINS: 'example.com' }, 'ok', /example\.com/],
  [{ SIGN_UP: 'domains', SIGN_UP_DOMAINS: 'example.com,gmail.com' }, 'warn', /of gmail\.com/],
  [{ OWNER_EMAIL: 'ann@example.com' }, 'ok', /ann@example\.com is invited/],
  [{}, 'ok', /^By invitation/],
])('%j: %s', async (environment, state, message) => {
  expect(await checkSignUp({ config: configOf(environment) })).toMatchObject({
    state,
    message: expect.stringMatching(message),
  });
});

test('does not apply without an issuer', async () => {
  expect(await checkSignUp({ config: parseConfig({ SIGN_UP: 'open' }) })).toEqual([]);
});

test('warns if nobody can sign in, until somebody is invited or has an account', async () => {
  const { admin, service } = database.addresses;
  const check = () =>
    withClient(admin, (client) =>
      checkSignUp({ config: configOf({}), database: { client, service, secretKey: '' } }),
    );
  const nobody = {
    state: 'warn',
    message: 'Nobody can sign in: there is no account and no invitation.',
    fix: expect.stringContaining('OWNER_EMAIL'),
  };
  expect(await check()).toEqual(nobody);
  await invite(database.owner, 'ann@example.com');
  expect(await check()).toMatchObject({ state: 'ok' });
  await withdrawInvitation(database.owner, 'ann@example.com');
  expect(await check()).toEqual(nobody);
  await createUser(database.service);
  expect(await check()).toMatchObject({ state: 'ok' });
});
