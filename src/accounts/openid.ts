import * as openid from 'openid-client';
import { type Config, GOOGLE_ISSUER } from '../config/config.ts';
import { isLoopback } from '../config/loopback.ts';
import { ForbiddenError, type NetPilotError, UnavailableError } from '../errors.ts';
import { type Identity, parseIdentity } from './identity.ts';

/** The timeout of a request to the issuer, in seconds. */
const TIMEOUT_SECONDS = 10;
/** The issuer's addresses and keys are read again after this time. */
const DISCOVERY_KEPT_MS = 60 * 60_000;
const SCOPE = 'openid email profile';

/** What is stored of a sign-in between its start and the callback. */
export type SignInSecrets = { state: string; nonce: string; codeVerifier: string };

/** Signs people in at one issuer (OpenID Connect Core 1.0, 3.1, with PKCE of RFC 7636). */
export type OpenIdClient = {
  /** The issuer's page to which a browser is sent, if `isFresh` to ask the person again. Throws UnavailableError if the issuer does not respond. */
  authorizationUrl: (secrets: SignInSecrets, options: { isFresh: boolean }) => Promise<URL>;
  /**
   * Who signed in, from the callback's query string. The issuer's tokens are not kept.
   * Throws ForbiddenError if the response is refused, UnavailableError if there is none.
   */
  identify: (search: string, secrets: SignInSecrets) => Promise<Identity>;
};

/** Nothing is requested from the issuer before the first sign-in: NetPilot starts even if the issuer is down. */
export function createOpenIdClient(
  issuer: NonNullable<Config['issuer']>,
  redirectUri: string,
): OpenIdClient {
  const configure = discoverer(issuer);
  return {
    async authorizationUrl({ state, nonce, codeVerifier }, { isFresh }) {
      return openid.buildAuthorizationUrl(await configure(), {
        redirect_uri: redirectUri,
        scope: SCOPE,
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ...(isFresh && askAgain(issuer.url)),
      });
    },

    async identify(search, { state, nonce, codeVerifier }) {
      const configuration = await configure();
      try {
        const tokens = await openid.authorizationCodeGrant(
          configuration,
          new URL(redirectUri + search),
          { pkceCodeVerifier: codeVerifier, expectedState: state, expectedNonce: nonce },
        );
        return parseIdentity(await readClaims(configuration, tokens));
      } catch (error) {
        throw explain(error, issuer.url);
      }
    },
  };
}

/**
 * What tells an issuer to ask the person again. Google ignores `max_age` and refuses `login` (it has `none`, `consent`
 * and `select_account`): the person must at least choose the account, which needs the browser that is signed in there.
 */
export function askAgain(issuer: string): { max_age: string; prompt: string } {
  return { max_age: '0', prompt: issuer === GOOGLE_ISSUER ? 'select_account' : 'login' };
}

type Tokens = Awaited<ReturnType<typeof openid.authorizationCodeGrant>>;

/** The ID token's claims, and those of the userinfo endpoint if the ID token does not say all of the e-mail. */
async function readClaims(
  configuration: openid.Configuration,
  tokens: Tokens,
): Promise<Record<string, unknown>> {
  const claims = tokens.claims();
  if (claims === undefined) throw new ForbiddenError('The issuer sent no ID token.');
  const isComplete = (claims['email'] ?? '') !== '' && (claims['email_verified'] ?? '') !== '';
  if (isComplete || configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
  const more = await openid.fetchUserInfo(configuration, tokens.access_token, claims.sub);
  // Userinfo's come last: what it says of an e-mail holds for its own e-mail, not for the ID token's.
  return { ...claims, ...more, iss: claims.iss, auth_time: claims.auth_time };
}

/** Reads the issuer's metadata when it is first needed, once for all who wait; after a failure, again. */
function discoverer(issuer: NonNullable<Config['issuer']>) {
  let kept: { configuration: Promise<openid.Configuration>; until: number } | undefined;
  return async (): Promise<openid.Configuration> => {
    if (kept === undefined || Date.now() >= kept.until)
      kept = { configuration: discover(issuer), until: Date.now() + DISCOVERY_KEPT_MS };
    const { configuration } = kept;
    try {
      return await configuration;
    } catch (error) {
      if (kept?.configuration === configuration) kept = undefined;
      throw new UnavailableError(
        `The issuer ${issuer.url} cannot be reached to sign in: ${reason(error)}.`,
      );
    }
  };
}

/** The issuer's metadata (OpenID Connect Discovery 1.0, 4), and how requests to it are made. */
async function discover({
  url,
  clientId,
  clientSecret,
}: NonNullable<Config['issuer']>): Promise<openid.Configuration> {
  const configuration = await openid.discovery(
    new URL(`${url}/.well-known/openid-configuration`),
    clientId,
    clientSecret,
    undefined,
    {
      timeout: TIMEOUT_SECONDS,
      execute: [
        // The ID token's signature is checked although TLS proves where it came from.
        openid.enableNonRepudiationChecks,
        ...(isLoopback(new URL(url).hostname) ? [openid.allowInsecureRequests] : []),
      ],
    },
  );
  // Some issuers' names end in a slash (Auth0, authentik), which the configuration removes.
  const { issuer } = configuration.serverMetadata();
  if (issuer.replace(/\/$/, '') !== url) throw new Error(`it calls itself ${issuer}`);
  return configuration;
}

/** Codes of openid-client for a response that is well formed, but not to this sign-in. */
const REFUSED = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
]);

/** The library's errors contain whole responses, with tokens: only their messages are passed on, not the errors. */
function explain(error: unknown, issuer: string): NetPilotError {
  if (error instanceof ForbiddenError) return error;
  if (error instanceof openid.AuthorizationResponseError) {
    const isDown = ['server_error', 'temporarily_unavailable'].includes(error.error);
    return isDown
      ? new UnavailableError(
          `The issuer ${issuer} cannot sign you in at the moment: try again later.`,
        )
      : new ForbiddenError(
          `The issuer ${issuer} did not sign you in (${errorCode(error.error)}): try again.`,
        );
  }
  if (error instanceof openid.ResponseBodyError) {
    return error.error === 'invalid_grant'
      ? new ForbiddenError('This sign-in took too long, or was already finished: sign in again.')
      : new UnavailableError(
          `The issuer ${issuer} rejects NetPilot itself (${errorCode(error.error)}): GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET and PUBLIC_URL must be as registered there.`,
        );
  }
  if (error instanceof openid.ClientError && REFUSED.has(error.code ?? ''))
    return new ForbiddenError(
      `The response does not belong to this sign-in (${reason(error)}): sign in again.`,
    );
  return new UnavailableError(`The issuer ${issuer} sent an invalid response: ${reason(error)}.`);
}

/** An OAuth error code (RFC 6749, 4.1.2.1); any other text is not repeated. */
function errorCode(text: string): string {
  return /^[a-z_]{1,60}$/.test(text) ? text : 'no known reason';
}

/** The messages of an error and its causes. Without those of a parser, which would quote what it read. */
function reason(error: unknown): string {
  const messages: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!(cause instanceof SyntaxError)) messages.push(cause.message || cause.name);
  }
  return messages.join(': ') || 'unknown error';
}
