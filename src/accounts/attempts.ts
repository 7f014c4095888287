import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../database/pool.ts';
import { credentialTransaction } from '../database/transaction.ts';
import { ForbiddenError } from '../errors.ts';
import type { SignInSecrets } from './openid.ts';
import { hashSecret } from '../sealing.ts';
import { nameCell, withoutCell } from '../secret-cell.ts';

/** How long a person may take to sign in at the issuer. */
export const ATTEMPT_MINUTES = 10;

/**
 * The `state` of a new sign-in: 256 random bits, and their seal with a key that only the browser in which it began has.
 * So a callback's address is useless in another browser (RFC 9700, 4.7), and several tabs can sign in at once.
 * @param cell where it began, and goes on
 */
export function makeState(browserKey: string, cell?: number): string {
  const random = randomBytes(32).toString('base64url');
  return nameCell(cell, `${random}.${seal(random, browserKey)}`);
}

/** Whether the sign-in with this `state` began in the browser that has this key. */
export function isSameBrowser(state: string, browserKey: string | undefined): boolean {
  const [random = '', mark = ''] = withoutCell(state).split('.');
  return (
    browserKey !== undefined &&
    timingSafeEqual(hashSecret(seal(random, browserKey)), hashSecret(mark))
  );
}

/** Throws ForbiddenError if the sign-in with this `state` did not begin in the browser that has this key. */
export function requireSameBrowser(state: string, browserKey: string | undefined): void {
  if (!isSameBrowser(state, browserKey))
    throw new ForbiddenError(
      'This sign-in did not begin in this browser, or cookies are off: sign in again.',
    );
}

/** What a sign-in is for. */
export type Destination = {
  returnTo: string;
  /** Whether the issuer is told to ask the person again. */
  isFresh: boolean;
  /** The user who was signed in already, and must come back. */
  forUser: string | undefined;
};

/** Stores what the callback needs. Only a hash of the state: a reader of the database cannot finish the sign-in. */
export async function storeAttempt(
  database: Database,
  { state, nonce, codeVerifier }: SignInSecrets,
  { returnTo, isFresh, forUser }: Destination,
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
        is_fresh: isFresh,
        for_user: forUser ?? null,
        expires_at: sql`now() + make_interval(mins => ${ATTEMPT_MINUTES})`,
      })
      .execute(),
  );
}

/**
 * Removes the attempt, whether or not the sign-in succeeds: a callback works once. Throws ForbiddenError
 * if it was already used or has expired.
 */
export async function takeAttempt(
  database: Database,
  state: string,
): Promise<SignInSecrets & Destination> {
  const hash = hashSecret(state);
  const attempt = await credentialTransaction(database, hash, (transaction) =>
    transaction
      .deleteFrom('sign_in_attempts')
      .where('state_hash', '=', hash)
      .returning(['nonce', 'code_verifier', 'return_to', 'is_fresh', 'for_user'])
      .returning(sql<boolean>`expires_at > now()`.as('is_in_time'))
      .executeTakeFirst(),
  );
  if (attempt?.is_in_time !== true)
    throw new ForbiddenError(
      `This sign-in was already finished, or took more than ${ATTEMPT_MINUTES} minutes: sign in again.`,
    );
  return {
    state,
    nonce: attempt.nonce,
    codeVerifier: attempt.code_verifier,
    returnTo: attempt.return_to,
    isFresh: attempt.is_fresh,
    forUser: attempt.for_user ?? undefined,
  };
}

function seal(random: string, browserKey: string): string {
  return createHmac('sha256', browserKey).update(random).digest('base64url');
}
