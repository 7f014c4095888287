/** The address of a target as a person enters it. */
import { isIP } from 'node:net';
import { isRefused } from './refused-address.ts';

/** What is wrong with an address, before anything is looked up. */
export type UrlProblem = 'not-a-url' | 'has-credentials' | 'bad-port' | 'no-tls' | 'refused';

/** A URL whose form is right. */
export type Target = {
  url: URL;
  /** Name or address, without brackets. */
  host: string;
  port: number;
};

/** Below are the ports of services that are not HTTP; what is above a person runs themselves. */
const FIRST_FREE_PORT = 1024;

/**
 * Reads a URL, in which numbers of other bases have become an address already (WHATWG). Networks of the operator's may be
 * reached at any port and without TLS; whether a name is in one shows only when it is resolved.
 */
export function readTarget(text: string, allowed: readonly string[]): Target | UrlProblem {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return 'not-a-url';
  if (url.username !== '' || url.password !== '') return 'has-credentials';
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');
  if (host === '') return 'not-a-url';
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  const target = { url, host: isLocalName(host) ? '127.0.0.1' : host, port };
  if (isIP(target.host) !== 0) return problemAt(target, target.host, allowed) ?? target;
  // A name in a network of the operator's needs no TLS: that is checked when it is known.
  return (allowed.length > 0 ? undefined : problemInPublic(target)) ?? target;
}

/** Why nothing may be sent to an address of a target. In networks of the operator's any port will do, without TLS. */
export function problemAt(
  target: Target,
  address: string,
  allowed: readonly string[],
): UrlProblem | undefined {
  if (isRefused(address, allowed)) return 'refused';
  return isRefused(address, []) ? undefined : problemInPublic(target);
}

function problemInPublic({ url, port }: Target): UrlProblem | undefined {
  if (url.protocol !== 'https:') return 'no-tls';
  return port !== 443 && port < FIRST_FREE_PORT ? 'bad-port' : undefined;
}

/** Means this machine by RFC 6761, whatever a resolver says. */
function isLocalName(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost');
}
