/** What a router reports of its network. */
import { parseAddress } from '../parse-address.ts';
import { UNKNOWN_ADDRESS, isDeviceAddress, isDeviceMac } from './address.ts';

/**
 * One address of one device. A device with several addresses is several neighbours; one whose address nobody knows has
 * UNKNOWN_ADDRESS.
 */
export type Neighbour = { mac: string; ip: string; online: boolean; hostname: string | null };

/**
 * The neighbours that can be devices, as the inventory stores them: MACs in lower case, addresses in their one spelling, host names that PostgreSQL's
 * text takes. Anyone on the network may claim any MAC, address and name, so what no device can have (a
 * group's MAC, a loopback address) is left out.
 */
export function normalise(neighbours: readonly Neighbour[]): Neighbour[] {
  return neighbours.flatMap(({ mac, ip: written, online, hostname }) => {
    const ip = parseAddress(written);
    if (ip === undefined || !isMac(mac) || !isPossible(ip)) return [];
    return [{ mac: mac.toLowerCase(), ip, online, hostname: storable(hostname) }];
  });
}

/** A device can have any name. PostgreSQL's text stores everything but NUL and halves of surrogate pairs. */
function storable(hostname: string | null): string | null {
  const text = hostname?.replaceAll('\0', '').toWellFormed().trim() ?? '';
  if (text === '') return null;
  return text.length <= 255 ? text : Array.from(text).slice(0, 255).join('');
}

function isMac(mac: string): boolean {
  return /^[\da-f]{2}(:[\da-f]{2}){5}$/i.test(mac) && isDeviceMac(mac);
}

function isPossible(ip: string): boolean {
  return ip === UNKNOWN_ADDRESS || isDeviceAddress(ip);
}
