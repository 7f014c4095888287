import { isIPv6 } from 'node:net';

/**
 * The network whose addresses one customer can choose among: an IPv4 address itself, of an IPv6 address the /64.
 * Limits count by it, because one host there has 2^64 addresses. The text must be an address as Node.js gives it.
 */
export function networkOf(address: string): string {
  const [, mapped] = /^::ffff:([\d.]+)$/i.exec(address) ?? [];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [before = '', after] = address.toLowerCase().replace(/%.*/, '').split('::');
  const groups = before.split(':').filter((group) => group !== '');
  if (after !== undefined) {
    const rest = after.split(':').filter((group) => group !== '');
    // An IPv4 address at the end takes the place of two groups.
    const size = rest.length + (after.includes('.') ? 1 : 0);
    groups.push(...Array.from({ length: 8 - groups.length - size }, () => '0'), ...rest);
  }
  const first = groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${first.join(':')}::/64`;
}
