import { isIPv6 } from 'node:net';

/** An IPv4 address as its 32 bits, or the 16 bytes of an IPv6 address. */
export type Address = number | Uint8Array;

const ZERO = 48;
const DOT = 46;
const COLON = 58;
const HYPHEN = 45;

/** The address a text stands for; undefined where it stands for none (a zone or a prefix included). */
export function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

/** Four decimal numbers, without leading zeros: 010 means 8 to some programs and 10 to others. */
function parseIpv4(text: string): number | undefined {
  let address = 0;
  let part = -1;
  let parts = 0;
  for (let index = 0; index <= text.length; index += 1) {
    const code = index === text.length ? DOT : text.charCodeAt(index);
    if (code === DOT) {
      if (part < 0) return undefined;
      address = address * 256 + part;
      parts += 1;
      part = -1;
    } else {
      const digit = code - ZERO;
      if (digit < 0 || digit > 9 || part === 0) return undefined;
      part = part < 0 ? digit : part * 10 + digit;
      if (part > 255) return undefined;
    }
  }
  return parts === 4 ? address : undefined;
}

function parseIpv6(text: string): Uint8Array | undefined {
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const [head = '', tail] = text.split('::');
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const groups = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
  const bytes = new Uint8Array(16);
  for (const [index, group] of groups.entries()) {
    bytes[index * 2] = group >> 8;
    bytes[index * 2 + 1] = group & 255;
  }
  return bytes;
}

/** The 16-bit groups of one side of `::`, an IPv4 address at its end counting as two. */
function groupsOf(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const address = parseIpv4(group) ?? 0;
    return [Math.floor(address / 65_536), address % 65_536];
  });
}

/**
 * The 48 bits of a hardware address, upper or lower case, with `:` or `-` throughout; undefined where
 * the text is none.
 */
export function parseMac(text: string): number | undefined {
  if (text.length !== 17) return undefined;
  const separator = text.charCodeAt(2);
  if (separator !== COLON && separator !== HYPHEN) return undefined;
  let mac = 0;
  for (let index = 0; index < 17; index += 1) {
    const code = text.charCodeAt(index);
    if (index % 3 === 2) {
      if (code !== separator) return undefined;
    } else {
      const digit = hexDigit(code);
      if (digit < 0) return undefined;
      mac = mac * 16 + digit;
    }
  }
  return mac;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
