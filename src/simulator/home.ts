/** A home with its devices: who is there, under which addresses, and what changes as time goes by. */
import type { Neighbour } from '../devices/neighbour.ts';
import { KINDS, type Kind } from './kinds.ts';
import { type Random, createRandom, pick, pickNumber } from './random.ts';

/** What a DHCP server of a home gives out: 192.168.1.2 to .254; the router has .1. */
export const MOST_DEVICES = 253;
/** GL Technologies, who make routers that run OpenWrt. */
const ROUTER_OUI = '9483C4';

type Device = {
  kind: Kind;
  mac: string;
  hostname: string | null;
  ipv4: string;
  /** A stable address, and a temporary one (RFC 8981) that changes. */
  ipv6: string[];
  isOnline: boolean;
};

export type Home = {
  /** The router's own MAC on its LAN. */
  lan: string;
  /** What a scan finds. */
  neighbours: () => Neighbour[];
  /** Lets one thing happen; gives what the router says of it. */
  live: () => Neighbour[];
};

/**
 * The home of this number: the same devices whenever it is made.
 * @param deviceCount up to 253
 */
export function createHome(number: number, deviceCount: number): Home {
  if (deviceCount > MOST_DEVICES)
    throw new RangeError(`A home has room for ${MOST_DEVICES} devices.`);
  const random = createRandom(number);
  // Of the network that is kept for documentation (RFC 3849), a /64 for each home.
  const prefix = `2001:db8:${(number >>> 16).toString(16)}:${(number & 0xff_ff).toString(16)}`;
  const devices: Device[] = [];

  const freeIpv4 = () => {
    const taken = new Set(devices.map(({ ipv4 }) => ipv4));
    const free = Array.from({ length: MOST_DEVICES }, (_, index) => `192.168.1.${index + 2}`);
    return pick(
      random,
      free.filter((ipv4) => !taken.has(ipv4)),
    );
  };
  const makeIpv6 = () => formatIpv6(prefix, hexOf(random, 16));
  for (let index = 0; index < deviceCount; index += 1) {
    const kind = KINDS[index % KINDS.length] ?? pick(random, KINDS);
    devices.push({
      kind,
      mac: formatMac(kind.oui === null ? makeUpOui(random) : kind.oui, hexOf(random, 6)),
      hostname: kind.hostname?.replaceAll('#', () => hexOf(random, 1).toUpperCase()) ?? null,
      ipv4: freeIpv4(),
      ipv6: kind.hasIpv6 ? [makeIpv6(), makeIpv6()] : [],
      isOnline: kind.presence === 'resident' || random() < 0.6,
    });
  }

  /** A device leaves, or comes back, now and then under another address. */
  const comeOrGo = (device: Device): Neighbour[] => {
    if (device.isOnline) {
      device.isOnline = false;
      return neighboursOf(device);
    }
    device.isOnline = true;
    if (random() < 0.2) device.ipv4 = freeIpv4();
    return neighboursOf(device);
  };
  /** A device that stays has a new temporary address. */
  const renew = (device: Device): Neighbour[] => {
    device.ipv6 = [...device.ipv6.slice(0, 1), makeIpv6()];
    return neighboursOf(device).slice(-1);
  };

  return {
    lan: formatMac(ROUTER_OUI, number.toString(16).padStart(6, '0').slice(-6)),
    neighbours: () => devices.flatMap(neighboursOf),
    live: () => {
      const movable = devices.filter(
        ({ kind, ipv6 }) => kind.presence !== 'resident' || ipv6.length > 0,
      );
      if (movable.length === 0) return [];
      const device = pick(random, movable);
      const isRenewal = device.isOnline && device.ipv6.length > 0 && random() < 0.3;
      if (isRenewal || device.kind.presence === 'resident')
        return device.isOnline ? renew(device) : [];
      return comeOrGo(device);
    },
  };
}

function neighboursOf({ mac, hostname, ipv4, ipv6, isOnline }: Device): Neighbour[] {
  return [ipv4, ...ipv6].map((ip) => ({ mac, ip, online: isOnline, hostname }));
}

function hexOf(random: Random, digits: number): string {
  return Array.from({ length: digits }, () => pickNumber(random, 16).toString(16)).join('');
}

/** Locally administered, not a group's: what a phone uses so that nobody knows it again. */
function makeUpOui(random: Random): string {
  return `${hexOf(random, 1)}${pick(random, ['2', '6', 'a', 'e'])}${hexOf(random, 4)}`;
}

function formatMac(oui: string, rest: string): string {
  return `${oui}${rest}`.toLowerCase().replace(/..(?=.)/g, '$&:');
}

/** As RFC 5952 writes it. */
function formatIpv6(prefix: string, rest: string): string {
  const { hostname } = new URL(`http://[${prefix}:${rest.replace(/.{4}(?=.)/g, '$&:')}]`);
  return hostname.slice(1, -1);
}
