/** A router that NetPilot's predecessor had controlled: what it left is named, and removed if that is asked for. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { expose } from './cloud.ts';
import { createLab, install, type Result, whyNoLab } from './lab.ts';
import { eventually } from './probe.ts';
import { startService } from './service.ts';

const reason = whyNoLab();

const RULES = `
config rule
	option name 'Block-192.168.1.50'
	option src 'lan'
	option target 'DROP'

config rule
	option name 'Block-DoH'
	option dest_port '853'
	option target 'REJECT'

config rule
	option name 'Block-AA:BB:CC:DD:EE:01'
	option src_mac 'AA:BB:CC:DD:EE:01'
	option target 'DROP'
`;
const WIRELESS = `
config wifi-iface 'default_radio0'
	option device 'radio0'
	option ssid 'Home'
	option macfilter 'deny'
	list maclist 'AA:BB:CC:DD:EE:01'
	list maclist 'AA:BB:CC:DD:EE:02'

config wifi-iface 'guests'
	option device 'radio0'
	option macfilter 'allow'
	list maclist 'AA:BB:CC:DD:EE:03'
`;
const TUNNEL = '#!/bin/sh\n# NetPilot Tunnel Script - Auto-generated\n';

describe.skipIf(reason)(
  `a router of the old NetPilot${reason ? ` (not run: ${reason})` : ''}`,
  async () => {
    if (reason) return;
    const lab = await createLab(1);
    afterAll(() => lab[Symbol.asyncDispose]());
    await install(lab, 'tc');
    const { signIn, startCommandsServer } = await startService(lab);
    const { port } = await startCommandsServer();
    afterAll(await expose(lab, 2222, port));
    const ann = await signIn();
    const paste = async (words: string): Promise<Result> => {
      const { install_line } = (await ann.request('POST', '/api/v1/pairing-codes')).json();
      return lab.image.run('sh', '-c', `${install_line} ${words}`);
    };
    const file = (path: string) => `${lab.root}${path}`;
    const named = ({ stderr }: Result) =>
      stderr
        .split('\n')
        .flatMap((line) => /left here by the old NetPilot: (.*)/.exec(line)?.[1] ?? []);

    const firewall = readFileSync(file('/etc/config/firewall'), 'utf8');
    writeFileSync(file('/etc/config/firewall'), firewall + RULES);
    writeFileSync(file('/etc/config/wireless'), WIRELESS);
    writeFileSync(file('/etc/config/netpilot_state.json'), '{"active_mode": "none"}');
    writeFileSync(file('/etc/rc.local'), '/root/netpilot_tunnel.sh &\nexit 0\n');
    writeFileSync(file('/root/netpilot_tunnel.sh'), `${TUNNEL}sleep 1000\n`, { mode: 0o755 });
    writeFileSync(
      file('/etc/init.d/netpilot_tunnel'),
      '#!/bin/sh /etc/rc.common\nSTART=99\nSTOP=10\nstop() { :; }\n',
      { mode: 0o755 },
    );
    const router = (command: string) => lab.router.run('sh', '-c', command);
    await router(`iptables -t mangle -N NETPILOT_GATE
      iptables -t mangle -N NETPILOT_WHITELIST
      iptables -t mangle -A NETPILOT_GATE -j NETPILOT_WHITELIST
      iptables -t mangle -A NETPILOT_WHITELIST -m mac --mac-source aa:bb:cc:dd:ee:01 -j MARK --set-mark 1
      iptables -t mangle -A PREROUTING -j NETPILOT_GATE
      iptables -t mangle -A FORWARD -s 192.168.1.9 -j ACCEPT
      tc qdisc add dev br-lan root handle 1: htb default 11`);
    const pids = async () => (await lab.image.run('pgrep', '-f', 'netpilot_tunnel.sh')).stdout;
    const chains = async () => (await router('nft list chains ip | grep chain')).stdout;
    const before = await chains();
    lab.image.start('sh', '/root/netpilot_tunnel.sh');
    const CERTAIN = [
      'firewall rule Block-192.168.1.50',
      'firewall rule Block-AA:BB:CC:DD:EE:01',
      'Wi-Fi filter of default_radio0 (deny): AA:BB:CC:DD:EE:01 AA:BB:CC:DD:EE:02',
      'chain NETPILOT_GATE in nft ip/mangle',
      'chain NETPILOT_WHITELIST in nft ip/mangle',
      'queues htb 1: on br-lan',
      'its tunnel, /etc/init.d/netpilot_tunnel',
      'its tunnel, /root/netpilot_tunnel.sh',
    ];
    const NAMED_ONLY = [
      'firewall rule Block-DoH',
      'Wi-Fi filter of guests (allow): AA:BB:CC:DD:EE:03',
      'a line in /etc/rc.local that starts its tunnel: delete it by hand',
      'its lists and rates, /etc/config/netpilot_state.json: import that file in NetPilot, then delete it',
    ];

    it('is linked, and told what is there and how to remove it; nothing of that changes', async () => {
      const pasted = await paste('');
      expect(pasted.code).toBe(0);
      expect(named(pasted).toSorted()).toEqual([...CERTAIN, ...NAMED_ONLY].toSorted());
      expect(pasted.stderr).toContain('paste a new line with --clean-old at its end');
      expect(readFileSync(file('/etc/config/firewall'), 'utf8')).toBe(firewall + RULES);
      expect(readFileSync(file('/etc/config/wireless'), 'utf8')).toBe(WIRELESS);
      expect(await chains()).toContain(before);
      expect((await router('tc qdisc show dev br-lan')).stdout).toContain('htb 1:');
    });

    it('with a word that is none is not linked again', async () => {
      const pasted = await paste('--clean');
      expect(pasted).toMatchObject({ code: 1, stdout: '' });
      expect(pasted.stderr).toContain('--clean-old. What is --clean?');
    });

    it('loses what is certainly of the old program, and keeps what may be the owner’s', async () => {
      const [pid = ''] = (await pids()).split('\n');
      writeFileSync(file('/var/run/netpilot_tunnel_2220.pid'), `${pid}\n`);
      const pasted = await paste('--clean-old');
      expect(pasted.code).toBe(0);
      expect(pasted.stderr).not.toContain('could not remove');
      const left = readFileSync(file('/etc/config/firewall'), 'utf8');
      expect(left.match(/Block-.*'/g)).toEqual(["Block-DoH'"]);
      expect(left.startsWith(firewall)).toBe(true);
      const wireless = readFileSync(file('/etc/config/wireless'), 'utf8');
      expect(wireless).not.toMatch(/deny|EE:01|EE:02/);
      expect(wireless).toContain("option ssid 'Home'");
      expect(wireless).toContain("list maclist 'AA:BB:CC:DD:EE:03'");
      const ruleset = (await router('nft list ruleset')).stdout;
      expect(ruleset).not.toContain('NETPILOT_');
      expect(ruleset).toContain('192.168.1.9');
      expect((await router('tc qdisc show dev br-lan')).stdout).not.toContain('htb 1:');
      expect(existsSync(file('/etc/init.d/netpilot_tunnel'))).toBe(false);
      expect(existsSync(file('/root/netpilot_tunnel.sh'))).toBe(false);
      await eventually(async () => (await pids()) === '');
      expect(existsSync(file('/etc/config/netpilot_state.json'))).toBe(true);
      expect(named(await paste('')).toSorted()).toEqual(NAMED_ONLY.toSorted());
    });
  },
);
