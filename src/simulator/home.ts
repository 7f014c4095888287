/** A home with its devices: who is there, under which addresses, and what changes as time goes by. */
import type { Neighbour } from '../devices/neighbour.ts';
import type { PlacedDevice } from '../devices/place.ts';
import type { Used } from '../usage/sample.ts';
import { placeOf, usedBy } from './describing.ts';
import { FAMILY, momentOf } from './family.ts';
import { type HomeDevice, type HomeWork, neighboursOf } from './home-device.ts';
import { KINDS, type Kind } from './kinds.ts';
import { type AccessOf, createRhythm } from './rhythm.ts';
import { type Random, createRandom, pick, pickNumber } from './random.ts';

/** What a DHCP server of a home gives out: 192.168.1.2 to .254; the router has .1. */
export const MOST_DEVICES = 253;
/** GL Technologies, who make routers that run OpenWrt. */
const ROUTER_OUI = '9483C4';

export type Home = {
  /** The router's own MAC on its LAN. */
  lan: string;
  /** The names of those whose devices they are, by MAC. */
  owners: () => Map<string, string>;
  /** What a scan finds. */
  neighbours: () => Neighbour[];
  /** Lets one thing happen; gives what the router says of it. */
  live: () => Neighbour[];
  /** Lets happen what a family does until that moment; gives what the router says of it. */
  liveUntil: (instant: Date, accessOf: AccessOf) => Neighbour[];
  /** Has a device come that is there but off; gives what the router says of it. */
  wake: (mac: string) => Neighbour[];
  /** Where those are that are online. */
  places: (instant: Date) => PlacedDevice[];
  /** What they use in so many seconds until that moment: nothing if it is blocked, and no more than its rates. */
  use: (instant: Date, seconds: number, accessOf: AccessOf) => Used[];
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
  const devices: HomeDevice[] = [];

  const freeIpv4 = () => {
    const taken = new Set(devices.map(({ ipv4 }) => ipv4));
    const free = Array.from({ length: MOST_DEVICES }, (_, index) => `192.168.1.${index + 2}`);
    return pick(
      random,
      free.filter((ipv4) => !taken.has(ipv4)),
    );
  };
  const makeIpv6 = () => formatIpv6(prefix, hexOf(random, 16));
  const makeMac = ({ oui }: Kind) => formatMac(oui ?? makeUpOui(random), hexOf(random, 6));
  const addDevice = (kind: Kind, network: 'lan' | 'guest') => {
    const device = {
      index: devices.length,
      kind,
      mac: makeMac(kind),
      hostname: kind.hostname?.replaceAll('#', () => hexOf(random, 1).toUpperCase()) ?? null,
      ipv4: freeIpv4(),
      ipv6: kind.hasIpv6 ? [makeIpv6(), makeIpv6()] : [],
      network,
      isOnline: kind.presence === 'resident' || random() < 0.6,
    };
    devices.push(device);
    return device;
  };
  for (let index = 0; index < deviceCount; index += 1)
    addDevice(KINDS[index % KINDS.length] ?? pick(random, KINDS), 'lan');

  const comeOrGo = (device: HomeDevice): Neighbour[] => {
    if (device.isOnline) {
      device.isOnline = false;
      return neighboursOf(device);
    }
    device.isOnline = true;
    if (random() < 0.2) device.ipv4 = freeIpv4();
    return neighboursOf(device);
  };
  const renew = (device: HomeDevice): Neighbour[] => {
    const old = neighboursOf(device)
      .slice(2)
      .map((neighbour) => ({ ...neighbour, online: false }));
    device.ipv6 = [...device.ipv6.slice(0, 1), makeIpv6()];
    // Otherwise it would seem to be here by its old address after it has left.
    return [...neighboursOf(device).slice(-1), ...old];
  };
  const work = { number, random, devices, addDevice, makeMac, comeOrGo, renew };

  return {
    lan: formatMac(ROUTER_OUI, number.toString(16).padStart(6, '0').slice(-6)),
    owners: () =>
      new Map(
        devices.flatMap(({ mac, kind }) => {
          const owner = kind.owner === undefined ? undefined : FAMILY[kind.owner];
          return owner === undefined ? [] : [[mac, owner.name] as const];
        }),
      ),
    neighbours: () => devices.flatMap(neighboursOf),
    live: () => liveOn(work),
    liveUntil: createRhythm(work),
    wake: (mac) =>
      devices
        .filter((device) => device.mac === mac && !device.isOnline && device.kind.isWired === true)
        .flatMap(comeOrGo),
    places: (instant) =>
      devices
        .filter(({ isOnline }) => isOnline)
        .map((device) => placeOf(number, device, momentOf(instant))),
    use: (instant, seconds, accessOf) =>
      devices.flatMap(
        (device) => usedBy(number, device, momentOf(instant), seconds, accessOf) ?? [],
      ),
  };
}

/** Any one of the devices comes, goes, or has a new address: load, at any time of the day. */
function liveOn({ random, devices, comeOrGo, renew }: HomeWork): Neighbour[] {
  const movable = devices.filter(
    ({ kind, ipv6 }) => kind.presence !== 'resident' || ipv6.length > 0,
  );
  if (movable.length === 0) return [];
  const device = pick(random, movable);
  const isRenewal = device.isOnline && device.ipv6.length > 0 && random() < 0.3;
  if (isRenewal || device.kind.presence === 'resident') return device.isOnline ? renew(device) : [];
  return comeOrGo(device);
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
