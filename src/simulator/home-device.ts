/** A device of a simulated home, and what the home can do with it. */
import type { Neighbour } from '../devices/neighbour.ts';
import type { Kind } from './kinds.ts';
import type { Random } from './random.ts';

export type HomeDevice = {
  /** Its number in the home. */
  index: number;
  kind: Kind;
  mac: string;
  hostname: string | null;
  ipv4: string;
  /** A stable address, and a temporary one (RFC 8981) that changes. */
  ipv6: string[];
  network: 'lan' | 'guest';
  isOnline: boolean;
};

/** What a home can do with its devices. */
export type HomeWork = {
  number: number;
  random: Random;
  devices: HomeDevice[];
  addDevice: (kind: Kind, network: 'lan' | 'guest') => HomeDevice;
  makeMac: (kind: Kind) => string;
  /** It leaves, or comes back, now and then under another address. */
  comeOrGo: (device: HomeDevice) => Neighbour[];
  /** One that stays has a new temporary address in place of the old one. */
  renew: (device: HomeDevice) => Neighbour[];
};

/** What the router says of it: a line for each of its addresses. */
export function neighboursOf({ mac, hostname, ipv4, ipv6, isOnline }: HomeDevice): Neighbour[] {
  return [ipv4, ...ipv6].map((ip) => ({ mac, ip, online: isOnline, hostname }));
}
