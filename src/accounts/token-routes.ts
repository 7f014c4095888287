import { Type } from 'typebox';
import type { App, Services } from '../api/app.ts';
import { Id, Name, Timestamp, problems } from '../api/schema.ts';
import { inTenant, signedIn } from '../api/signed-in.ts';
import { ForbiddenError } from '../errors.ts';
import { type Token, createToken, endToken, listTokens } from './tokens.ts';

const TokenSchema = Type.Object({
  id: Id,
  token_name: Name,
  created_at: Timestamp(),
  last_used_at: Timestamp('To within five minutes.'),
  expires_at: Timestamp(),
});
const NewToken = Type.Object({
  ...TokenSchema.properties,
  token: Type.String({ description: 'Shown this once; only a hash of it is kept.' }),
});
const TokenAddition = Type.Object(
  {
    token_name: Name,
    days: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 366, description: 'How long it works; 90 unless told.' }),
    ),
  },
  { additionalProperties: false },
);

const tags = ['account'];

/** API tokens: what a program sends as `Authorization: Bearer`, in place of a session's cookie. */
export function tokenRoutes(app: App, { database, onSessions }: Services): void {
  app.get(
    '/tokens',
    {
      schema: {
        tags,
        summary: "One's API tokens, newest first",
        response: { ...problems, 200: Type.Object({ items: Type.Array(TokenSchema) }) },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, { userId }) => ({
        items: (await listTokens(transaction, userId)).map(present),
      })),
  );

  app.post(
    '/tokens',
    {
      schema: {
        tags,
        summary: 'Make an API token',
        description:
          'A program sends it as `Authorization: Bearer …` and may then do what its owner may, but make tokens. An `Idempotency-Key` changes nothing here: its answer would have to be kept, and a token is kept nowhere.',
        body: TokenAddition,
        response: { ...problems, 201: NewToken, 403: Type.Ref('Problem') },
      },
    },
    async (request, reply) => {
      if (signedIn(request).isToken)
        throw new ForbiddenError('A token makes no tokens: sign in to make one.');
      const { token, row } = await inTenant(database, request, (transaction, actor) =>
        createToken(transaction, actor, request.body),
      );
      onSessions('started', [row.session_id]);
      return reply
        .code(201)
        .headers({ location: '/api/v1/tokens', 'cache-control': 'no-store' })
        .send({ ...present(row), token });
    },
  );

  app.delete(
    '/tokens/:id',
    {
      schema: {
        tags,
        summary: 'End an API token, at once',
        params: Type.Object({ id: Id }),
        response: { ...problems, 204: Type.Null() },
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

function present({ id, token_name, created_at, last_used_at, expires_at }: Token) {
  return { id, token_name, created_at, last_used_at, expires_at };
}
