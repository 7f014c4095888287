import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../database/pool.ts';
import { credentialTransaction } from '../database/transaction.ts';
import { ForbiddenError } from '../errors.ts';
import { hashSecret } from './authentication.ts';
import type { SignInSecrets } from './openid.ts';

/** How long a person may take at the issuer's. */
export const ATTEMPT_MINUTES = 10;

/**
 * The `state` of a new sign-in: 256 random bits, and their seal under a key that only the browser it began in holds.
 * So a callback's address opens nothing in another browser (RFC 9700, 4.7), and any number of tabs may sign in at once.
 */
export function makeState(browserKey: string): string {
  const random = randomBytes(32).toString('base64url');
  return `${random}.${seal(random, browserKey)}`;
}

/** Throws ForbiddenError where the sign-in of this `state` did not begin in the browser that has this key. */
export function requireSameBrowser(state: string, browserKey: string | undefined): void {
  const [random = '', mark = ''] = state.split('.');
  const isSame =
    browserKey !== undefined &&
    timingSafeEqual(hashSecret(seal(random, browserKey)), hashSecret(mark));
  if (!isSame)
    throw new ForbiddenError(
      'This sign-in did not begin in this browser, or cookies are off: sign in again.',
    );
}

/** Keeps what the callback needs. Of the state only a hash: who reads the database cannot finish the sign-in. */
export async function storeAttempt(
  database: Database,
  { state, nonce, codeVerifier }: SignInSecrets,
  returnTo: string,
): Promise<void> {
  const hash = hashSecret(state);
  await credentialTransaction(database, hash, (transaction) =>
    transaction
      .insertInto('sign_in_attempts')
      .values({
        state_hash: hash,
        nonce,
        code_verifier: codeVerifier,
        return_to: returnTo,
        expires_at: sql`now() + make_interval(mins => ${ATTEMPT_MINUTES})`,
      })
      .execute(),
  );
}

/**
 * Takes the attempt out, for good, whatever comes of it: a callback works once. Throws ForbiddenError
 * where it was taken already or has expired.
 */
export async function takeAttempt(
  database: Database,
  state: string,
): Promise<SignInSecrets & { returnTo: string }> {
  const hash = hashSecret(state);
  const attempt = await credentialTransaction(database, hash, (transaction) =>
    transaction
      .deleteFrom('sign_in_attempts')
      .where('state_hash', '=', hash)
      .returning(['nonce', 'code_verifier', 'return_to'])
      .returning(sql<boolean>`expires_at > now()`.as('is_in_time'))
      .executeTakeFirst(),
  );
  if (attempt?.is_in_time !== true)
    throw new ForbiddenError(
      `This sign-in was finished already, or took more than ${ATTEMPT_MINUTES} minutes: sign in again.`,
    );
  return {
    state,
    nonce: attempt.nonce,
    codeVerifier: attempt.code_verifier,
    returnTo: attempt.return_to,
  };
}

function seal(random: string, browserKey: string): string {
  return createHmac('sha256', browserKey).update(random).digest('base64url');
}
