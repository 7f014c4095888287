import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Config } from '../config/config.ts';
import { type DialRules, isWithin } from '../config/dialling.ts';
import { type Finding, fail, ok, reasonOf, warn } from './finding.ts';

const PATIENCE_MS = 5_000;

/** Where no router is, but what trusts its neighbours may be. */
const RISKY = ['127.0.0.1', '::1', '169.254.169.254'];

/** What matters of an issuer's metadata (OpenID Connect Discovery 1.0, section 3). */
const Metadata = Type.Object({
  issuer: Type.String(),
  authorization_endpoint: Type.String(),
  token_endpoint: Type.String(),
});

/** Whether the Commands-Server answers HTTP at all, where one is configured. */
export async function checkCommandsServer(url: string | undefined): Promise<Finding> {
  const check = 'commands-server';
  if (url === undefined) return ok(check, 'None is configured (COMMANDS_SERVER_URL).');
  const mend =
    'start it, or set COMMANDS_SERVER_URL to where it is. Until then changes stay pending.';
  try {
    const { status } = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return status >= 500
      ? fail(check, `It answers with status ${status}.`, mend)
      : ok(check, 'It answers.');
  } catch (error) {
    return fail(check, `It does not answer: ${reasonOf(error)}.`, mend);
  }
}

/** What any user may make the Commands-Server connect to, because it dials routers. */
export function judgeDialRules({ networks, tunnels }: DialRules): Finding {
  const check = 'dialled routers';
  if (networks.length === 0 && tunnels === undefined)
    return ok(check, 'None is dialled (ROUTERS_DIAL_NETWORKS, ROUTERS_DIAL_TUNNELS).');
  const risky = RISKY.filter((address) => isWithin(address, networks));
  if (risky.length > 0)
    return warn(
      check,
      `Any user may make this machine connect to port 22 of ${risky.join(', ')}.`,
      'name in ROUTERS_DIAL_NETWORKS only networks in which routers are.',
    );
  const range = tunnels && `${tunnels.host} ports ${tunnels.first} to ${tunnels.last}`;
  const places = [...networks, ...(range === undefined ? [] : [range])];
  return ok(check, `They are dialled in ${places.join(', ')}.`);
}

/** Whether the issuer's metadata can be had and are its own, where one is configured. */
export async function checkIssuer(issuer: Config['issuer']): Promise<Finding> {
  const check = 'issuer';
  if (issuer === undefined)
    return ok(check, 'None is configured (OIDC_ISSUER): people sign in by the one-time link.');
  const mend =
    'see that OIDC_ISSUER is right and that this machine reaches it. Until then nobody can sign in.';
  try {
    const response = await fetch(`${issuer.url}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const metadata: unknown = response.ok ? await response.json() : undefined;
    if (!Value.Check(Metadata, metadata))
      return fail(check, `It answers with status ${response.status} and no metadata.`, mend);
    if (metadata.issuer.replace(/\/+$/, '') !== issuer.url)
      return fail(check, `It calls itself ${metadata.issuer}.`, 'set OIDC_ISSUER to that name.');
    return ok(check, `${issuer.url} answers.`);
  } catch (error) {
    return fail(check, `It does not answer: ${reasonOf(error)}.`, mend);
  }
}
