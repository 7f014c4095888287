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
 * Makes a link that signs one person in once, within 10 minutes, from this machine. Its token is in
 * the link alone; the database keeps a hash. Throws InvalidInputError for what is no e-mail address.
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
 * Takes a link out, for good, and gives the e-mail it signs in. Throws ForbiddenError where there is
 * no such link any more.
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
      `This link was used already, or is older than ${LINK_MINUTES} minutes: \`netpilot user link\` makes a new one.`,
    );
  return link.email;
}

/**
 * Throws ForbiddenError unless the request comes from this machine, to this machine. The peer alone
 * does not tell: a page elsewhere can have its own name resolve to 127.0.0.1 (DNS rebinding), and a
 * proxy on this machine passes strangers on.
 */
export function requireLoopback(request: FastifyRequest): void {
  const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/i, '');
  const name = URL.parse(`http://${request.headers.host ?? ''}`)?.hostname ?? '';
  const isForwarded = ['forwarded', 'x-forwarded-for', 'via'].some(
    (header) => request.headers[header] !== undefined,
  );
  if (!isLoopback(peer) || !isLoopback(name) || isForwarded)
    throw new ForbiddenError('The one-time link works on the machine that NetPilot runs on only.');
}
