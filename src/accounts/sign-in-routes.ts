import type { FastifyReply, FastifyRequest } from 'fastify';
import * as openid from 'openid-client';
import { type Static, Type } from 'typebox';
import { type TenantTransaction, signInTransaction } from '../database/transaction.ts';
import type { App, Services } from '../api/app.ts';
import { Strict } from '../api/schema.ts';
import { passOn } from '../api/pass-on.ts';
import { inTenant, signedIn } from '../api/signed-in.ts';
import { ForbiddenError, NotFoundError, NotInvitedError } from '../errors.ts';
import { networkOf } from '../network-of.ts';
import {
  isSameBrowser,
  makeState,
  requireSameBrowser,
  storeAttempt,
  takeAttempt,
} from './attempts.ts';
import { findCookieSession, requireSession, sessionCookieName } from './authentication.ts';
import { clearSessionCookie, giveBrowserKey, readBrowserKey, setSessionCookie } from './cookies.ts';
import { type Authenticated, whenAuthenticated } from './freshness.ts';
import { HANDOVER, type SignIn, handOver, receiveHandover } from './handover.ts';
import { describeUsedLink, requireNearby, takeLocalLink } from './local-link.ts';
import { type OpenIdClient, createOpenIdClient } from './openid.ts';
import { endReplacedSession } from './replaced-session.ts';
import { parseReturnTo } from './return-to.ts';
import { endSessions, startSession } from './sessions.ts';
import { endToken } from './tokens.ts';
import { type User, enterByEmail, enterByIdentity } from './users.ts';
import { hashSecret } from '../sealing.ts';
import { cellOf } from '../secret-cell.ts';

/** Attempts per minute from one address (IPv6: from one /64), for each of the routes. */
const RATE_LIMIT = { max: 20, timeWindow: 60_000 };

/** For routes to which a browser is sent. Not for HEAD, which programs that make previews send: it would sign in too. */
const navigation = { exposeHeadRoute: false, config: { rateLimit: RATE_LIMIT } };
const response = { 303: Type.Null(), 403: Type.Ref('Problem') };

const SignInQuery = Strict({
  return_to: Type.String({
    default: '/',
    maxLength: 2000,
    description: 'The path of this site to return to.',
  }),
  fresh: Type.Boolean({
    default: false,
    description:
      'Ask the person again who they are, for what needs a new sign-in. It must be the same person as before.',
  }),
});

/** Other parameters that an issuer adds (`scope`, `session_state`) are ignored. */
const CallbackQuery = Type.Object({ state: Type.String({ minLength: 1, maxLength: 500 }) });

const LocalQuery = Strict({ token: Type.String({ minLength: 1, maxLength: 500 }) });

export function signInRoutes(app: App, services: Services): void {
  const { config } = services;
  const issuer =
    config.issuer && createOpenIdClient(config.issuer, `${config.publicUrl}/auth/callback`);
  issuerRoutes(app, services, issuer);
  localRoute(app, services, issuer);
  signOutRoute(app, services);
}

function issuerRoutes(app: App, services: Services, issuer: OpenIdClient | undefined): void {
  const { config, database, cells, secretKey } = services;

  app.get(
    '/auth/sign-in',
    {
      ...navigation,
      schema: {
        summary: 'Start a sign-in: redirects to the issuer',
        querystring: SignInQuery,
        response,
      },
    },
    async (request, reply) => {
      const client = requireIssuer(issuer, request);
      const { fresh: isFresh, return_to } = request.query;
      const returnTo = parseReturnTo(return_to);
      const forUser = isFresh ? await findSignedInUser(services, request) : undefined;
      // Before anybody goes to the issuer in vain.
      await cells?.directory.listCells();
      const secrets = {
        state: makeState(giveBrowserKey(request, reply, config), config.cell?.number),
        nonce: openid.randomNonce(),
        codeVerifier: openid.randomPKCECodeVerifier(),
      };
      const url = await client.authorizationUrl(secrets, { isFresh });
      await storeAttempt(database, secrets, { returnTo, isFresh, forUser });
      return redirect(reply, url.href);
    },
  );

  app.get(
    '/auth/callback',
    {
      ...navigation,
      config: {
        rateLimit: { ...RATE_LIMIT, keyGenerator: callbackKey(config) },
        secretOf: 'state',
      },
      schema: {
        summary: 'Finish a sign-in: the issuer redirects here',
        querystring: CallbackQuery,
        response,
      },
    },
    async (request, reply) => {
      const client = requireIssuer(issuer, request);
      const handedOver = receiveHandover(request, cells, secretKey);
      const signIn = handedOver ?? (await finishAtIssuer(services, request, client));
      if (handedOver === undefined && cells !== undefined) {
        const cell = await cells.placeOf(signIn.identity, cellToJoin(signIn.returnTo));
        const headers = { [HANDOVER]: handOver(signIn, cell, secretKey) };
        if (cell !== cells.own) return passOn(cells, request, reply, cell, { headers });
      }
      await enterAs(services, request, reply, signIn);
      return redirect(reply, signIn.returnTo);
    },
  );
}

