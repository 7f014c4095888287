/** Which network a frame belongs to, by the port that it comes in at and its tag: from what netifd, UCI and the kernel say. */
import { expect, it } from 'vitest';
import { firewall, kernel, netifd, networks } from './router-says.ts';

const ZONES = firewall(['lan', 'lan'], ['wan', 'wan wan6', "option masq '1'"]);
const WAN = { wan: { addresses: ['203.0.113.7/24'] } };
/** `ubus call network.wireless status`, in short. */
const WIRELESS = `{
	"radio0": {
		"up": true,
		"config": {
			"channel": "auto"
		},
		"interfaces": [
			{
				"section": "default_radio0",
				"ifname": "phy0-ap0",
				"config": {
					"mode": "ap",
					"ssid": "Guests, \\"network\\": home",
					"network": [
						"guest"
					],
					"encryption": "sae"
				},
				"vlans": [

				]
			}
		]
	}
}
`;

it('bridge VLAN filtering: each VLAN by itself, and a port that carries the provider is a trunk', () => {
  const vlans = [
    "config bridge-vlan\n\toption device 'br-lan'\n\toption vlan '1'\n\tlist ports 'lan1:u*'\n\tlist ports 'lan2:t'\n",
    "config bridge-vlan\n\toption device 'br-lan'\n\toption vlan '3'\n\tlist ports 'lan2:t'\n",
    "config bridge-vlan\n\toption device 'br-lan'\n\toption vlan '7'\n\tlist ports 'wan:u*'\n\tlist ports 'lan2:t'\n",
  ].join('\n');
  const links = [
    'bridge br-lan',
    ...['lan1', 'lan2', 'wan', 'phy0-ap0'].map(
      (port, index) => `member br-lan ${port} ${index + 1}`,
    ),
    ...['br-lan.1', 'br-lan.3', 'br-lan.7'].map((vlan) => `upper br-lan ${vlan}`),
  ];
  expect(
    networks({
      netifd: netifd(
        ['lan', 'br-lan.1', 'static'],
        ['guest', 'br-lan.3', 'static'],
        ['wan', 'br-lan.7', 'dhcp', '203.0.113.1'],
      ),
      network: vlans,
      firewall: `${ZONES}\n${firewall(['guest', 'guest'])}`,
      wireless: WIRELESS,
      links: links.join('\n'),
      kernel: kernel(
        {
          'br-lan': {},
          'br-lan.1@br-lan': { addresses: ['192.168.1.1/24'] },
          'br-lan.3@br-lan': { addresses: ['192.168.3.1/24'] },
          'br-lan.7@br-lan': { addresses: ['203.0.113.7/24'] },
          lan1: { master: 'br-lan' },
          lan2: { master: 'br-lan' },
          wan: { master: 'br-lan' },
          'phy0-ap0': { master: 'br-lan' },
        },
        'default via 203.0.113.1 dev br-lan.7 ',
      ),
    }),
  ).toMatchObject({
    lan: ['br-lan.1', 'br-lan.3'],
    bridge: ['br-lan.1 br-lan 1', 'br-lan.3 br-lan 1'],
    port: ['lan1', 'phy0-ap0'],
    trunk: ['lan2'],
    untagged: ['phy0-ap0 br-lan.3'],
    enters: ['lan1 br-lan.1'],
    tagged: ['lan2 1 br-lan.1', 'lan2 3 br-lan.3', 'phy0-ap0 1 br-lan.1', 'phy0-ap0 3 br-lan.3'],
  });
});

it('VLANs of a port, each in a bridge of its own, and one beside the port itself', () => {
  const said = networks({
    netifd: netifd(
      ['lan', 'br-lan', 'static'],
      ['guest', 'br-guest', 'static'],
      ['iot', 'eth2.9', 'static'],
      ['office', 'eth2', 'static'],
    ),
    firewall: `${ZONES}\n${firewall(['guest', 'guest iot office'])}`,
    links: [
      'bridge br-lan',
      'bridge br-guest',
      'member br-lan lan1 1',
      'member br-guest lan1.20 1',
      'upper lan1 br-lan',
      'upper lan1 lan1.20',
      'upper lan1.20 br-guest',
      'upper eth2 eth2.9',
      '',
    ].join('\n'),
    kernel: kernel(
      {
        'br-lan': { addresses: ['192.168.1.1/24'] },
        'br-guest': { addresses: ['192.168.2.1/24'] },
        lan1: { master: 'br-lan' },
        'lan1.20@lan1': { master: 'br-guest' },
        eth2: { addresses: ['192.168.3.1/24'] },
        'eth2.9@eth2': { addresses: ['192.168.9.1/24'] },
        ...WAN,
      },
      'default via 203.0.113.1 dev wan ',
    ),
  });
  expect(said).toMatchObject({
    untagged: ['eth2 eth2', 'lan1 br-lan'],
    enters: ['eth2.9 eth2.9', 'lan1.20 br-guest'],
    port: ['eth2', 'eth2.9', 'lan1', 'lan1.20'],
  });
});
