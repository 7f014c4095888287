/** Situations from the field, each by the name of its folder in testing/field-cases. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { readAgentFile } from '../src/fleet/openwrt/agent-program.ts';
import { caseFile, look } from './field-case.ts';
import { type Lab, INTERNET4, whyNoLab } from './lab.ts';
import { configureRouter, moveIn, onRouter, scan } from './move-in.ts';
import { eventually, reaches, throughput } from './probe.ts';

describe('02-wan-has-a-clients-mac', () => {
  const name = '02-wan-has-a-clients-mac';
  const pc = '02:1b:00:00:00:77';

  test('a PC whose MAC the WAN port was given is blocked', () => {
    expect(look(name).sets).toMatchObject({ blocked: [pc], to_blocked4: ['192.168.1.77'] });
  });

  test('it gets through if it is listed', () => {
    const document = ['mode whitelist', 'limit 0', 'full -', `list ${pc}`];
    expect(look(name, { document }).sets).toMatchObject({
      listed: [pc],
      to_listed4: ['192.168.1.77'],
    });
  });

  test('the router on its LAN and its addresses are never blocked', () => {
    const document = ['mode none', 'limit -', 'full -'];
    for (const own of ['02:77:00:00:00:01', '192.168.1.1', '100.64.3.9'])
      document.push(`block ${own}`);
    expect(look(name, { document }).sets).not.toHaveProperty('blocked');
    expect(look(name, { document }).sets).not.toHaveProperty('blocked4');
  });
});

describe('08-walks-over-to-the-repeater', () => {
  const name = '08-walks-over-to-the-repeater';

  test('the lease of a blocked device holds for its address, whatever MAC answers for it', () => {
    expect(look(name).sets).toMatchObject({
      blocked4: ['192.168.1.101'],
      to_blocked4: ['192.168.1.101'],
    });
  });

  test('all behind the repeater are on the list by name', () => {
    const { devices } = look(name);
    expect(devices).toContain('device 02:aa:00:00:00:01 192.168.1.101 online kids-tablet');
    expect(devices).toContain('device 02:aa:00:00:00:02 192.168.1.102 online dads-phone');
  });

  test('a device that is limited stays limited behind the repeater', () => {
    const document = ['mode blacklist', 'limit 2000000', 'full -', 'list 02:aa:00:00:00:02'];
    expect(look(name, { document }).sets).toMatchObject({
      listed4: ['192.168.1.102'],
      to_listed4: ['192.168.1.102'],
    });
  });

  test('an address that somebody only claims is not let through by a list', () => {
    const document = ['mode whitelist', 'limit 0', 'full -', 'list 02:aa:00:00:00:02'];
    expect(look(name, { document }).sets).not.toHaveProperty('listed4');
  });
});

describe('12-static-neighbours', () => {
  const name = '12-static-neighbours';

  test('the state is read wherever it stands, and what says nothing is asked', () => {
    expect(look(name).asked).toEqual(['192.168.1.60', '192.168.1.40', '192.168.1.41']);
  });

  test('a static neighbour is online only if it answers', () => {
    expect(look(name).devices).toContain('device 02:1b:00:00:00:60 192.168.1.60 offline -');
    expect(look(name, { answered: ['192.168.1.60'] }).devices).toContain(
      'device 02:1b:00:00:00:60 192.168.1.60 online -',
    );
  });
});

test('16-leases-are-elsewhere: names come from where UCI says, in dnsmasq’s and odhcpd’s form', () => {
  expect(look('16-leases-are-elsewhere').devices.toSorted()).toEqual([
    'device 02:1b:00:00:00:01 192.168.1.70 online living-tv',
    'device 02:1b:00:00:00:03 192.168.1.72 offline -',
  ]);
});

test('18-name-cut-in-a-letter: a long name is cut between two letters', () => {
  const [device = ''] = look('18-name-cut-in-a-letter').devices;
  const name = decodeURIComponent(device.split(' ')[4] ?? '');
  expect(name).toBe('ж'.repeat(42));
});

test('21-lease-of-one-who-was-blocked: the lease says whose the address is now', () => {
  const { devices, sets } = look('21-lease-of-one-who-was-blocked');
  expect(devices.toSorted()).toEqual([
    'device 02:aa:00:00:00:01 192.168.1.60 offline tablet',
    'device 02:bb:00:00:00:02 192.168.1.50 offline camera',
  ]);
  expect(sets).toMatchObject({ to_blocked4: ['192.168.1.60'] });
});

test('48-nft-tells-how-many: the size of a set is not a change of the table', async () => {
  const agent = await readAgentFile('netpilot-agent');
  const functions = /^listing\(\) \{[^]*?^filter_listing\(\) \{[^]*?^\}$/m.exec(agent)?.[0] ?? '';
  const table = readFileSync(caseFile('48-nft-tells-how-many', 'listing.txt'), 'utf8');
  const list = (text: string) =>
    execFileSync(
      'sh',
      [
        '-c',
        `RUN=$(mktemp -d); nft() { cat; }; ${functions}; listing listing; cat "$RUN/listing"; rm -r "$RUN"`,
      ],
      { input: text, encoding: 'utf8' },
    );
  expect(list(table)).toContain('size 8192');
  expect(list(table)).toBe(list(table.replace(/\t# count \d+/, '')));
});

// Those that need packets.
const reason = whyNoLab();
const note = reason ? ` (not run: ${reason})` : '';
const OPEN = ['mode none', 'limit -', 'full -'];

describe.skipIf(reason).each([
  ['that OpenWrt knows', true],
  ['that only the kernel knows', false],
])(`22-guest-network %s${note}`, async (_, isConfigured) => {
  if (reason) return;
  const { lab, agent, one } = await moveIn();

  it('a blocked device that chooses it stays blocked, and is on the list there', async () => {
    await agent.apply(1, ...OPEN, `block ${one.mac}`);
    if (isConfigured) {
      const guest = `\nconfig interface 'guest'\n\toption device 'br-guest'\n\toption proto 'static'\n`;
      configureRouter(lab, 'network', (text) => `${text}${guest}`);
      const zone = `\nconfig zone\n\toption name 'guest'\n\tlist network 'guest'\n\toption input 'REJECT'\n`;
      configureRouter(lab, 'firewall', (text) => `${text}${zone}`);
    }
    await onRouter(
      lab,
      'ip link add br-guest type bridge forward_delay 0',
      'ip address add 192.168.78.1/24 dev br-guest',
      'ip link set br-guest up',
      'ip link set lan1 master br-guest',
      'nft insert rule inet fw4 forward iifname br-guest accept',
    );
    if (isConfigured)
      await lab.image.run(
        'ubus',
        'send',
        'network.interface',
        '{"action":"ifup","interface":"guest"}',
      );
    await one.run(
      'sh',
      '-ec',
      'ip address flush dev eth0 scope global; ip address add 192.168.78.50/24 dev eth0',
    );
    await one.run('ip', 'route', 'replace', 'default', 'via', '192.168.78.1');
    await eventually(async () => {
      await reaches(one, '192.168.78.1');
      return (await scan(agent)).some((line) =>
        line.startsWith(`device ${one.mac} 192.168.78.50 online `),
      );
    });
    expect(await reaches(one, INTERNET4)).toBe(false);
    expect(await reaches(one, '192.168.78.1')).toBe(false);
    await agent.apply(2, ...OPEN);
    expect(await reaches(one, INTERNET4)).toBe(true);
  });

  it('a network that is given another name while it runs is followed', async () => {
    await agent.apply(3, ...OPEN, `block ${one.mac}`);
    await onRouter(
      lab,
      'ip link set br-guest down',
      'ip link set br-guest name br-visitors',
      'ip link set br-visitors up',
      'nft insert rule inet fw4 forward iifname br-visitors accept',
    );
    await eventually(async () => {
      const { stdout } = await lab.router.run(
        'nft',
        'list',
        'chain',
        'inet',
        'netpilot',
        'np_forward',
      );
      return stdout.includes('br-visitors');
    });
    expect(await reaches(one, INTERNET4)).toBe(false);
    await agent.apply(4, ...OPEN);
    expect(await reaches(one, INTERNET4)).toBe(true);
  });
});

describe.skipIf(reason).each([
  ['as OpenWrt says', true],
  ['as only the kernel says', false],
])(`23-lan-moves-to-a-vlan, %s${note}`, async (_, isConfigured) => {
  if (reason) return;
  const { lab, agent, one } = await moveIn();

  it('a rate holds on the VLAN, and its devices are seen coming', async () => {
    const rate = 2_000_000;
    await agent.apply(1, 'mode blacklist', `limit ${rate}`, 'full -', `list ${one.mac}`);
    if (isConfigured)
      configureRouter(lab, 'network', (text) =>
        text.replace("device 'br-lan'\n\toption proto", "device 'br-lan.1'\n\toption proto"),
      );
    await onRouter(lab, readFileSync(caseFile('23-lan-moves-to-a-vlan', 'steps.sh'), 'utf8'));
    await eventually(async () => (await scan(agent)).some((line) => line.includes(`${one.mac} `)));
    await eventually(async () => {
      const { stdout } = await lab.router.run(
        'nft',
        'list',
        'chain',
        'inet',
        'netpilot',
        'np_forward',
      );
      return stdout.includes('br-lan.1');
    });
    await eventually(async () => (await throughput(one, INTERNET4, 'down')) < 1.5 * rate);
    await one.run('ip', 'address', 'add', '192.168.77.50/24', 'dev', 'eth0');
    await one.run('ping', '-c', '1', '-I', '192.168.77.50', '192.168.77.1');
    expect(await agent.expect(/^event .*\.50 /)).toMatch(`event online ${one.mac} 192.168.77.50 `);
  });
});

describe.skipIf(reason)(`25-access-point${note}`, async () => {
  if (reason) return;
  const { lab, agent, one, two } = await moveIn('leases /nonexistent');
  // The way out is behind the LAN: what was the WAN is a port of it, as the cable to the home's router.
  await onRouter(
    lab,
    'ip route del default',
    'ip -6 route del default',
    'ip address flush dev wan',
    'ip link set wan master br-lan',
    'ip route add default via 192.168.77.254',
  );
  await lab.internet.run('ip', 'address', 'add', '192.168.77.254/24', 'dev', 'eth0');
  const dhcp = `\nconfig interface 'lan'\n\toption device 'br-lan'\n\toption proto 'dhcp'\n`;
  configureRouter(lab, 'network', () => dhcp);

  it('its clients are on the list by MAC, though it talks to none of them', async () => {
    expect(await reaches(one, two.ip6)).toBe(true);
    await lab.router.run('ip', 'neigh', 'flush', 'dev', 'br-lan');
    await expect.poll(async () => (await scan(agent)).join('\n')).toContain(`device ${one.mac} `);
    expect((await scan(agent)).join('\n')).toContain(`device ${two.mac} `);
  });

  it('they are blocked there, for the network behind it and for one another', async () => {
    await agent.apply(1, ...OPEN, `block ${one.mac}`);
    expect(await reaches(one, two.ip6)).toBe(false);
    expect(await reaches(one, '192.168.77.254')).toBe(false);
    expect(await reaches(two, '192.168.77.254')).toBe(true);
    await agent.apply(2, ...OPEN);
    expect(await reaches(one, two.ip6)).toBe(true);
    expect(await reaches(one, '192.168.77.254')).toBe(true);
  });

  it('a list of nobody cuts off every client, not the access point itself, nor anybody on it', async () => {
    expect(await reaches(lab.router, '192.168.77.254')).toBe(true);
    await agent.apply(3, 'mode whitelist', 'limit 0', 'full -', `list ${two.mac}`);
    await eventually(() => reaches(lab.router, '192.168.77.254'));
    expect(await reaches(one, '192.168.77.254')).toBe(false);
    expect(await reaches(two, '192.168.77.254')).toBe(true);
    await agent.apply(4, ...OPEN, `block ${await macOf(lab)}`);
    expect(await reaches(one, '192.168.77.254')).toBe(true); // nobody cuts off the way out
  });
});

/** The MAC that the lab's internet has. */
async function macOf(lab: Lab): Promise<string> {
  return (await lab.internet.run('cat', '/sys/class/net/eth0/address')).stdout.trim();
}

