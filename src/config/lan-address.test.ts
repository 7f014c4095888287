import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, test } from 'vitest';
import { checkLanAddress, chooseLanAddress, isNear, parseDefaultRoutes } from './lan-address.ts';

/** Interfaces by name, each with its addresses as `192.168.1.5/24`. */
function machine(addresses: Record<string, string[]>): NodeJS.Dict<NetworkInterfaceInfo[]> {
  const info = (cidr: string): NetworkInterfaceInfo => {
    const [address = ''] = cidr.split('/');
    const rest = { address, cidr, netmask: '', mac: '02:00:00:00:00:01' };
    const internal = address === '127.0.0.1' || address === '::1';
    return address.includes(':')
      ? { ...rest, internal, family: 'IPv6', scopeid: address.startsWith('fe80') ? 2 : 0 }
      : { ...rest, internal, family: 'IPv4' };
  };
  return Object.fromEntries(
    Object.entries({ lo: ['127.0.0.1/8', '::1/128'], ...addresses }).map(([name, list]) => [
      name,
      list.map(info),
    ]),
  );
}

const HOME = { eth0: ['192.168.178.20/24', 'fe80::1/64', '2001:db8::20/64'] };

describe('the address of the home network', () => {
  test.each([
    ['that of the default route', HOME, ['eth0'], '192.168.178.20'],
    [
      'not that of containers and other interfaces',
      { docker0: ['172.17.0.1/16'], tun0: ['10.8.0.2/24'], ...HOME },
      ['eth0'],
      '192.168.178.20',
    ],
    [
      'the preferred one, if cable and Wi-Fi are in one network',
      { wlan0: ['192.168.178.21/24'], ...HOME },
      ['eth0', 'wlan0'],
      '192.168.178.20',
    ],
    ['also of a link without a router', { eth0: ['169.254.3.4/16'] }, ['eth0'], '169.254.3.4'],
  ])('is %s', (_which, addresses, names, expected) => {
    expect(chooseLanAddress(machine(addresses), names)).toBe(expected);
  });

  test.each([
    [
      'there is no default route',
      { docker0: ['172.17.0.1/16'], ...HOME },
      [],
      'this machine has no default route. Name the one that your router reaches: --lan 192.168.178.20 (eth0), or --lan 2001:db8::20 (eth0).',
    ],
    [
      'the machine is in two networks',
      { wlan0: ['10.0.0.7/24'], ...HOME },
      ['eth0', 'wlan0'],
      'this machine is in several networks. Name the one that your router reaches: --lan 192.168.178.20 (eth0), or --lan 10.0.0.7 (wlan0).',
    ],
    [
      'an interface is in two networks',
      { eth0: ['192.168.178.20/24', '10.0.0.7/24'] },
      ['eth0'],
      'in several networks',
    ],
    [
      'it is on the internet itself',
      { eth0: ['203.0.113.5/24'] },
      ['eth0'],
      'its default route (eth0) has no private IPv4 address. Name the one that your router reaches: --lan 203.0.113.5 (eth0).',
    ],
    ['there is nothing', {}, [], 'it has none now'],
  ])('is asked for if %s', (_when, addresses, names, reason) => {
    expect(() => chooseLanAddress(machine(addresses), names)).toThrow(reason);
  });

  test.each(['192.168.178.20', '2001:db8::20'])('may be named: %s', (address) => {
    expect(checkLanAddress(address, machine(HOME))).toBe(address);
  });

  test.each([
    ['127.0.0.1', 'not loopback'],
    ['localhost', 'not loopback'],
    ['192.168.178.21', 'an address of this machine: --lan 192.168.178.20 (eth0)'],
    ['0.0.0.0', 'an address of this machine'],
    ['fe80::1', 'an address of this machine'],
    ['nas.example', 'an address of this machine'],
  ])('is not %s', (address, reason) => {
    expect(() => checkLanAddress(address, machine(HOME))).toThrow(reason);
  });

  test('is read from the routes of the kernel, the lowest metric first', () => {
    const table = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
wlan0	00000000	01B2A8C0	0003	0	0	600	00000000	0	0	0
eth0	00000000	01B2A8C0	0003	0	0	100	00000000	0	0	0
eth0	00B2A8C0	00000000	0001	0	0	100	00FFFFFF	0	0	0
tun0	00000000	00000000	0001	0	0	50	00000080	0	0	0
eth1	00000000	01B2A8C0	0002	0	0	1	00000000	0	0	0
`;
    expect(parseDefaultRoutes(table)).toEqual(['eth0', 'wlan0']);
  });
});

test.each([
  ['192.168.1.7', true],
  ['10.200.0.1', true],
  ['172.31.0.1', true],
  ['172.32.0.1', false],
  ['169.254.9.9', true],
  ['100.64.0.1', false],
  ['203.0.113.9', false],
  ['198.51.100.7', true],
  ['fe80::9', true],
  ['fd12::9', true],
  ['2001:db8::77', true],
  ['2001:db8:1::77', false],
  ['::ffff:8.8.8.8', false],
  ['', false],
  ['localhost', false],
])('%s is near: %s', (address, expected) => {
  const own = machine({ ...HOME, eth1: ['198.51.100.5/24'] });
  expect(isNear(address, own)).toBe(expected);
});
