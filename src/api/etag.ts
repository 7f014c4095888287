import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PreconditionFailedError } from '../errors.ts';

/**
 * A strong entity tag (RFC 9110, 8.8.3) of what a person can edit. Only that is hashed: a device that is
 * seen again keeps its tag, and an edit in progress in another tab stays valid.
 */
export function etagOf(editable: object): string {
  return `"${createHash('sha256').update(JSON.stringify(editable)).digest('base64url').slice(0, 22)}"`;
}

/** Adds the tag of what can be edited to the reply, and returns the body. */
export function withEtag<Body>(reply: FastifyReply, body: Body, editable: object): Body {
  void reply.header('etag', etagOf(editable));
  return body;
}

/**
 * Honours `If-Match` (RFC 9110, 13.1.1): throws PreconditionFailedError if what is stored is no
 * longer what the caller saw. Without the header the write goes ahead.
 */
export function requireMatch(request: FastifyRequest, editable: object): void {
  const header = request.headers['if-match'];
  if (header === undefined || header.trim() === '*') return;
  const wanted = header.split(',').map((tag) => tag.trim());
  if (!wanted.includes(etagOf(editable)))
    throw new PreconditionFailedError(
      'This was changed elsewhere since you read it: read it again, then decide.',
    );
}
