/** Routers that the Commands-Server dials: where each is, and whether the operator allows that. */
import { type DialRules, isWithin } from '../config/dialling.ts';
import { type FieldError, InvalidInputError } from '../errors.ts';
import type { Router } from './queries.ts';

/** What a person says of where a router is. */
export type Whereabouts = Pick<Router, 'router_ip' | 'tunnel_port'>;

/** Where dropbear listens. Not a person's to choose: in the operator's networks no other port can be reached. */
const SSH_PORT = 22;

/** Whether anything may be dialled at all. */
export function mayDial({ networks, tunnels }: DialRules): boolean {
  return networks.length > 0 || tunnels !== undefined;
}

/** Where to dial a router: its tunnel, where it has one, else its own address. */
export function whereToDial(
  { router_ip, tunnel_port }: Whereabouts,
  { networks, tunnels }: DialRules,
): { host: string; port: number } | 'no-address' | 'not-allowed' {
  if (tunnel_port !== null) {
    const isAllowed =
      tunnels !== undefined && tunnel_port >= tunnels.first && tunnel_port <= tunnels.last;
    return isAllowed ? { host: tunnels.host, port: tunnel_port } : 'not-allowed';
  }
  if (router_ip === null) return 'no-address';
  return isWithin(router_ip, networks) ? { host: router_ip, port: SSH_PORT } : 'not-allowed';
}

/** Throws InvalidInputError, naming the field, for a place that the operator does not let be dialled. */
export function requireDiallable(router: Whereabouts, rules: DialRules): void {
  if (whereToDial(router, rules) === 'not-allowed')
    throw new InvalidInputError([
      router.tunnel_port === null ? wrongAddress(router, rules) : wrongPort(router, rules),
    ]);
}

function wrongAddress({ router_ip }: Whereabouts, { networks }: DialRules): FieldError {
  return {
    field: 'router_ip',
    value: router_ip,
    expected:
      networks.length > 0
        ? `an address in ${networks.join(', ')} (ROUTERS_DIAL_NETWORKS)`
        : 'none, as the operator lets no address be dialled (ROUTERS_DIAL_NETWORKS)',
  };
}

function wrongPort({ tunnel_port }: Whereabouts, { tunnels }: DialRules): FieldError {
  return {
    field: 'tunnel_port',
    value: tunnel_port,
    expected: tunnels
      ? `a port from ${tunnels.first} to ${tunnels.last} (ROUTERS_DIAL_TUNNELS)`
      : 'none, as the operator lets no tunnel be dialled (ROUTERS_DIAL_TUNNELS)',
  };
}
