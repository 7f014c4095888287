import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Config } from '../config/config.ts';
import { type DialRules, isWithin } from '../config/dialling.ts';
import { isLoopback } from '../config/loopback.ts';
import { findUnnamedProxy } from '../config/unnamed-proxy.ts';
import { type Check, type Result, fail, ok, reasonOf, warn } from './check.ts';
import { checkCells } from './cells.ts';
import { checkNats } from './nats.ts';
import { checkSignUp } from './sign-up.ts';
import { checkRouterPort } from './router-port.ts';

const TIMEOUT_MS = 5_000;

/** Addresses that are never a router's, but of services that may trust their neighbours. */
const RISKY = ['127.0.0.1', '::1', '169.254.169.254'];

/** The members needed of an issuer's metadata (OpenID Connect Discovery 1.0, section 3). */
const Metadata = Type.Object({
  issuer: Type.String(),
  authorization_endpoint: Type.String(),
  token_endpoint: Type.String(),
});

export const NETWORK_CHECKS: readonly Check[] = [
  { name: 'commands-server', run: ({ config }) => checkCommandsServer(config.commandsServerUrl) },
  { name: 'nats', run: ({ config }) => checkNats(config) },
  { name: 'cells', run: checkCells },
  { name: 'port for routers', run: checkRouterPort },
  { name: 'dialled routers', run: ({ config }) => checkDialRules(config.dial) },
  { name: 'reverse proxy', run: ({ config }) => checkProxy(config) },
  { name: 'encryption', run: ({ config }) => checkEncryption(config) },
  { name: 'issuer', run: ({ config }) => checkIssuer(config.issuer) },
  { name: 'sign-up', run: checkSignUp },
];

/** Checks that the Commands-Server that sessions are announced to answers HTTP, if one is configured. */
export async function checkCommandsServer(url: string | undefined): Promise<Result> {
  if (url === undefined) return ok('Not configured (COMMANDS_SERVER_URL).');
  const fix = 'start it, or correct COMMANDS_SERVER_URL. Until then it does not learn of sessions.';
  try {
    const { status } = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return status >= 500 ? fail(`It answers with status ${status}.`, fix) : ok('It answers.');
  } catch (error) {
    return fail(`It does not answer: ${reasonOf(error)}.`, fix);
  }
}

/** Checks what users can make the Commands-Server connect to when it dials routers. */
export function checkDialRules({ networks, tunnels }: DialRules): Result {
  if (networks.length === 0 && tunnels === undefined)
    return ok('Not allowed (ROUTERS_DIAL_NETWORKS, ROUTERS_DIAL_TUNNELS).');
  const risky = RISKY.filter((address) => isWithin(address, networks));
  if (risky.length > 0)
    return warn(
      `Any user can make this machine connect to port 22 of ${risky.join(', ')}.`,
      'list only the networks of your routers in ROUTERS_DIAL_NETWORKS.',
    );
  const range = tunnels && `${tunnels.host} ports ${tunnels.first} to ${tunnels.last}`;
  const places = [...networks, ...(range === undefined ? [] : [range])];
  return ok(`Allowed in ${places.join(', ')}.`);
}

/** Checks that a reverse proxy in front is named, so that the limits of attempts are for each user's address. */
export function checkProxy(config: Pick<Config, 'publicUrl' | 'trustedProxies'>): Result {
  const unnamed = findUnnamedProxy(config);
  if (unnamed !== undefined) return warn(unnamed.message, unnamed.fix);
  const { trustedProxies } = config;
  if (trustedProxies.length === 0) return ok('None (TRUSTED_PROXIES).');
  return ok(`Trusted: ${trustedProxies.join(', ')}.`);
}

/** Checks that nothing travels between machines unencrypted, or to one whose certificate nobody checks. */
export function checkEncryption({
  database,
  commandsServer,
}: Pick<Config, 'database' | 'commandsServer'>): Result[] {
  const found: Result[] = [];
  const address = database.kind === 'external' ? database.address : undefined;
  const isHere = address === undefined || address.host.startsWith('/') || isLoopback(address.host);
  if (!isHere && address.ssl !== true)
    found.push(
      warn(
        address.ssl === undefined
          ? 'The database on another machine is reached without TLS (sslmode=disable): everybody on the way can read and change everything.'
          : 'The database is reached without checking its certificate (sslmode=require): a machine that answers in its place reads everything.',
        'set sslmode=verify-full in DATABASE_URL; NODE_EXTRA_CA_CERTS takes the certificate of an authority of your own.',
      ),
    );
  if (!isLoopback(commandsServer.host))
    found.push(
      warn(
        `Other services call the Commands-Server at ${commandsServer.host} over plain HTTP, with a token that opens it.`,
        'set COMMANDS_SERVER_HOST=127.0.0.1, with a proxy that speaks TLS in front; or let it listen only on a private, encrypted network.',
      ),
    );
  return found.length > 0 ? found : [ok('What leaves this machine is encrypted.')];
}

/** Checks the issuer's metadata, if an issuer is configured. */
export async function checkIssuer(issuer: Config['issuer']): Promise<Result> {
  if (issuer === undefined)
    return ok('Not configured (OIDC_ISSUER): users sign in with a one-time link.');
  const fix =
    'check OIDC_ISSUER, and that this machine can reach it. Until then nobody can sign in.';
  try {
    const response = await fetch(`${issuer.url}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const metadata: unknown = response.ok ? await response.json() : undefined;
    if (!Value.Check(Metadata, metadata))
      return fail(`It answers with status ${response.status}, but without metadata.`, fix);
    if (metadata.issuer.replace(/\/+$/, '') !== issuer.url)
      return fail(`It calls itself ${metadata.issuer}.`, 'set OIDC_ISSUER to that name.');
    return ok(`${issuer.url} answers.`);
  } catch (error) {
    return fail(`It does not answer: ${reasonOf(error)}.`, fix);
  }
}
