import { Type } from 'typebox';
import { SCOPES } from '../api/access.ts';
import type { App, Services } from '../api/app.ts';
import { Id, IdParams, Name, Nullable, RouterId, Strict, Timestamp } from '../api/schema.ts';
import { inTenant, signedIn } from '../api/signed-in.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { nameCell } from '../secret-cell.ts';
import { ForbiddenError, NotFoundError } from '../errors.ts';
import { type Token, createToken, devicesOfSessions, endToken, listTokens } from './tokens.ts';

const Scopes = (description: string) =>
  Type.Array(Type.Enum([...SCOPES]), { minItems: 1, uniqueItems: true, description });

const TokenSchema = Type.Object({
  id: Id,
  token_name: Name,
  scopes: Scopes('What it may do.'),
  router_id: Nullable({ ...RouterId, description: 'The one router that it may reach; null: all.' }),
  created_at: Timestamp(),
  created_by: Nullable(
    Type.String({ description: 'Public name of the session that created it, as in the audit.' }),
  ),
  created_on: Nullable(
    Type.String({
      description: 'The device of that session, such as "Firefox on Linux", while it is known.',
    }),
  ),
  last_used_at: Timestamp('Within five minutes.'),
  expires_at: Timestamp(),
});
const NewToken = Type.Object({
  ...TokenSchema.properties,
  token: Type.String({
    description:
      'Shown only now; the database stores a hash. `np_`, with several cells the number of one and `_`, 43 characters, and 6 of a checksum.',
  }),
});
const TokenAddition = Strict({
  token_name: Name,
  days: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 366, description: 'How long it works; default: 90.' }),
  ),
  scopes: Type.Optional(
    Scopes(
      'What it may do; default: `read`, which is part of each of the others. `control`: mode, rates, lists, blocks, scans. `manage`: routers, names, merged devices. `account`: settings, sessions, tokens, export, import, deletion.',
    ),
  ),
  router_id: Type.Optional({
    ...RouterId,
    description:
      'The one router that it may reach; default: all. Not together with `account`. It ends when that router is deleted.',
  }),
});

/** API tokens: what a program sends as `Authorization: Bearer`, instead of a session's cookie. */
export function tokenRoutes(app: App, services: Services): void {
  ownTokenRoute(app, services);
  const { config, database, onSessions } = services;
  app.get(
    '/tokens',
    {
      config: { access: 'account', role: 'self' },
      schema: {
        summary: 'List your API tokens, newest first',
        response: { 200: Type.Object({ items: Type.Array(TokenSchema) }) },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, { userId }) => ({
        items: await present(transaction, await listTokens(transaction, userId)),
      })),
  );

  app.post(
    '/tokens',
    {
      config: { access: 'account', role: 'self', needsFreshSignIn: true },
      schema: {
        summary: 'Create an API token',
        description:
          'A program sends it as `Authorization: Bearer …`, and may do what its scopes allow; each route needs one of them, and answers 403 without it. No token can create tokens. An `Idempotency-Key` has no effect here: the response would have to be stored, and the token is not stored.',
        body: TokenAddition,
        response: { 201: NewToken, 403: Type.Ref('Problem') },
      },
    },
    async (request, reply) => {
      if (signedIn(request).isToken)
        throw new ForbiddenError('A token cannot create tokens: sign in to create one.');
      const { token, row, items } = await inTenant(
        database,
        request,
        async (transaction, actor) => {
          const made = await createToken(transaction, actor, request.body);
          return { ...made, items: await present(transaction, [made.row]) };
        },
      );
      onSessions('started', [row.session_id]);
      return reply
        .code(201)
        .headers({ location: '/api/v1/tokens', 'cache-control': 'no-store' })
        .send({
          ...row,
          ...items[0],
          created_on: items[0]?.created_on ?? null,
          token: nameCell(config.cell?.number, token),
        });
    },
  );

  app.delete(
    '/tokens/:id',
    {
      config: { access: 'account', role: 'self' },
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

function ownTokenRoute(app: App, { database }: Services): void {
  app.get(
    '/tokens/own',
    {
      config: { access: 'read', role: 'self', isWithinRouter: true },
      schema: {
        summary: 'Get the API token that asks',
        description:
          'So that a program knows what it may do, and until when. What its user may do in a home is the `role` there. 404 without a token.',
        response: {
          200: Type.Pick(TokenSchema, ['id', 'token_name', 'scopes', 'router_id', 'expires_at']),
        },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, { userId, sessionId }) => {
        const tokens = await listTokens(transaction, userId);
        const own = tokens.find(({ session_id }) => session_id === sessionId);
        if (own === undefined) throw new NotFoundError('token', 'own');
        return own;
      }),
  );
}

async function present(transaction: TenantTransaction, tokens: readonly Token[]) {
  const makers = tokens.flatMap(({ created_by }) => created_by ?? []);
  const devices = await devicesOfSessions(transaction, makers);
  return tokens.map((token) => ({
    ...token,
    created_on: devices.get(token.created_by ?? '') ?? null,
  }));
}
