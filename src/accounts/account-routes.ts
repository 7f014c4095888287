import { Type } from 'typebox';
import { recordAudit } from '../activity/record-audit.ts';
import type { App, Services } from '../api/app.ts';
import { requireMatch, withEtag } from '../api/etag.ts';
import { once } from '../api/once.ts';
import { Id, IdParams, IpAddress, Name, Nullable, Strict, Timestamp } from '../api/schema.ts';
import { inTenant, signedIn } from '../api/signed-in.ts';
import { InvalidInputError } from '../errors.ts';
import { pick } from '../pick.ts';
import { clearSessionCookie } from './cookies.ts';
import { describeUserAgent } from './user-agent.ts';
import { normalizeEmail } from './email.ts';
import { type Session, endSession, endSessions, listSessions } from './sessions.ts';
import { endTokens } from './tokens.ts';
import { deleteUser, findUser, lockUser, updateUser } from './users.ts';

const Me = Type.Object({
  id: Id,
  email: Type.String(),
  full_name: Nullable(Name),
  avatar_url: Nullable(Type.String()),
  issuer: Nullable(
    Type.String({ description: 'Who verified the e-mail address; null after a local sign-in.' }),
  ),
  created_at: Timestamp(),
  last_login: Nullable(Timestamp()),
});

/** What a person can change of their account. */
const EDITABLE = ['full_name'] as const;

const MeChange = Strict({
  full_name: Nullable(
    Type.String({
      ...Name,
      description: 'If the issuer provides a name, the next sign-in sets that one again.',
    }),
  ),
});

const Confirmation = Strict({
  email: Type.String({ maxLength: 255, description: 'Your own e-mail address, to confirm.' }),
});

const SessionSchema = Type.Object({
  id: Id,
  device: Type.String({ description: 'Such as "Firefox on Linux", from `user_agent`.' }),
  user_agent: Nullable(Type.String()),
  ip_address: Nullable(IpAddress),
  created_at: Timestamp(),
  last_used_at: Timestamp('Within five minutes.'),
  expires_at: Timestamp('24 hours after it was last used, at most 7 days after created_at.'),
  is_current: Type.Boolean({ description: 'Whether this request came with it.' }),
});

/** What becomes of tokens when sessions end. Whoever had a session can have made tokens in it: they end unless kept on purpose. */
const Tokens = (which: string) =>
  Type.Enum(['end', 'keep'], {
    default: 'end',
    description: `Whether ${which} end too. A token outlives its session if it is kept.`,
  });

export function accountRoutes(app: App, services: Services): void {
  meRoutes(app, services);
  deleteMeRoute(app, services);
  sessionRoutes(app, services);
}

function meRoutes(app: App, { database }: Services): void {
  app.get(
    '/me',
    {
      config: { access: 'read' },
      schema: { summary: 'Get your account', response: { 200: Me } },
    },
    async (request, reply) => {
      const user = await inTenant(database, request, (transaction, { userId }) =>
        findUser(transaction, userId),
      );
      return withEtag(reply, user, pick(user, EDITABLE));
    },
  );

  app.patch(
    '/me',
    {
      config: { access: 'account' },
      schema: { summary: 'Change your name', body: MeChange, response: { 200: Me } },
    },
    async (request, reply) => {
      const user = await inTenant(database, request, async (transaction, actor) => {
        const before = await lockUser(transaction, actor.userId);
        requireMatch(request, pick(before, EDITABLE));
        const after = await updateUser(transaction, actor.userId, request.body);
        await recordAudit(transaction, actor, 'user.changed', before, {
          before: pick(before, EDITABLE),
          after: pick(after, EDITABLE),
        });
        return after;
      });
      return withEtag(reply, user, pick(user, EDITABLE));
    },
  );
}

function deleteMeRoute(app: App, { config, database, onSessions }: Services): void {
  app.delete(
    '/me',
    {
      config: { access: 'account' },
      schema: {
        summary: 'Delete your account and everything in it, at once and permanently',
        body: Confirmation,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const ended = await inTenant(database, request, async (transaction, { userId }) => {
        const { email } = await lockUser(transaction, userId);
        if (normalizeEmail(request.body.email) !== email)
          throw new InvalidInputError([
            { field: 'email', value: request.body.email, expected: `${email}, to confirm` },
          ]);
        const sessions = await listSessions(transaction, userId);
        await deleteUser(transaction, userId);
        return sessions;
      });
      // The account's audit is deleted with it, as it is about the person: only this line is left.
      request.log.info({ userId: signedIn(request).userId }, 'a user deleted their account');
      onSessions(
        'ended',
        ended.map(({ session_id }) => session_id),
      );
      clearSessionCookie(reply, config);
      return reply.code(204).send(null);
    },
  );
}

function sessionRoutes(app: App, { config, database, onSessions }: Services): void {
  app.get(
    '/sessions',
    {
      config: { access: 'account' },
      schema: {
        summary: 'List your sessions, the last used first',
        response: { 200: Type.Object({ items: Type.Array(SessionSchema) }) },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, { userId }) => {
        const sessions = await listSessions(transaction, userId);
        return {
          items: sessions.map((session) => present(session, signedIn(request).sessionRowId)),
        };
      }),
  );

  app.delete(
    '/sessions/:id',
    {
      config: { access: 'account' },
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

  app.post(
    '/sessions/end-others',
    {
      config: { access: 'account' },
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

function present(session: Session, currentRowId: string) {
  return {
    ...session,
    device: describeUserAgent(session.user_agent),
    is_current: session.id === currentRowId,
  };
}
