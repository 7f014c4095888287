/** Which addresses the targets of alerts may have: what users name is reached from inside the operator's network. */
import { BlockList, isIPv4 } from 'node:net';
import { isWithin } from '../config/dialling.ts';
import { parseAddress } from '../parse-address.ts';

/** IANA's special-purpose registries, multicast, and what clouds put their metadata at. */
const REFUSED_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Azure's, which is a public address.
  '168.63.129.16/32',
];

/** All of IPv6 but global unicast (2000::/3), and of that what leads elsewhere or nowhere: Teredo, 6to4, documentation. */
const REFUSED_IPV6 = [
  '::/3',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '2620:4f:8000::/48',
  '3fff::/20',
  '4000::/2',
  '8000::/1',
];

// A list for each: in one, ::/3 would have every IPv4 address, as a mapped one.
const refusedIPv4 = listOf(REFUSED_IPV4, 'ipv4');
const refusedIPv6 = listOf(REFUSED_IPV6, 'ipv6');

/**
 * Whether nothing may be sent to an address: it is not one of the internet's, and the operator does not allow it either.
 * @param allowed addresses and networks (ALERT_NETWORKS)
 */
export function isRefused(address: string, allowed: readonly string[]): boolean {
  // A zone would choose the interface.
  const meant = address.includes('%') ? undefined : meantAddress(address);
  if (meant === undefined) return true;
  if (isWithin(meant, allowed)) return false;
  return isIPv4(meant) ? refusedIPv4.check(meant) : refusedIPv6.check(meant, 'ipv6');
}

/** An IPv6 address that a translator takes for the IPv4 one in its end (NAT64, RFC 6052), as parseAddress() spells it. */
const TRANSLATED = /^64:ff9b::(?=[\da-f]+:[\da-f]+$)/;

/** The address that is reached by it: of a mapped or translated one the IPv4 address. Undefined if it is not an address. */
function meantAddress(address: string): string | undefined {
  const spelled = parseAddress(address);
  return spelled && parseAddress(spelled.replace(TRANSLATED, '::ffff:'));
}

function listOf(networks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [start = '', prefix] = network.split('/');
    list.addSubnet(start, Number(prefix), family);
  }
  return list;
}
