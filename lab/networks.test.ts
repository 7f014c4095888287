/** Which interfaces of a router are networks of the home, in homes as they are: from what netifd, UCI and the kernel say. */
import { expect, it } from 'vitest';
import { firewall, kernel, netifd, networks } from './router-says.ts';

const ZONES = firewall(['lan', 'lan'], ['wan', 'wan wan6', "option masq '1'"]);
const LAN = {
  'br-lan': { addresses: ['192.168.1.1/24'] },
  lan1: { master: 'br-lan' },
  lan2: { master: 'br-lan' },
};
const LINKS =
  'bridge br-lan\nmember br-lan lan1 1\nmember br-lan lan2 2\nupper lan1 br-lan\nupper lan2 br-lan\n';
const WAN = { wan: { addresses: ['203.0.113.7/24'] } };

it('a router as it comes', () => {
  expect(
    networks({
      netifd: netifd(
        ['lan', 'br-lan', 'static'],
        ['wan', 'wan', 'dhcp', '203.0.113.1'],
        ['wan6', 'wan', 'dhcpv6', 'fe80::1'],
      ),
      firewall: ZONES,
      links: LINKS,
      kernel: kernel({ ...LAN, ...WAN }, 'default via 203.0.113.1 dev wan '),
    }),
  ).toMatchObject({
    lan: ['br-lan'],
    uplink: [],
    network: ['br-lan lan'],
    bridge: ['br-lan br-lan 1'],
    port: ['lan1', 'lan2'],
    enters: ['lan1 br-lan', 'lan2 br-lan'],
    trunk: [],
    way: [expect.stringMatching(/^br-lan \d+$/), expect.stringMatching(/^wan \d+$/)],
  });
});

it('a router before its network is up: what the configuration says', () => {
  const network = [
    "config interface 'loopback'\n\toption device 'lo'\n\toption proto 'static'",
    "config interface 'lan'\n\toption device 'br-lan'\n\toption proto 'static'",
    'config interface guest\n\toption device br-guest\n\toption proto static',
    "config interface 'off'\n\toption device 'br-off'\n\toption proto 'static'\n\toption disabled '1'",
    "config interface 'wan'\n\toption device 'eth1'\n\toption proto 'pppoe'\n",
  ].join('\n\n');
  const zones = `${ZONES}\n${firewall(['guest', 'guest'])}`;
  expect(networks({ network, firewall: zones, kernel: '' })['lan']).toEqual(['br-lan', 'br-guest']);
});

it('guest and IoT networks, by any name, are looked after; a zone that masquerades is not always a way out', () => {
  const { lan } = networks({
    netifd: netifd(
      ['lan', 'br-lan', 'static'],
      ['Gaeste', 'br-Gaeste', 'static'],
      ['iot', 'eth0.20', 'static'],
      ['wan', 'pppoe-wan/eth1', 'pppoe', '0.0.0.0'],
      ['modem', 'eth1', 'static'],
      ['vpn', 'wg0', 'wireguard'],
      ['backup', 'wwan0', 'qmi'],
      ['usb', 'usb0', 'dhcp'],
    ),
    firewall: firewall(
      ['lan', 'lan', "option masq '1'"],
      ['g', 'Gaeste', 'option masq 1'],
      ['things', 'iot'],
      ['wan', 'wan modem', 'option masq 1'],
      ['vpn', 'vpn', 'option masq 1'],
      ['mobile', 'backup usb', 'option masq 1'],
    ),
    links: `${LINKS}bridge br-Gaeste\nmember br-Gaeste phy0-ap1 1\n`,
    kernel: kernel(
      {
        ...LAN,
        'br-Gaeste': { addresses: ['10.9.0.1/24'] },
        'phy0-ap1': { master: 'br-Gaeste' },
        'eth0.20@eth0': { addresses: ['10.20.0.1/24'] },
        eth1: { addresses: ['192.168.100.2/24'] },
        'pppoe-wan': { kind: 'ppp', addresses: ['198.51.100.3/32'] },
        wg0: { kind: 'none', addresses: ['10.8.0.1/24'] },
        wwan0: { addresses: ['10.64.0.2/30'] },
        usb0: { addresses: ['192.168.8.100/24'] },
        docker0: { addresses: ['172.17.0.1/16'] },
        'br-0123456789ab': { addresses: ['172.18.0.1/16'] },
      },
      'default dev pppoe-wan scope link ',
    ),
  });
  expect(lan).toEqual(['br-lan', 'br-Gaeste', 'eth0.20']);
});