describe.skipIf(reason)(`01-upgrade-keeps-nothing${note}`, async () => {
  if (reason) return;
  const { lab, agent, one, two } = await moveIn();

  it('a device is blocked as soon as the router is up again', async () => {
    await agent.apply(1, ...OPEN, `block ${one.mac}`);
    await agent[Symbol.asyncDispose]();
    // Linking writes this list; what follows is what `sysupgrade` does with it.
    const installer = readFileSync(new URL('../agent/install.sh', import.meta.url), 'utf8');
    const keep = /^keep\(\) \{[^]*?^\} >/m.exec(installer)?.[0].replace(/\} >$/, '}; keep') ?? '';
    await lab.image.run(
      'sh',
      '-c',
      `mkdir -p /lib/upgrade/keep.d; etc=/etc/netpilot; ${keep} >/lib/upgrade/keep.d/netpilot`,
    );
    await lab.image.run('sh', '-c', '/etc/init.d/netpilot enable');
    const stock = readFileSync(caseFile('01-upgrade-keeps-nothing', 'kept.txt'), 'utf8')
      .trim()
      .split('\n')
      .join(' ');
    const upgrade = [
      `kept=$(find ${stock} $(cat /lib/upgrade/keep.d/*) \\( -type f -o -type l \\) 2>/dev/null)`,
      'tar -cf /tmp/kept.tar $kept 2>/dev/null',
      'rm -rf /etc/netpilot /usr/sbin/netpilot-agent /etc/init.d/netpilot /etc/rc.d/* /lib/upgrade/keep.d/netpilot /var/run/netpilot',
      'tar -xf /tmp/kept.tar -C /',
      'for script in /etc/rc.d/S*; do $script boot; done',
    ];
    writeFileSync(
      `${lab.root}/etc/init.d/netpilot`,
      readFileSync(new URL('../agent/netpilot.init', import.meta.url)),
      { mode: 0o755 },
    );
    await lab.image.run('sh', '-c', '/etc/init.d/netpilot enable');
    await lab.router.run('nft', 'delete', 'table', 'inet', 'netpilot');
    expect(await reaches(one, INTERNET4)).toBe(true);
    const { stderr } = await lab.image.run('sh', '-c', upgrade.join('\n'));
    expect(stderr).toBe('');
    expect(await reaches(one, INTERNET4)).toBe(false);
    expect(await reaches(two, INTERNET4)).toBe(true);
    rmSync(`${lab.root}/tmp/kept.tar`);
  });

  it('and the agent says how many it enforces', async () => {
    const { stdout } = await lab.image.run('netpilot-agent', 'status');
    expect(stdout).toContain('revision 1, intact, 1 blocks');
    expect((await lab.image.run('cat', '/lib/upgrade/keep.d/netpilot')).code).toBe(0);
  });
});
