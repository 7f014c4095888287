import { Type } from 'typebox';
import type { App, Services } from '../api/app.ts';
import { Id, IdParams, Name, Strict, Timestamp } from '../api/schema.ts';
import { inTenant, signedIn } from '../api/signed-in.ts';
import { ForbiddenError } from '../errors.ts';
import { createToken, endToken, listTokens } from './tokens.ts';

const TokenSchema = Type.Object({
  id: Id,
  token_name: Name,
  created_at: Timestamp(),
  last_used_at: Timestamp('Within five minutes.'),
  expires_at: Timestamp(),
});
const NewToken = Type.Object({
  ...TokenSchema.properties,
  token: Type.String({ description: 'Shown only now; the database stores a hash.' }),
});
const TokenAddition = Strict({
  token_name: Name,
  days: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 366, description: 'How long it works; default: 90.' }),
  ),
});

/** API tokens: what a program sends as `Authorization: Bearer`, instead of a session's cookie. */
export function tokenRoutes(app: App, { database, onSessions }: Services): void {
  app.get(
    '/tokens',
    {
      schema: {
        summary: 'List your API tokens, newest first',
        response: { 200: Type.Object({ items: Type.Array(TokenSchema) }) },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, { userId }) => ({
        items: await listTokens(transaction, userId),
      })),
  );

  app.post(
    '/tokens',
    {
      schema: {
        summary: 'Create an API token',
        description:
          'A program sends it as `Authorization: Bearer …` and may do everything that its owner may, except create tokens. An `Idempotency-Key` has no effect here: the response would have to be stored, and the token is not stored.',
        body: TokenAddition,
        response: { 201: NewToken, 403: Type.Ref('Problem') },
      },
    },
    async (request, reply) => {
      if (signedIn(request).isToken)
        throw new ForbiddenError('A token cannot create tokens: sign in to create one.');
      const { token, row } = await inTenant(database, request, (transaction, actor) =>
        createToken(transaction, actor, request.body),
      );
      onSessions('started', [row.session_id]);
      return reply
        .code(201)
        .headers({ location: '/api/v1/tokens', 'cache-control': 'no-store' })
        .send({ ...row, token });
    },
  );

  app.delete(
    '/tokens/:id',
    {
      schema: {
        summary: 'End an API token, at once',
        params: IdParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const ended = await inTenant(database, request, (transaction, actor) =>
        endToken(transaction, actor, request.params.id),
      );
      onSessions('ended', [ended.session_id]);
      return reply.code(204).send(null);
    },
  );
}