it('a router on a stick: the only port carries the provider, too', () => {
  const { lan, port, trunk } = networks({
    netifd: netifd(['lan', 'eth0', 'static'], ['wan', 'eth0.2', 'dhcp', '203.0.113.1']),
    firewall: ZONES,
    links: 'upper eth0 eth0.2\n',
    kernel: kernel({
      eth0: { addresses: ['192.168.1.1/24'] },
      'eth0.2@eth0': { addresses: ['203.0.113.7/24'] },
    }),
  });
  expect({ lan, port, trunk }).toEqual({ lan: ['eth0'], port: [], trunk: ['eth0'] });
});

it.each([
  ['by its zone', { netifd: netifd(['lan', 'br-lan', 'dhcp', '192.168.1.254']), firewall: ZONES }],
  [
    'that masquerades for its guests',
    {
      netifd: netifd(['lan', 'br-lan', 'dhcp', '192.168.1.254'], ['guest', 'br-guest', 'static']),
      firewall: firewall(['lan', 'lan', 'option masq 1'], ['guest', 'guest']),
    },
  ],
  ['without a firewall', { netifd: netifd(['lan', 'br-lan', 'static', '192.168.1.254']) }],
  ['that is not called lan', { netifd: netifd(['home', 'br-lan', 'dhcp', '192.168.1.254']) }],
  ['of which only the kernel tells', {}],
])('an access point, %s: its LAN leads out and is looked after all the same', (_, said) => {
  const { lan, uplink, gateway } = networks({
    ...said,
    links: LINKS,
    kernel: kernel(LAN, 'default via 192.168.1.254 dev br-lan '),
  });
  expect({ lan: lan?.[0], uplink }).toEqual({ lan: 'br-lan', uplink: ['br-lan'] });
  expect(gateway).toContain('192.168.1.254 br-lan');
});

it('an access point whose guests are only bridged', () => {
  const { lan } = networks({
    netifd: netifd(['lan', 'br-lan', 'dhcp', '192.168.1.254'], ['iot', 'br-iot', 'none']),
    firewall: ZONES,
    links: `${LINKS}bridge br-iot\nmember br-iot phy0-ap1 1\nmember br-iot lan3 2\n`,
    kernel: kernel(
      { ...LAN, 'br-iot': {}, 'phy0-ap1': { master: 'br-iot' }, lan3: { master: 'br-iot' } },
      'default via 192.168.1.254 dev br-lan ',
    ),
  });
  expect(lan).toEqual(['br-lan', 'br-iot']);
});

it('a repeater: the Wi-Fi that it is a client of is the way out, whatever its zone', () => {
  const iw =
    'phy#0\n\tInterface phy0-sta0\n\t\tifindex 9\n\t\ttype managed\n\tInterface phy0-ap0\n\t\tssid Home\n\t\ttype AP\n';
  const { lan, uplink, wifi } = networks({
    netifd: netifd(['lan', 'br-lan', 'static'], ['wwan', 'phy0-sta0', 'dhcp', '192.168.1.254']),
    firewall: firewall(['lan', 'lan wwan'], ['wan', 'wan', 'option masq 1']),
    iw,
    links: `${LINKS}member br-lan phy0-ap0 3\n`,
    kernel: kernel(
      { ...LAN, 'phy0-ap0': { master: 'br-lan' }, 'phy0-sta0': { addresses: ['192.168.1.50/24'] } },
      'default via 192.168.1.254 dev phy0-sta0 ',
    ),
  });
  expect({ lan, uplink, wifi }).toEqual({ lan: ['br-lan'], uplink: [], wifi: ['phy0-ap0'] });
});

it('two providers: none of them is a LAN, and no queue is put on either', () => {
  const { lan, way } = networks({
    netifd: netifd(
      ['lan', 'br-lan', 'static'],
      ['wan', 'wan', 'dhcp', '203.0.113.1'],
      ['wanb', 'eth5', 'dhcp', '198.51.100.1'],
    ),
    firewall: firewall(['lan', 'lan'], ['wan', 'wan wanb', 'option masq 1']),
    links: LINKS,
    kernel: kernel(
      { ...LAN, ...WAN, eth5: { addresses: ['198.51.100.7/24'] } },
      'default via 203.0.113.1 dev wan ',
      'default via 198.51.100.1 dev eth5  metric 20 ',
    ),
  });
  expect({ lan, ways: way?.length }).toEqual({ lan: ['br-lan'], ways: 1 });
});

