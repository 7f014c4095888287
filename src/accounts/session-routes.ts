import { Type } from 'typebox';
import { FRESH_MINUTES } from '../api/access.ts';
import type { App, Services } from '../api/app.ts';
import { once } from '../api/once.ts';
import { Id, IdParams, IpAddress, Nullable, Strict, Timestamp } from '../api/schema.ts';
import { type SignedIn, inTenant, signedIn } from '../api/signed-in.ts';
import { freshSignInUrl } from './authentication.ts';
import { clearSessionCookie } from './cookies.ts';
import { type Session, endSession, endSessions, listSessions } from './sessions.ts';
import { endTokens } from './tokens.ts';
import { describeUserAgent } from '../describe-user-agent.ts';

const SessionSchema = Type.Object({
  id: Id,
  device: Type.String({ description: 'Such as "Firefox on Linux", from `user_agent`.' }),
  user_agent: Nullable(Type.String()),
  ip_address: Nullable(IpAddress),
  created_at: Timestamp(),
  last_used_at: Timestamp('Within five minutes.'),
  expires_at: Timestamp('24 hours after it was last used, at most 7 days after created_at.'),
  authenticated_at: Nullable(
    Timestamp('When the person last proved who they are; null if the issuer does not say.'),
  ),
  is_fresh: Type.Boolean({
    description: `Whether that is less than ${FRESH_MINUTES} minutes ago, as some requests need.`,
  }),
  is_current: Type.Boolean({ description: 'Whether this request came with it.' }),
});

/** What becomes of tokens when sessions end. Somebody who had a session can have made tokens in it: they end unless kept on purpose. */
const Tokens = (which: string) =>
  Type.Enum(['end', 'keep'], {
    default: 'end',
    description: `Whether ${which} end too. A token outlives its session if it is kept.`,
  });

export function sessionRoutes(app: App, services: Services): void {
  listRoute(app, services);
  endRoute(app, services);
  endOthersRoute(app, services);
}

function listRoute(app: App, { config, database }: Services): void {
  app.get(
    '/sessions',
    {
      config: { access: 'account', role: 'self' },
      schema: {
        summary: 'List your sessions, the last used first',
        response: {
          200: Type.Object({
            items: Type.Array(SessionSchema),
            sign_in_url: Nullable(
              Type.String({
                description:
                  'Where a browser signs in again (add `return_to`); null if people sign in by the local link.',
              }),
            ),
          }),
        },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, { userId }) => {
        const sessions = await listSessions(transaction, userId);
        return {
          items: sessions.map((session) => present(session, signedIn(request))),
          sign_in_url: freshSignInUrl(config) ?? null,
        };
      }),
  );
}

function endRoute(app: App, { config, database, onSessions }: Services): void {
  app.delete(
    '/sessions/:id',
    {
      config: { access: 'account', role: 'self' },
      schema: {
        summary: 'End a session, which may be the current one',
        params: IdParams,
        querystring: Strict({ tokens: Tokens('the API tokens that were created in it') }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { ended, tokens } = await inTenant(database, request, async (transaction, actor) => {
        const session = await endSession(transaction, actor, request.params.id);
        const createdBy = request.query.tokens === 'end' ? [session.session_id] : [];
        return { ended: session, tokens: await endTokens(transaction, actor, { createdBy }) };
      });
      onSessions(
        'ended',
        [ended, ...tokens].map(({ session_id }) => session_id),
      );
      if (ended.id === signedIn(request).sessionRowId) clearSessionCookie(reply, config);
      return reply.code(204).send(null);
    },
  );
}

function endOthersRoute(app: App, { database, onSessions }: Services): void {
  app.post(
    '/sessions/end-others',
    {
      config: { access: 'account', role: 'self' },
      schema: {
        summary: 'End all other sessions, and all other API tokens',
        querystring: Strict({ tokens: Tokens('all API tokens but the one that asks') }),
        response: {
          200: Type.Object({
            ended: Type.Integer({ description: 'How many sessions.' }),
            ended_tokens: Type.Integer({ description: 'How many API tokens.' }),
          }),
        },
      },
    },
    async (request, reply) => {
      const sessionIds: string[] = [];
      await once(database, request, reply, async (transaction, actor) => {
        const others = { allBut: signedIn(request).sessionRowId };
        const ended = await endSessions(transaction, actor, others);
        const tokens =
          request.query.tokens === 'end' ? await endTokens(transaction, actor, others) : [];
        sessionIds.push(...[...ended, ...tokens].map(({ session_id }) => session_id));
        return { status: 200, body: { ended: ended.length, ended_tokens: tokens.length } };
      });
      onSessions('ended', sessionIds);
      return reply;
    },
  );
}

function present(session: Session, { sessionRowId }: SignedIn) {
  const at = Date.parse(session.authenticated_at ?? '');
  return {
    ...session,
    device: describeUserAgent(session.user_agent),
    is_fresh: Date.now() - at < FRESH_MINUTES * 60_000,
    is_current: session.id === sessionRowId,
  };
}
