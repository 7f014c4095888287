import type { Client } from 'pg';
import { OWNER_ROLE } from '../config/database-address.ts';
import { type Result, type Subject, ok, warn } from './check.ts';

/** Domains whose addresses anybody can get. */
const FREE_MAIL = new Set([
  'aol.com',
  'gmail.com',
  'gmx.de',
  'gmx.net',
  'googlemail.com',
  'hotmail.com',
  'icloud.com',
  'live.com',
  'mail.com',
  'outlook.com',
  'proton.me',
  'web.de',
  'yahoo.com',
]);

/** Checks who can get an account at the issuer: not everybody, and somebody. */
export async function checkSignUp({ config, database }: Subject): Promise<Result | Result[]> {
  const { issuer, signUp } = config;
  if (issuer === undefined) return [];
  const { mode, domains, ownerEmail } = signUp;
  if (mode === 'open')
    return warn(
      `Everybody with an account at ${issuer.url} can get one here (SIGN_UP=open).`,
      'set SIGN_UP=invited, or SIGN_UP=domains and SIGN_UP_DOMAINS. Who has an account keeps it.',
    );
  const free = domains.filter((domain) => FREE_MAIL.has(domain));
  if (free.length > 0)
    return warn(
      `Anybody can get an address of ${free.join(', ')}, and so an account (SIGN_UP_DOMAINS).`,
      'list only domains of your own, and run `netpilot user invite` for the others.',
    );
  if (mode === 'domains') return ok(`For addresses of ${domains.join(', ')}, and by invitation.`);
  if (ownerEmail !== undefined) return ok(`By invitation; ${ownerEmail} is invited (OWNER_EMAIL).`);
  const isAnybody = database === undefined ? undefined : await hasAnybody(database.client);
  if (isAnybody === false)
    return warn(
      'Nobody can sign in: there is no account and no invitation.',
      'set OWNER_EMAIL to your address at the issuer, or run `netpilot user invite` with it.',
    );
  return ok('By invitation (SIGN_UP).');
}

/** Whether there is an account or an invitation; undefined for the service's own login, which cannot see them. */
async function hasAnybody(client: Client): Promise<boolean | undefined> {
  const exists = await client.query<{ found: boolean }>(
    `select to_regclass('invitations') is not null and pg_has_role($1, 'member') as found`,
    [OWNER_ROLE],
  );
  if (exists.rows[0]?.found !== true) return undefined;
  try {
    await client.query(
      `begin; set local role ${OWNER_ROLE}; set local netpilot.maintenance = 'on'`,
    );
    const { rows } = await client.query<{ found: boolean }>(
      'select exists (select from users) or exists (select from invitations) as found',
    );
    return rows[0]?.found;
  } finally {
    await client.query('rollback');
  }
}
