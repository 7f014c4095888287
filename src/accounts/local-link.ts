import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { isLoopback } from '../config/loopback.ts';
import type { Database } from '../database/pool.ts';
import { credentialTransaction } from '../database/transaction.ts';
import { ForbiddenError } from '../errors.ts';
import { hashSecret } from './authentication.ts';
import { parseEmail } from './email.ts';

const LINK_MINUTES = 10;

/**
 * Creates a link that signs one person in, once, within 10 minutes, on this machine. Its token is only
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

/**
 * Removes a link and returns the e-mail that it signs in. Throws ForbiddenError if there is no such
 * link any more.
 */
export async function takeLocalLink(database: Database, token: string): Promise<string> {
  const hash = hashSecret(token);
  const link = await credentialTransaction(database, hash, (transaction) =>
    transaction
      .deleteFrom('local_sign_in_links')
      .where('token_hash', '=', hash)
      .returning('email')
      .returning(sql<boolean>`expires_at > now()`.as('is_in_time'))
      .executeTakeFirst(),
  );
  if (link?.is_in_time !== true)
    throw new ForbiddenError(
      `This link was already used, or is older than ${LINK_MINUTES} minutes: \`netpilot user link\` makes a new one.`,
    );
  return link.email;
}

/**
 * Throws ForbiddenError unless the request is from this machine, to this machine. The peer address alone
 * does not prove it: a page elsewhere can let its own name resolve to 127.0.0.1 (DNS rebinding), and a
 * proxy on this machine forwards requests of others.
 */
export function requireLoopback(request: FastifyRequest): void {
  const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/i, '');
  const name = URL.parse(`http://${request.headers.host ?? ''}`)?.hostname ?? '';
  const isForwarded = ['forwarded', 'x-forwarded-for', 'via'].some(
    (header) => request.headers[header] !== undefined,
  );
  if (!isLoopback(peer) || !isLoopback(name) || isForwarded)
    throw new ForbiddenError('The one-time link works only on the machine on which NetPilot runs.');
}
