/** Routers that the Commands-Server dials: where each of them is, and whether the operator allows it. */
import { type DialRules, isWithin } from '../config/dialling.ts';
import { type FieldError, InvalidInputError } from '../errors.ts';
import type { Router } from '../database/models.ts';

/** What a person can set about where a router is reached. */
export type RouterAddress = Pick<Router, 'router_ip' | 'tunnel_port'>;

/** Where dropbear listens. Not configurable: no other port in the operator's networks may be reached. */
const SSH_PORT = 22;

/** Whether the operator allows anything to be dialled. */
export function mayDial({ networks, tunnels }: DialRules): boolean {
  return networks.length > 0 || tunnels !== undefined;
}

/** Where to dial a router: its tunnel if it has one, else its own address. */
export function whereToDial(
  { router_ip, tunnel_port }: RouterAddress,
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

/** Throws InvalidInputError, naming the field, for an address that the operator does not allow. */
export function requireDiallable(router: RouterAddress, rules: DialRules): void {
  if (whereToDial(router, rules) === 'not-allowed')
    throw new InvalidInputError([
      router.tunnel_port === null ? wrongAddress(router, rules) : wrongPort(router, rules),
    ]);
}

function wrongAddress({ router_ip }: RouterAddress, { networks }: DialRules): FieldError {
  return {
    field: 'router_ip',
    value: router_ip,
    expected:
      networks.length > 0
        ? `an address in ${networks.join(', ')} (ROUTERS_DIAL_NETWORKS)`
        : 'none: the operator allows no address to be dialled (ROUTERS_DIAL_NETWORKS)',
  };
}

function wrongPort({ tunnel_port }: RouterAddress, { tunnels }: DialRules): FieldError {
  return {
    field: 'tunnel_port',
    value: tunnel_port,
    expected: tunnels
      ? `a port from ${tunnels.first} to ${tunnels.last} (ROUTERS_DIAL_TUNNELS)`
      : 'none: the operator allows no tunnel to be dialled (ROUTERS_DIAL_TUNNELS)',
  };
}
