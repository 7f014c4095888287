import { Type } from 'typebox';
import { recordAudit } from '../activity/record-audit.ts';
import type { App, Services } from '../api/app.ts';
import { requireMatch, sendEtag } from '../api/etag.ts';
import { once } from '../api/once.ts';
import { Id, IpAddress, Name, Nullable, Timestamp, problems } from '../api/schema.ts';
import { inTenant, signedIn } from '../api/signed-in.ts';
import { InvalidInputError } from '../errors.ts';
import { clearSessionCookie } from './cookies.ts';
import { deviceName } from './device.ts';
import { normalizeEmail } from './email.ts';
import { type Session, endSession, endSessions, listSessions } from './sessions.ts';
import { type User, deleteUser, findUser, lockUser, updateUser } from './users.ts';

const Me = Type.Object({
  id: Id,
  email: Type.String(),
  full_name: Nullable(Name),
  avatar_url: Nullable(Type.String()),
  issuer: Nullable(
    Type.String({ description: 'Who vouches for the e-mail address; null after a local sign-in.' }),
  ),
  created_at: Timestamp(),
  last_login: Nullable(Timestamp()),
});

const MeChange = Type.Object(
  {
    full_name: Nullable(
      Type.String({
        ...Name,
        description: 'Where an issuer tells a name, the next sign-in sets that one again.',
      }),
    ),
  },
  { additionalProperties: false },
);

const Farewell = Type.Object(
  { email: Type.String({ maxLength: 255, description: "One's own e-mail address, to confirm." }) },
  { additionalProperties: false },
);

const SessionSchema = Type.Object({
  id: Id,
  device: Type.String({ description: 'As "Firefox on Linux", read from `user_agent`.' }),
  user_agent: Nullable(Type.String()),
  ip_address: Nullable(IpAddress),
  created_at: Timestamp(),
  last_used_at: Timestamp('To within five minutes.'),
  expires_at: Timestamp(
    'Unless it is used before: then 24 hours after that, but 7 days after created_at at most.',
  ),
  is_current: Type.Boolean({ description: 'Whether this very request came with it.' }),
});

const SessionParams = Type.Object({ id: Id });

export function accountRoutes(app: App, services: Services): void {
  meRoutes(app, services);
  sessionRoutes(app, services);
}

function meRoutes(app: App, { config, database, onSessions }: Services): void {
  app.get(
    '/me',
    { schema: { tags: ['account'], summary: 'Oneself', response: { ...problems, 200: Me } } },
    async (request, reply) => {
      const user = await inTenant(database, request, (transaction, { userId }) =>
        findUser(transaction, userId),
      );
      sendEtag(reply, editable(user));
      return user;
    },
  );

  app.patch(
    '/me',
    {
      schema: {
        tags: ['account'],
        summary: "Change one's name",
        body: MeChange,
        response: { ...problems, 200: Me },
      },
    },
    async (request, reply) => {
      const user = await inTenant(database, request, async (transaction, actor) => {
        const before = await lockUser(transaction, actor.userId);
        requireMatch(request, editable(before));
        const after = await updateUser(transaction, actor.userId, request.body);
        await recordAudit(transaction, actor, {
          action: 'user.changed',
          subjectId: actor.userId,
          details: { before: editable(before), after: editable(after) },
        });
        return after;
      });
      sendEtag(reply, editable(user));
      return user;
    },
  );

  app.delete(
    '/me',
    {
      schema: {
        tags: ['account'],
        summary: "Delete one's account and everything in it, at once and for good",
        body: Farewell,
        response: { ...problems, 204: Type.Null() },
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
      // The account's audit went with it, as it is about the person: what is left is this line.
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
      schema: {
        tags: ['account'],
        summary: 'Where one is signed in, the session used last first',
        response: { ...problems, 200: Type.Object({ items: Type.Array(SessionSchema) }) },
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
      schema: {
        tags: ['account'],
        summary: 'End one session, be it this one',
        params: SessionParams,
        response: { ...problems, 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const ended = await inTenant(database, request, (transaction, actor) =>
        endSession(transaction, actor, request.params.id),
      );
      onSessions('ended', [ended.session_id]);
      if (ended.id === signedIn(request).sessionRowId) clearSessionCookie(reply, config);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/sessions/end-others',
    {
      schema: {
        tags: ['account'],
        summary: 'End all sessions but this one',
        response: {
          ...problems,
          200: Type.Object({ ended: Type.Integer({ description: 'How many.' }) }),
        },
      },
    },
    async (request, reply) => {
      const sessionIds: string[] = [];
      await once(database, request, reply, async (transaction, actor) => {
        const ended = await endSessions(transaction, actor, {
          allBut: signedIn(request).sessionRowId,
        });
        sessionIds.push(...ended.map(({ session_id }) => session_id));
        return { status: 200, body: { ended: ended.length } };
      });
      onSessions('ended', sessionIds);
      return reply;
    },
  );
}

/** What a person can change of themselves. */
function editable({ full_name }: User) {
  return { full_name };
}

function present(session: Session, currentRowId: string) {
  const { id, user_agent, ip_address, created_at, last_used_at, expires_at } = session;
  return {
    id,
    device: deviceName(user_agent),
    user_agent,
    ip_address,
    created_at,
    last_used_at,
    expires_at,
    is_current: id === currentRowId,
  };
}
