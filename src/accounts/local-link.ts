import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Config } from '../config/config.ts';
import { isNear } from '../config/lan-address.ts';
import { isLoopback } from '../config/loopback.ts';
import type { Database } from '../database/pool.ts';
import { credentialTransaction } from '../database/transaction.ts';
import { ForbiddenError } from '../errors.ts';
import { parseEmail } from '../email.ts';
import { hashSecret } from '../sealing.ts';

const LINK_MINUTES = 10;

/**
 * Creates a link that signs one person in, once, within 10 minutes, near here (`requireNearby`). Its token is only
 * in the link; the database stores a hash. Throws InvalidInputError for an invalid e-mail address.
 */
export async function createLocalLink(
  database: Database,
  { email, publicUrl }: { email: string; publicUrl: string },
): Promise<{ url: string; expiresAt: string }> {
  const token = randomBytes(32).toString('base64url');
  const hash = hashSecret(token);
  const { expires_at: expiresAt } = await credentialTransaction(database, hash, (transaction) =>
    transaction
      .insertInto('local_sign_in_links')
      .values({
        token_hash: hash,
        email: parseEmail(email, 'email'),
        expires_at: sql`now() + make_interval(mins => ${LINK_MINUTES})`,
      })
      .returning('expires_at')
      .executeTakeFirstOrThrow(),
  );
  return { url: `${publicUrl}/auth/local?token=${token}`, expiresAt };
}

/** Removes a link and returns the e-mail that it signs in; undefined if there is no such link any more. */
export async function takeLocalLink(
  database: Database,
  token: string,
): Promise<string | undefined> {
  const hash = hashSecret(token);
  const link = await credentialTransaction(database, hash, (transaction) =>
    transaction
      .deleteFrom('local_sign_in_links')
      .where('token_hash', '=', hash)
      .returning('email')
      .returning(sql<boolean>`expires_at > now()`.as('is_in_time'))
      .executeTakeFirst(),
  );
  return link?.is_in_time === true ? link.email : undefined;
}

/** Why a link signs nobody in any more, and how to get one that does. */
export function describeUsedLink(): string {
  return `This link was already used, or is older than ${LINK_MINUTES} minutes. To get another one, run bin/netpilot user link on the machine on which NetPilot runs, or open the settings on a device that is signed in.`;
}

/**
 * Throws ForbiddenError unless the request comes from this machine, or from the home network that is served, straight
 * to the address that is served. The peer address alone does not prove it: a page elsewhere can let its own name resolve
 * to an address here (DNS rebinding), and a proxy forwards requests of others.
 */
export function requireNearby(
  request: FastifyRequest,
  { lanAddress, publicUrl }: Pick<Config, 'lanAddress' | 'publicUrl'>,
): void {
  const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/i, '').replace(/%.*/, '');
  const name = request.headers.host ?? '';
  const isForwarded = ['forwarded', 'x-forwarded-for', 'via'].some(
    (header) => request.headers[header] !== undefined,
  );
  const isNearby =
    lanAddress === undefined
      ? isLoopback(peer) && isLoopback(URL.parse(`http://${name}`)?.hostname ?? '')
      : isNear(peer) && name === new URL(publicUrl).host;
  if (isNearby && !isForwarded) return;
  throw new ForbiddenError(
    lanAddress === undefined
      ? 'The one-time link works only on the machine on which NetPilot runs.'
      : `The one-time link works only within the home network, at ${publicUrl}.`,
  );
}