/** Who comes back from the issuer, and what for. */
async function finishAtIssuer(
  { config, database }: Services,
  request: FastifyRequest<{ Querystring: Static<typeof CallbackQuery> }>,
  client: OpenIdClient,
): Promise<SignIn> {
  const { state } = request.query;
  requireSameBrowser(state, readBrowserKey(request, config));
  const { returnTo, isFresh, forUser, ...secrets } = await takeAttempt(database, state);
  const identity = await client.identify(searchOf(request), secrets);
  const authenticated = whenAuthenticated({ isFresh, ...identity }, new Date());
  return { identity, authenticated, returnTo, isFresh, forUser };
}

async function enterAs(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  { identity, authenticated, forUser }: SignIn,
): Promise<void> {
  const { signUp } = services.config;
  await enter(services, request, reply, { ...identity, authenticated }, async (transaction) => {
    const user = await enterByIdentity(transaction, identity, signUp);
    requireSamePerson(user, forUser);
    return user;
  }).catch((error: unknown) => {
    // The operator may want to invite them.
    if (error instanceof NotInvitedError)
      request.log.info({ email: error.email }, 'somebody who is not invited wanted to sign in');
    throw error;
  });
}

/** The cell of the home that somebody signs in to join. */
function cellToJoin(returnTo: string): number | undefined {
  return cellOf(/^\/join\/([^/?#]+)/.exec(returnTo)?.[1] ?? '');
}

/** A browser in which a sign-in began counts by itself: strangers of its network (a proxy's, say) use up nothing of it. */
function callbackKey(config: Services['config']): (request: FastifyRequest) => string {
  return (request) => {
    const key = readBrowserKey(request, config);
    const state = new URLSearchParams(searchOf(request)).get('state') ?? '';
    return key !== undefined && isSameBrowser(state, key)
      ? `browser ${hashSecret(key).toString('base64')}`
      : networkOf(request.ip);
  };
}

function localRoute(app: App, services: Services, issuer: OpenIdClient | undefined): void {
  app.get(
    '/auth/local',
    {
      ...navigation,
      schema: {
        summary:
          'Sign in with the one-time link that is printed at the start, if no issuer is configured',
        querystring: LocalQuery,
        response,
      },
    },
    async (request, reply) => {
      if (issuer !== undefined) throw new NotFoundError('page', '/auth/local');
      requireNearby(request, services.config);
      const email = await takeLocalLink(services.database, request.query.token);
      if (email === undefined) {
        // Opened once more, from the history for example, it leads home those it has signed in.
        const secret = request.cookies[sessionCookieName(services.config)];
        const session = secret && (await findCookieSession(services.database, secret));
        if (session) return redirect(reply, '/');
        throw new ForbiddenError(describeUsedLink());
      }
      const identity = { subject: '', email, authenticated: 'now' } as const;
      await enter(services, request, reply, identity, (transaction) =>
        enterByEmail(transaction, email),
      );
      // Also removes the token from the address bar.
      return redirect(reply, '/');
    },
  );
}

function signOutRoute(app: App, services: Services): void {
  const { config, database, onSessions } = services;
  app.post(
    '/auth/sign-out',
    {
      onRequest: requireSession(services),
      config: { access: 'any', role: 'self' },
      schema: {
        summary: 'Sign out: ends the session, or the token, that the request comes with',
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { sessionId, sessionRowId, isToken } = signedIn(request);
      await inTenant(database, request, async (transaction, actor) => {
        if (isToken) await endToken(transaction, actor, sessionRowId);
        else await endSessions(transaction, actor, { only: sessionRowId });
      });
      onSessions('ended', [sessionId]);
      if (!isToken) clearSessionCookie(reply, config);
      return reply.code(204).send(null);
    },
  );
}

/** Finds or creates the user and opens a session with a new token, in one transaction. */
async function enter(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  identity: { subject: string; email: string; authenticated: Authenticated },
  findUser: (transaction: TenantTransaction) => Promise<User>,
): Promise<void> {
  const { config, database, cells, onSessions } = services;
  const { token, sessionId } = await signInTransaction(database, identity, async (transaction) => {
    const { id, email, issuer, google_id: subject } = await findUser(transaction);
    // Before the account is there: of two cells that make one at once, one does.
    await cells?.directory.claim({ user_id: id, email, issuer, subject }, cells.own);
    const client = { userAgent: request.headers['user-agent'], ipAddress: request.ip };
    return startSession(transaction, id, client, identity.authenticated);
  });
  onSessions('started', [sessionId]);
  await endReplacedSession(services, request);
  setSessionCookie(reply, config, token);
}

/** Who is signed in, in the browser that sent the request. */
async function findSignedInUser(
  { config, database }: Services,
  request: FastifyRequest,
): Promise<string | undefined> {
  const secret = request.cookies[sessionCookieName(config)];
  const session = secret === undefined ? undefined : await findCookieSession(database, secret);
  return session?.userId;
}

/** Who signs in again must be who was signed in: what they wanted to do is done afterwards, to that account. */
function requireSamePerson({ id, email }: User, wanted: string | undefined): void {
  if (wanted !== undefined && wanted !== id)
    throw new ForbiddenError(
      `You were signed in as somebody else than ${email}: sign in again as that person, or sign out first.`,
    );
}

function requireIssuer(issuer: OpenIdClient | undefined, request: FastifyRequest): OpenIdClient {
  if (issuer === undefined) throw new NotFoundError('page', request.routeOptions.url ?? '');
  return issuer;
}

function searchOf({ url }: FastifyRequest): string {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start);
}

function redirect(reply: FastifyReply, location: string): FastifyReply {
  return reply.header('cache-control', 'no-store').redirect(location, 303);
}
