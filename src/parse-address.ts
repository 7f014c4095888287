const IP4 = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;
/** What may be an IPv6 address, without its zone: the URL parser says whether it is one. */
const IP6 = /^(?<bare>[\da-f:]*:[\da-f:.]*)(?:%[\w.~-]+)?$/i;

/**
 * An IP address in the one spelling that it has everywhere: IPv6 as RFC 5952 writes it without dots, an IPv4-mapped address
 * (`::ffff:10.0.0.1`, RFC 4291 2.5.5.2) as the IPv4 address that it is, and without a zone (`fe80::1%eth0`), which says where
 * somebody saw it. Undefined for another text; also for IPv4 with leading zeros, which some read as octal.
 */
export function parseAddress(text: string): string | undefined {
  if (IP4.test(text)) return text;
  const url = URL.parse(`http://[${IP6.exec(text)?.groups?.['bare'] ?? ''}]`);
  if (url === null) return undefined;
  const address = url.hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(address) ?? [];
  if (high === undefined || low === undefined) return address;
  const parts = [high, low].map((word) => Number.parseInt(word, 16));
  return parts.flatMap((word) => [word >> 8, word & 0xff]).join('.');
}
