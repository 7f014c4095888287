import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Actor } from './actor.ts';
import type { Database } from '../database/pool.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError, InvalidInputError } from '../errors.ts';
import { inTenant } from './signed-in.ts';

/** What a POST answers. */
export type Answer<Body extends Record<string, unknown>> = {
  status: 200 | 201 | 202;
  body: Body;
  location?: string;
};

/**
 * Runs a POST's work in one transaction of the user, and at most once for an `Idempotency-Key`
 * (draft-ietf-httpapi-idempotency-key-header): the answer is kept with what the work wrote, so a
 * repeated request gets it again, whatever crashed in between. The same key with another request is
 * refused.
 */
export async function once<Body extends Record<string, unknown>>(
  database: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (transaction: TenantTransaction, actor: Actor) => Promise<Answer<Body>>,
): Promise<FastifyReply> {
  const key = readKey(request);
  const { status, location, body } = await inTenant(
    database,
    request,
    async (transaction, actor) => {
      if (key === undefined) return render(await work(transaction, actor), reply);
      const hash = hashOf(request);
      // Two requests with one key at once: the second waits here and then finds the first one's answer.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`${actor.userId} ${key}`}, 0))`.execute(
        transaction,
      );
      const kept = await transaction
        .selectFrom('idempotency_keys')
        .selectAll()
        .where('user_id', '=', actor.userId)
        .where('key', '=', key)
        .executeTakeFirst();
      if (kept !== undefined) {
        if (!hash.equals(kept.request_hash)) {
          throw new ConflictError(
            `Idempotency-Key ${JSON.stringify(key)} was used for another request: use a fresh key for each new one.`,
          );
        }
        return {
          status: kept.response_status,
          location: kept.response_location,
          body: kept.response_body,
        };
      }
      const answer = render(await work(transaction, actor), reply);
      await transaction
        .insertInto('idempotency_keys')
        .values({
          user_id: actor.userId,
          key,
          request_hash: hash,
          response_status: answer.status,
          response_location: answer.location,
          response_body: answer.body,
        })
        .execute();
      return answer;
    },
  );
  if (location !== null) void reply.header('location', location);
  return reply.code(status).type('application/json; charset=utf-8').serializer(String).send(body);
}

type Rendered = { status: number; location: string | null; body: string };

/** Writes the answer as the route's schema has it, before the transaction ends: what is kept is what is sent. */
function render<Body extends Record<string, unknown>>(
  { status, body, location }: Answer<Body>,
  reply: FastifyReply,
): Rendered {
  reply.code(status);
  return {
    status,
    location: location ?? null,
    body: String(reply.serializeInput(body, String(status))),
  };
}

function readKey(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new InvalidInputError([
    {
      field: 'Idempotency-Key',
      value: key,
      expected: '1 to 255 printable characters without spaces',
    },
  ]);
}

function hashOf(request: FastifyRequest): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([request.method, request.url, request.body ?? null]))
    .digest();
}
