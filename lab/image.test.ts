/** What the lab's router has is what a stock OpenWrt has: no command and no option more. */
import { afterAll, describe, expect, it } from 'vitest';
import { createLab, whyNoLab } from './lab.ts';

const reason = whyNoLab();

describe.skipIf(reason)(`the lab's router${reason ? ` (not run: ${reason})` : ''}`, async () => {
  if (reason) return;
  const lab = await createLab(1);
  afterAll(() => lab[Symbol.asyncDispose]());
  const shell = async (command: string): Promise<string> =>
    (await lab.image.run('sh', '-c', command)).stdout.trim();

  it.each(
    'arping base64 busybox diff ether-wake jq killall5 nohup nsenter od python3 setsid stat timeout unshare xxd'.split(
      ' ',
    ),
  )('has no %s', async (command) => {
    expect(await shell(`command -v ${command}`)).toBe('');
  });

  it.each([
    'ps -o pid',
    'echo a | sort -k 1',
    'echo a | tr "[:lower:]" "[:upper:]"',
    'sleep 0.1',
    'date +%N',
    'nc -l -p 1',
    'ip monitor',
    'find / -maxdepth 0 -quit',
  ])('refuses `%s`', async (command) => {
    expect((await lab.image.run('sh', '-c', `${command} </dev/null`)).code).not.toBe(0);
  });

  it.each(
    'awk brctl cmp dbclient dropbearkey hexdump ip iw jsonfilter mkfifo nft ubus uci wget'.split(
      ' ',
    ),
  )('has %s', async (command) => {
    expect(await shell(`command -v ${command}`)).not.toBe('');
  });

  it('says its networks as netifd does, and its configuration as uci does', async () => {
    const { interface: networks } = JSON.parse(await shell('ubus call network.interface dump'));
    expect(networks).toMatchObject([
      { interface: 'loopback', l3_device: 'lo' },
      {
        interface: 'lan',
        up: true,
        l3_device: 'br-lan',
        'ipv4-address': [{ address: '192.168.77.1', mask: 24 }],
        route: [],
      },
      {
        interface: 'wan',
        l3_device: 'wan',
        route: [
          { target: '0.0.0.0', mask: 0, nexthop: '203.0.113.1' },
          { target: '::', mask: 0, nexthop: '2001:db8:1::1' },
        ],
      },
      { interface: 'wan6', l3_device: 'wan' },
    ]);
    const lan = await shell('ubus call network.interface.lan status');
    expect(JSON.parse(lan)).toMatchObject({ up: true, l3_device: 'br-lan' });
    expect(
      await shell("ubus call network.interface.lan status | jsonfilter -e '@.l3_device'"),
    ).toBe('br-lan');
    expect(await shell('uci show firewall')).toContain("firewall.@zone[1].network='wan' 'wan6'");
    expect(await shell('uci get network.lan.device')).toBe('br-lan');
  });

  it('rings for leases, networks and stations', async () => {
    const listen = 'ubus listen network.interface & ubus subscribe dnsmasq & iw event & wait';
    const ears = lab.image.start('sh', '-c', listen);
    let heard = '';
    ears.process.stdout.on('data', (text: Buffer) => (heard += text.toString()));
    const [one] = lab.clients;
    const ring = async (): Promise<string> => {
      await shell(`ubus send network.interface '{"action":"ifup","interface":"lan"}'`);
      await shell(`/usr/libexec/lab/ring iw 'phy0-ap0: new station 02:00:00:00:00:01'`);
      await one?.run('busybox', 'udhcpc', '-qnfi', 'eth0', '-s', '/bin/true');
      return heard;
    };
    await expect
      .poll(ring, { interval: 200 })
      .toMatch(/dhcp.ack": \{"mac":"02:00:00:00:00:01"[^]*network.interface": \{"action":"ifup"/);
    expect(heard).toContain('{ "network.interface": {"action":"ifup","interface":"lan"} }\n');
    expect(heard).toContain('phy0-ap0: new station 02:00:00:00:00:01\n');
    await ears.kill();
  });
});