it('IPv6 alone, two subnets on one LAN, and a bridge without ports', () => {
  const { lan } = networks({
    netifd: netifd(
      ['lan', 'br-lan', 'static'],
      ['lan2', 'br-lan', 'static'],
      ['lab', 'br-lab', 'static'],
      ['wan', 'wan', 'dhcp', '203.0.113.1'],
    ),
    firewall: `${ZONES}\n${firewall(['lab', 'lab'])}`,
    links: `${LINKS}bridge br-lab\n`,
    kernel: kernel(
      { ...LAN, ...WAN, 'br-lab': { addresses: ['2001:db8:5::1/64'] } },
      'default via 203.0.113.1 dev wan ',
    ),
  });
  expect(lan).toEqual(['br-lan', 'br-lab']);
});

it('the LAN of another router that gives IPv6 to this one is no uplink of IPv4', () => {
  const { lan, uplink } = networks({
    netifd: netifd(
      ['lan', 'br-lan', 'static'],
      ['wan', 'wan', 'dhcp', '203.0.113.1'],
      ['wan6', 'wan', 'dhcpv6', 'fe80::1'],
    ),
    firewall: ZONES,
    links: LINKS,
    kernel: kernel(
      { ...LAN, ...WAN },
      'default via 203.0.113.1 dev wan ',
      'default via fe80::1 dev wan  metric 512 ',
    ),
  });
  expect({ lan, uplink }).toEqual({ lan: ['br-lan'], uplink: [] });
});

it('without any of OpenWrt’s words: what has an address and is not where the default route leads', () => {
  const { lan } = networks({
    links: LINKS,
    kernel: kernel(
      { ...LAN, ...WAN, 'br-lan.1@cpu0': { addresses: ['192.168.77.1/24'] } },
      'default via 203.0.113.1 dev wan ',
    ),
  });
  expect(lan).toEqual(['br-lan', 'br-lan.1']);
});

it('the owner has the last word', () => {
  const { lan } = networks({
    owner: 'router_id mac-1\nlan eth7\noutside br-lab\nlan $(reboot)\n',
    netifd: netifd(
      ['lan', 'br-lan', 'static'],
      ['lab', 'br-lab', 'static'],
      ['odd', 'eth7', 'dhcp', '10.0.0.1'],
    ),
    firewall: ZONES,
    links: LINKS,
    kernel: kernel(
      { ...LAN, 'br-lab': { addresses: ['10.3.0.1/24'] }, eth7: { addresses: ['10.0.0.7/24'] } },
      'default via 10.0.0.1 dev eth7 ',
    ),
  });
  expect(lan).toEqual(['br-lan', 'eth7']);
});

it('containers on the router are left alone, though dockerd gives their bridge a zone', () => {
  const { lan } = networks({
    netifd: netifd(
      ['lan', 'br-lan', 'static'],
      ['wan', 'wan', 'dhcp', '203.0.113.1'],
      ['docker', 'docker0', 'none'],
    ),
    firewall: `${ZONES}\n${firewall(['docker', 'docker', "option input 'ACCEPT'"])}`,
    links: `${LINKS}bridge docker0\nbridge br-0123456789ab\nmember docker0 veth1a2b3c4 1\n`,
    kernel: kernel(
      {
        ...LAN,
        ...WAN,
        docker0: { addresses: ['172.17.0.1/16'] },
        veth1a2b3c4: { master: 'docker0' },
        'br-0123456789ab': { addresses: ['172.18.0.1/16'] },
      },
      'default via 203.0.113.1 dev wan ',
    ),
  });
  expect(lan).toEqual(['br-lan']);
});

it('a device behind a repeater in a mode of four addresses (WDS) is no station of the access point', () => {
  const { wifi, port } = networks({
    netifd: netifd(['lan', 'br-lan', 'static'], ['wan', 'wan', 'dhcp', '203.0.113.1']),
    firewall: ZONES,
    iw: [
      'phy#0',
      '\tInterface phy0-ap0.sta1',
      '\t\ttype AP/VLAN',
      '\tInterface phy0-ap0',
      '\t\ttype AP',
      'phy#1',
      '\tInterface phy1-mesh0',
      '\t\ttype mesh point',
      '',
    ].join('\n'),
    links: `${LINKS}member br-lan phy0-ap0 3\nmember br-lan phy0-ap0.sta1 4\nmember br-lan phy1-mesh0 5\n`,
    kernel: kernel(
      {
        ...LAN,
        ...WAN,
        'phy0-ap0': { master: 'br-lan' },
        'phy0-ap0.sta1': { master: 'br-lan' },
        'phy1-mesh0': { master: 'br-lan' },
      },
      'default via 203.0.113.1 dev wan ',
    ),
  });
  expect(wifi).toEqual(['phy0-ap0']);
  expect(port).toEqual(['lan1', 'lan2', 'phy0-ap0', 'phy0-ap0.sta1', 'phy1-mesh0']);
});
