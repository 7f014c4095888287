import * as openid from 'openid-client';
import type { Config } from '../config/config.ts';
import { isLoopback } from '../config/loopback.ts';
import { ForbiddenError, type NetPilotError, UnavailableError } from '../errors.ts';
import { type Identity, parseIdentity } from './identity.ts';

/** The longest one request to the issuer may take, in seconds. */
const TIMEOUT_SECONDS = 10;
/** The issuer's addresses and keys are asked for anew after this long. */
const DISCOVERY_KEPT_MS = 60 * 60_000;
const SCOPE = 'openid email profile';

/** What is kept of a sign-in between its start and the callback. */
export type SignInSecrets = { state: string; nonce: string; codeVerifier: string };

/** Signs people in at one issuer (OpenID Connect Core 1.0, 3.1, with PKCE of RFC 7636). */
export type OpenIdClient = {
  /** The issuer's page to send a browser to. Throws UnavailableError when the issuer does not answer. */
  authorizationUrl: (secrets: SignInSecrets) => Promise<URL>;
  /**
   * Who came back, from the callback's query string. No token of the issuer's outlives the call.
   * Throws ForbiddenError for an answer that is refused, UnavailableError where there is none.
   */
  identify: (search: string, secrets: SignInSecrets) => Promise<Identity>;
};

/** Nothing is asked of the issuer before the first sign-in: one that is down stops nobody from starting. */
export function createOpenIdClient(
  issuer: NonNullable<Config['issuer']>,
  redirectUri: string,
): OpenIdClient {
  const configure = discoverer(issuer);
  return {
    async authorizationUrl({ state, nonce, codeVerifier }) {
      return openid.buildAuthorizationUrl(await configure(), {
        redirect_uri: redirectUri,
        scope: SCOPE,
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
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

type Tokens = Awaited<ReturnType<typeof openid.authorizationCodeGrant>>;

/** The ID token's claims, and those of the userinfo endpoint where the issuer tells the e-mail only there. */
async function readClaims(
  configuration: openid.Configuration,
  tokens: Tokens,
): Promise<Record<string, unknown>> {
  const claims = tokens.claims();
  if (claims === undefined) throw new ForbiddenError('The issuer gave no ID token.');
  if (
    claims['email'] !== undefined ||
    configuration.serverMetadata().userinfo_endpoint === undefined
  )
    return claims;
  const more = await openid.fetchUserInfo(configuration, tokens.access_token, claims.sub);
  return { ...more, ...claims };
}

/** Asks for the issuer's metadata when it is first needed, once for all who wait; after a failure, again. */
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
        `The issuer ${issuer.url} cannot be asked to sign anybody in: ${reason(error)}.`,
      );
    }
  };
}

/** The issuer's metadata (OpenID Connect Discovery 1.0, 4), and how we speak to it. */
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
        // The ID token's signature is checked even though TLS vouches for where it came from.
        openid.enableNonRepudiationChecks,
        ...(isLoopback(new URL(url).hostname) ? [openid.allowInsecureRequests] : []),
      ],
    },
  );
  // Some issuers' names end in a slash (Auth0, authentik), which the configuration leaves out.
  const { issuer } = configuration.serverMetadata();
  if (issuer.replace(/\/$/, '') !== url) throw new Error(`it calls itself ${issuer}`);
  return configuration;
}

/** Codes of openid-client for an answer that is well formed, but not the one to this sign-in. */
const REFUSED = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
]);

/** The library's errors carry whole answers, tokens among them: only their words go on, never they themselves. */
function explain(error: unknown, issuer: string): NetPilotError {
  if (error instanceof ForbiddenError) return error;
  if (error instanceof openid.AuthorizationResponseError) {
    const isDown = ['server_error', 'temporarily_unavailable'].includes(error.error);
    return isDown
      ? new UnavailableError(`The issuer ${issuer} cannot sign anybody in right now.`)
      : new ForbiddenError(
          `The issuer ${issuer} did not sign you in (${errorCode(error.error)}): try again.`,
        );
  }
  if (error instanceof openid.ResponseBodyError) {
    return error.error === 'invalid_grant'
      ? new ForbiddenError('This sign-in took too long, or was finished already: sign in again.')
      : new UnavailableError(
          `The issuer ${issuer} refuses NetPilot itself (${errorCode(error.error)}): GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET and PUBLIC_URL must be as registered there.`,
        );
  }
  if (error instanceof openid.ClientError && REFUSED.has(error.code ?? ''))
    return new ForbiddenError(
      `The answer does not belong to this sign-in (${reason(error)}): sign in again.`,
    );
  return new UnavailableError(
    `The issuer ${issuer} did not answer as it should: ${reason(error)}.`,
  );
}

/** An OAuth error code (RFC 6749, 4.1.2.1); anything else that came in its place is not repeated. */
function errorCode(text: string): string {
  return /^[a-z_]{1,60}$/.test(text) ? text : 'no known reason';
}

/** The messages of an error and its causes. A parser's would quote what it read, so it is left out. */
function reason(error: unknown): string {
  const messages: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!(cause instanceof SyntaxError)) messages.push(cause.message || cause.name);
  }
  return messages.join(': ') || 'unknown error';
}
