import { isIP } from 'node:net';

const MAC = /^[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}$/i;

/** The text, if it is an IPv4 or IPv6 address without zone and prefix; else undefined. */
export function parseAddress(text: string): string | undefined {
  return isIP(text) !== 0 && !text.includes('%') ? text : undefined;
}

/** A MAC address as `9a:8d:bc:e0:52:41`, read in either case, with `:` or `-` throughout; else undefined. */
export function parseMac(text: string): string | undefined {
  return MAC.test(text) ? text.toLowerCase().replaceAll('-', ':') : undefined;
}
