import { Type } from 'typebox';
import { recordAudit } from '../activity/record-audit.ts';
import type { App, Services } from '../api/app.ts';
import { requireMatch, withEtag } from '../api/etag.ts';
import { Id, Name, Nullable, Strict, Timestamp } from '../api/schema.ts';
import { inTenant, signedIn } from '../api/signed-in.ts';
import { InvalidInputError } from '../errors.ts';
import { pick } from '../pick.ts';
import { clearSessionCookie } from './cookies.ts';
import { normalizeEmail } from '../email.ts';
import { listSessions } from './sessions.ts';
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

export function accountRoutes(app: App, services: Services): void {
  meRoutes(app, services);
  deleteMeRoute(app, services);
}

function meRoutes(app: App, { database }: Services): void {
  app.get(
    '/me',
    {
      config: { access: 'read', role: 'self' },
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
      config: { access: 'account', role: 'self' },
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

function deleteMeRoute(app: App, { config, database, cells, onSessions }: Services): void {
  app.delete(
    '/me',
    {
      config: { access: 'account', role: 'self', needsFreshSignIn: true },
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
      const { userId } = signedIn(request);
      await cells?.directory.forget(userId, cells.own).catch((error: unknown) => {
        // The account is deleted all the same. `netpilot cell enroll` takes the address out of the directory, too.
        request.log.warn({ err: error, userId }, 'the directory still has a deleted user');
      });
      // The account's audit is deleted with it, as it is about the person: only this line is left.
      request.log.info({ userId }, 'a user deleted their account');
      onSessions(
        'ended',
        ended.map(({ session_id }) => session_id),
      );
      clearSessionCookie(reply, config);
      return reply.code(204).send(null);
    },
  );
}
