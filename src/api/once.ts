import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Sender } from './actor.ts';
import type { Database } from '../database/pool.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError, InvalidInputError } from '../errors.ts';
import { inTenant } from './signed-in.ts';

/** The response to a POST. */
export type PostResponse = {
  status: 200 | 201 | 202;
  body: Record<string, unknown>;
  location?: string;
};

/** Has the answer to a request that was answered before. */
export const REPLAYED = 'idempotent-replayed';

type Post = [
  database: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (transaction: TenantTransaction, actor: Sender) => Promise<PostResponse>,
];

/**
 * Runs a POST's work in one transaction of the user, and at most once for an `Idempotency-Key`
 * (draft-ietf-httpapi-idempotency-key-header): the response is stored in that transaction, so a
 * repeated request gets it again, even after a crash. The same key with another request is a ConflictError.
 */
export function once(...post: Post): Promise<void>;
// What Fastify awaits is the reply; for the types of a handler it is already sent.
export async function once(...[database, request, reply, work]: Post): Promise<unknown> {
  const key = readKey(request);
  const { status, location, body } = await inTenant(
    database,
    request,
    async (transaction, actor) => {
      if (key === undefined) return render(await work(transaction, actor), reply);
      const hash = hashOf(request, actor);
      // Of two simultaneous requests with one key, the second waits here, then finds the response to the first.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`${actor.userId} ${actor.actorId} ${key}`}, 0))`.execute(
        transaction,
      );
      const stored = await transaction
        .selectFrom('idempotency_keys')
        .selectAll()
        .where('user_id', '=', actor.userId)
        .where('actor_id', '=', actor.actorId)
        .where('key', '=', key)
        .executeTakeFirst();
      if (stored !== undefined) {
        if (!hash.equals(stored.request_hash)) {
          throw usedOtherwise(key);
        }
        // What was so then may not be so any more: programs can tell.
        void reply.header(REPLAYED, 'true');
        return {
          status: stored.response_status,
          location: stored.response_location,
          body: stored.response_body,
        };
      }
      const response = render(await work(transaction, actor), reply);
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto('idempotency_keys')
        .values({
          user_id: actor.userId,
          actor_id: actor.actorId,
          key,
          request_hash: hash,
          response_status: response.status,
          response_location: response.location,
          response_body: response.body,
        })
        // Used in another home, which this transaction does not see.
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 0n) throw usedOtherwise(key);
      return response;
    },
  );
  if (location !== null) void reply.header('location', location);
  return reply.code(status).type('application/json; charset=utf-8').serializer(String).send(body);
}

type Rendered = { status: number; location: string | null; body: string };

/** Serializes the response by the route's schema before the transaction ends: what is stored is what is sent. */
function render({ status, body, location }: PostResponse, reply: FastifyReply): Rendered {
  reply.code(status);
  return {
    status,
    location: location ?? null,
    body: String(reply.serializeInput(body, String(status))),
  };
}

function usedOtherwise(key: string): ConflictError {
  return new ConflictError(
    `Idempotency-Key ${JSON.stringify(key)} was used for another request: use a new key for each request.`,
  );
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

function hashOf({ method, url, body }: FastifyRequest, { homeId }: Sender): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([method, url, body ?? null, ...(homeId === undefined ? [] : [homeId])]))
    .digest();
}
