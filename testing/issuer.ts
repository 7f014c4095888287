/** A real OpenID Connect issuer on loopback, whose people and moods the test decides. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** Who signs in next, as the issuer knows them. */
export type Claims = {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
  picture?: string;
};

export type Issuer = {
  url: string;
  clientId: string;
  clientSecret: string;
  /** Every sign-in is this user; undefined: the sign-in is refused (access_denied). */
  person: Claims | undefined;
  /** Answers instead of the issuer where it returns true. */
  intercept: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  /** Every answer of the token endpoint, as sent. */
  tokenAnswers: string[];
  /** Makes an authorization code run out. */
  expireCode: (code: string) => Promise<void>;
  /** Takes it off the network; `start` brings it back at the same address. */
  stop: () => Promise<void>;
  start: () => Promise<void>;
};

export type IssuerOptions = {
  /** Where the claims are: Google has them in the ID token, strict issuers at userinfo only. */
  claimsIn?: 'id_token' | 'userinfo';
  /** What the ID token has of a person, if that is not all. */
  inIdToken?: (person: Claims) => Claims;
  /** What it calls itself, for its address. */
  nameOf?: (url: string) => string;
};

/** Starts an issuer with one client. */
export async function startIssuer(
  redirectUri: string,
  options: IssuerOptions = {},
): Promise<Issuer> {
  const server = createServer((request, response) => {
    if (issuer.intercept?.(request, response) === true) return;
    if (request.url === '/token') record(response, issuer.tokenAnswers);
    void handle(request, response);
  });
  const port = await listen(server, 0);
  const client = { id: 'netpilot', secret: randomBytes(24).toString('base64url') };
  const issuer: Issuer = {
    url: `http://127.0.0.1:${port}`,
    clientId: client.id,
    clientSecret: client.secret,
    person: undefined,
    intercept: undefined,
    tokenAnswers: [],
    expireCode: async (code) => (await provider.AuthorizationCode.find(code))?.destroy(),
    stop: () => close(server),
    start: async () => void (await listen(server, port)),
  };
  const provider = createProvider(issuer, redirectUri, options);
  const answer = provider.callback();

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    if (!(request.url ?? '').startsWith('/interaction/')) return answer(request, response);
    const result =
      issuer.person === undefined
        ? { error: 'access_denied', error_description: 'not today' }
        : { login: { accountId: issuer.person.sub } };
    return provider.interactionFinished(request, response, result);
  };
  return issuer;
}

function createProvider(
  issuer: Issuer,
  redirectUri: string,
  { claimsIn = 'id_token', inIdToken = (person) => person, nameOf = (url) => url }: IssuerOptions,
) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return new Provider(nameOf(issuer.url), {
    clients: [
      {
        client_id: issuer.clientId,
        client_secret: issuer.clientSecret,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'picture'] },
    conformIdTokenClaims: claimsIn === 'userinfo',
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: (use) => {
        const person = { ...issuer.person, sub };
        return use === 'id_token' ? inIdToken(person) : person;
      },
    }),
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    // Nobody is asked for consent.
    loadExistingGrant: async ({ oidc }) => {
      const known = oidc.session?.grantIdFor(issuer.clientId);
      if (known !== undefined) return oidc.provider.Grant.find(known);
      const grant = new oidc.provider.Grant({
        clientId: issuer.clientId,
        ...(oidc.session?.accountId !== undefined && { accountId: oidc.session.accountId }),
      });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
  });
}

/** Keeps a copy of what is sent. */
function record(response: ServerResponse, answers: string[]): void {
  const end = response.end.bind(response);
  response.end = (chunk?: unknown) => {
    answers.push(String(chunk));
    return end(chunk);
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('not on a port');
  return address.port;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
