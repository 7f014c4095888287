import { Type } from 'typebox';
import { recordAudit } from '../activity/record-audit.ts';
import type { App, FastifyRequest, Services } from '../api/app.ts';
import { etagOf, requireMatch, withEtag } from '../api/etag.ts';
import { HomeThingParams, problems } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { InvalidInputError, NotFoundError, TooLargeError } from '../errors.ts';
import { lockPerson, readPicture, tagOfPicture, writePicture } from './people.ts';
import { recognisePicture } from './picture.ts';

const TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;
const LARGEST = 256 * 1024;

/** A picture that somebody opens by itself can do nothing, whatever it is made of. */
const POLICY = "default-src 'none'; sandbox";

/** Its bytes, as OpenAPI 3.1 describes them: without a schema. */
const BYTES = Object.fromEntries(TYPES.map((type) => [type, { schema: Type.Unsafe<Buffer>({}) }]));

const params = HomeThingParams;
const path = '/homes/:home_id/people/:id/picture';

export function pictureRoutes(app: App, services: Services): void {
  app.addContentTypeParser(
    [...TYPES],
    // A little more is read, so that the refusal can say what is accepted.
    { parseAs: 'buffer', bodyLimit: 2 * LARGEST },
    (_request, body, done) => done(null, body),
  );
  readRoute(app, services);
  writeRoutes(app, services);
}

function readRoute(app: App, { database }: Services): void {
  app.get(
    path,
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: 'Get the picture of a person',
        description:
          'A PNG, JPEG or WebP. With its `ETag` in `If-None-Match`, 304 if it is still the same.',
        params,
        response: {
          ...problems,
          200: { description: 'The picture.', content: BYTES },
          304: Type.Null({ description: 'It has not changed.' }),
        },
      },
    },
    async (request, reply) => {
      const picture = await inTenant(database, request, (transaction, { userId }) =>
        readPicture(transaction, { user_id: userId, ...request.params }),
      );
      if (picture === null) throw new NotFoundError('picture of the person', request.params.id);
      const tag = etagOf(tagOfPicture(picture));
      void reply.header('etag', tag);
      if (isKnown(request, tag)) return reply.code(304).send(null);
      return reply
        .headers({
          'content-type': recognisePicture(picture)?.type ?? 'application/octet-stream',
          'content-security-policy': POLICY,
          'content-disposition': 'inline',
        })
        .send(picture);
    },
  );
}

function writeRoutes(app: App, { database }: Services): void {
  app.put(
    path,
    {
      config: { access: 'manage', role: 'admin' },
      schema: {
        summary: 'Set the picture of a person',
        description:
          'A PNG, JPEG or WebP of at most 256 KB and 4096 × 4096 pixels; its bytes say which.',
        params,
        body: { content: BYTES },
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const tag = await inTenant(database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        const { name } = await lockPerson(transaction, key);
        const before = await readPicture(transaction, key);
        requireMatch(request, tagOfPicture(before));
        const picture = parsePicture(request.body);
        await writePicture(transaction, key, picture);
        const details = { home_id: key.home_id, name, picture: 'changed' };
        await recordAudit(transaction, actor, 'person.changed', { id: key.id }, details);
        return tagOfPicture(picture);
      });
      void withEtag(reply, null, tag);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    path,
    {
      config: { access: 'manage', role: 'admin' },
      schema: {
        summary: 'Remove the picture of a person',
        params,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await inTenant(database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        const { name, has_picture } = await lockPerson(transaction, key);
        if (!has_picture) throw new NotFoundError('picture of the person', key.id);
        requireMatch(request, tagOfPicture(await readPicture(transaction, key)));
        await writePicture(transaction, key, null);
        const details = { home_id: key.home_id, name, picture: 'removed' };
        await recordAudit(transaction, actor, 'person.changed', { id: key.id }, details);
      });
      return reply.code(204).send(null);
    },
  );
}

/** Throws InvalidInputError for what is not a picture, and TooLargeError. */
function parsePicture(body: unknown): Buffer {
  const expected = 'a PNG, JPEG or WebP picture, as it is, with its Content-Type';
  if (!Buffer.isBuffer(body)) throw new InvalidInputError([{ field: 'body', expected }]);
  if (body.length > LARGEST)
    throw new TooLargeError(
      `A picture has at most 256 KB, and this one has ${Math.ceil(body.length / 1024)}: send a smaller one.`,
    );
  if (recognisePicture(body) === undefined)
    throw new InvalidInputError([
      { field: 'body', expected: 'a PNG, JPEG or WebP picture of at most 4096 × 4096 pixels' },
    ]);
  return body;
}

/** Whether the caller has this version already (RFC 9110, 13.1.2). */
function isKnown({ headers }: FastifyRequest, tag: string): boolean {
  const known = headers['if-none-match']?.split(',').map((each) => each.trim().replace(/^W\//, ''));
  return known !== undefined && (known.includes(tag) || known.includes('*'));
}
