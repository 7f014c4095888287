import { BlockList, isIP } from 'node:net';
import type { Reader } from './reader.ts';

/** What the Commands-Server may dial. If both are empty, nothing. */
export type DialRules = {
  /** Addresses and networks of routers, such as 192.168.0.0/16. */
  networks: string[];
  /** Where the other ends of routers' reverse tunnels listen. */
  tunnels: { host: string; first: number; last: number } | undefined;
};

const NETWORKS = 'addresses or networks, separated by commas, as 10.0.0.1 or 10.0.0.0/8';
const TUNNELS = 'an address and a range of ports, as 127.0.0.1:20000-20999 or [::1]:20000-20999';

/** Reads ROUTERS_DIAL_NETWORKS and ROUTERS_DIAL_TUNNELS. */
export function parseDialRules(reader: Reader): DialRules {
  return {
    networks: parseNetworks(reader, 'ROUTERS_DIAL_NETWORKS'),
    tunnels: parseTunnels(reader),
  };
}

/** Addresses and networks of one variable; the reader is told of what is not one. */
export function parseNetworks(
  reader: Reader,
  name: 'TRUSTED_PROXIES' | 'ROUTERS_DIAL_NETWORKS' | 'ALERT_NETWORKS',
): string[] {
  const networks = (reader.text(name) ?? '')
    .split(',')
    .map((network) => network.trim())
    .filter((network) => network !== '');
  for (const network of networks) {
    const [address = '', prefix, ...rest] = network.split('/');
    const most = isIP(address) === 4 ? 32 : 128;
    const prefixIsRight =
      prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= most);
    if (isIP(address) === 0 || rest.length > 0 || !prefixIsRight)
      reader.fail({ field: name, value: network, expected: NETWORKS });
  }
  return networks;
}

/** Whether an address is in one of these networks. */
export function isWithin(address: string, networks: readonly string[]): boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [start = '', prefix] = network.split('/');
    if (prefix === undefined) list.addAddress(start, familyOf(start));
    else list.addSubnet(start, Number(prefix), familyOf(start));
  }
  return isIP(address) !== 0 && list.check(address, familyOf(address));
}

function parseTunnels(reader: Reader): DialRules['tunnels'] {
  const value = reader.text('ROUTERS_DIAL_TUNNELS');
  if (value === undefined) return undefined;
  const [, v6, other, first, last] =
    /^(?:\[([\da-f:.]+)\]|([\d.]+)):(\d{1,5})-(\d{1,5})$/i.exec(value) ?? [];
  const host = v6 ?? other ?? '';
  const ports = { first: Number(first), last: Number(last) };
  if (isIP(host) !== 0 && ports.first >= 1 && ports.first <= ports.last && ports.last <= 65_535)
    return { host, ...ports };
  reader.fail({ field: 'ROUTERS_DIAL_TUNNELS', value, expected: TUNNELS });
  return undefined;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}
