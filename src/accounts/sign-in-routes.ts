import type { FastifyReply, FastifyRequest } from 'fastify';
import * as openid from 'openid-client';
import { Type } from 'typebox';
import { type TenantTransaction, signInTransaction } from '../database/transaction.ts';
import type { App, Services } from '../api/app.ts';
import { problems } from '../api/schema.ts';
import { inTenant, signedIn } from '../api/signed-in.ts';
import { NotFoundError } from '../errors.ts';
import { makeState, requireSameBrowser, storeAttempt, takeAttempt } from './attempts.ts';
import { requireSession } from './authentication.ts';
import { clearSessionCookie, giveBrowserKey, readBrowserKey, setSessionCookie } from './cookies.ts';
import { requireLoopback, takeLocalLink } from './local-link.ts';
import { type OpenIdClient, createOpenIdClient } from './openid.ts';
import { endReplacedSession } from './replaced-session.ts';
import { parseReturnTo } from './return-to.ts';
import { endSessions, startSession } from './sessions.ts';
import { type User, enterByEmail, enterByIdentity } from './users.ts';

/** Attempts a minute from one address (IPv6: from one /64), for each of the routes. */
const RATE_LIMIT = { max: 20, timeWindow: 60_000 };

/** For routes that a browser is sent to. HEAD would sign in, too: what fetches previews does not. */
const navigation = { exposeHeadRoute: false, config: { rateLimit: RATE_LIMIT } };
const navigationProblems = { ...problems, 403: Type.Ref('Problem') };

const SignInQuery = Type.Object(
  {
    return_to: Type.String({
      default: '/',
      maxLength: 2000,
      description: 'The path of this site to come back to.',
    }),
  },
  { additionalProperties: false },
);

/** What else an issuer adds (`scope`, `session_state`) is let through. */
const CallbackQuery = Type.Object({ state: Type.String({ minLength: 1, maxLength: 500 }) });

const LocalQuery = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 500 }) },
  { additionalProperties: false },
);

export function signInRoutes(app: App, services: Services): void {
  const { config, database } = services;
  const issuer =
    config.issuer && createOpenIdClient(config.issuer, `${config.publicUrl}/auth/callback`);

  app.get(
    '/auth/sign-in',
    {
      ...navigation,
      schema: {
        tags: ['sign-in'],
        summary: 'Begin to sign in: leads to the issuer',
        querystring: SignInQuery,
        response: { ...navigationProblems, 303: Type.Null() },
      },
    },
    async (request, reply) => {
      const client = required(issuer, request);
      const returnTo = parseReturnTo(request.query.return_to);
      const secrets = {
        state: makeState(giveBrowserKey(request, reply, config)),
        nonce: openid.randomNonce(),
        codeVerifier: openid.randomPKCECodeVerifier(),
      };
      const url = await client.authorizationUrl(secrets);
      await storeAttempt(database, secrets, returnTo);
      return leadTo(reply, url.href);
    },
  );

  app.get(
    '/auth/callback',
    {
      ...navigation,
      schema: {
        tags: ['sign-in'],
        summary: 'Where the issuer leads back to',
        querystring: CallbackQuery,
        response: { ...navigationProblems, 303: Type.Null() },
      },
    },
    async (request, reply) => {
      const client = required(issuer, request);
      const { state } = request.query;
      requireSameBrowser(state, readBrowserKey(request, config));
      const { returnTo, ...secrets } = await takeAttempt(database, state);
      const identity = await client.identify(searchOf(request), secrets);
      await enter(services, request, reply, identity, (transaction) =>
        enterByIdentity(transaction, identity),
      );
      return leadTo(reply, returnTo);
    },
  );

  app.get(
    '/auth/local',
    {
      ...navigation,
      schema: {
        tags: ['sign-in'],
        summary:
          'Sign in by the one-time link that is printed at the start, where no issuer is configured',
        querystring: LocalQuery,
        response: { ...navigationProblems, 303: Type.Null() },
      },
    },
    async (request, reply) => {
      if (issuer !== undefined) throw new NotFoundError('page', '/auth/local');
      requireLoopback(request);
      const email = await takeLocalLink(database, request.query.token);
      await enter(services, request, reply, { subject: '', email }, (transaction) =>
        enterByEmail(transaction, email),
      );
      // Also takes the token out of the address bar.
      return leadTo(reply, '/');
    },
  );

  app.post(
    '/auth/sign-out',
    {
      onRequest: requireSession(services),
      schema: {
        tags: ['sign-in'],
        summary: 'End the session',
        response: { ...problems, 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { sessionId, sessionRowId } = signedIn(request);
      await inTenant(database, request, (transaction, actor) =>
        endSessions(transaction, actor, { only: sessionRowId }),
      );
      services.onSessions('ended', [sessionId]);
      clearSessionCookie(reply, config);
      return reply.code(204).send(null);
    },
  );
}

/** Finds or makes the user and opens a session of a fresh token, in one transaction. */
async function enter(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  identity: { subject: string; email: string },
  findUser: (transaction: TenantTransaction) => Promise<User>,
): Promise<void> {
  const { config, database, onSessions } = services;
  const { token, sessionId } = await signInTransaction(database, identity, async (transaction) => {
    const { id } = await findUser(transaction);
    return startSession(transaction, id, {
      userAgent: request.headers['user-agent'],
      ipAddress: request.ip,
    });
  });
  onSessions('started', [sessionId]);
  await endReplacedSession(services, request);
  setSessionCookie(reply, config, token);
}

function required(issuer: OpenIdClient | undefined, request: FastifyRequest): OpenIdClient {
  if (issuer === undefined) throw new NotFoundError('page', request.routeOptions.url ?? '');
  return issuer;
}

function searchOf({ url }: FastifyRequest): string {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start);
}

function leadTo(reply: FastifyReply, location: string): FastifyReply {
  return reply.header('cache-control', 'no-store').redirect(location, 303);
}
