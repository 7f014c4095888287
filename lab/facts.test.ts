import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { configure, converse } from './conversation.ts';
import { INTERNET4, createLab, whyNoLab } from './lab.ts';

const reason = whyNoLab();

describe.skipIf(reason)(
  `what the agent tells besides${reason ? ` (not run: ${reason})` : ''}`,
  async () => {
    if (reason) return;
    const lab = await createLab(2);
    const [one, two] = lab.clients;
    if (!one || !two) throw new Error('the lab has two clients');
    // The second client's cable stands for a radio; a byte that is not printable is written as iw does.
    const radio = `${lab.root}/usr/libexec/lab/radio`;
    mkdirSync(radio);
    const broadcast = (ssid: string): void =>
      writeFileSync(
        `${radio}/dev`,
        `phy#0\n\tInterface lan2\n\t\tifindex 9\n\t\tssid ${ssid}\n\t\ttype AP\n\t\tchannel 36 (5180 MHz), width: 80 MHz, center1: 5210 MHz\n`,
      );
    const hear = (signal: number): void =>
      writeFileSync(
        `${radio}/lan2`,
        `Station ${two.mac} (on lan2)\n\tinactive time:\t10 ms\n\tsignal:  \t${signal} [-63, -65] dBm\n\ttx bitrate:\t866.7 MBit/s VHT-MCS 9 80MHz\n\trx bitrate:\t6.0 MBit/s\n`,
      );
    broadcast(String.raw`M\xc3\xbcllers Netz`);
    hear(-61);
    mkdirSync(`${lab.root}/tmp/sysinfo`);
    writeFileSync(`${lab.root}/tmp/sysinfo/model`, 'Cudy WR3000 v1\n');
    writeFileSync(
      `${lab.root}/etc/openwrt_release`,
      `DISTRIB_ID='OpenWrt'\nDISTRIB_DESCRIPTION='OpenWrt 24.10.4 r28959-29397011cc'\n`,
    );
    configure(lab);
    const agent = converse(lab);
    afterAll(async () => {
      await agent[Symbol.asyncDispose]();
      await lab[Symbol.asyncDispose]();
    });
    const hello = await agent.expect(/^hello /);

    it('is named by what it can do', () => {
      expect(hello.split(' ')[6]?.split(',')).toEqual(
        expect.arrayContaining(['places', 'router', 'health', 'usage', 'wake']),
      );
    });

    it('is what router it is, and how it reaches the internet', async () => {
      expect(await agent.expect(/^router /)).toMatch(
        /^router Cudy%20WR3000%20v1 OpenWrt%2024\.10\.4%20r28959-29397011cc \d+ \d+\.\d\d \d{6,} \d{6,} up 203\.0\.113\.2 2001:db8:1::2 off$/,
      );
      await lab.router.run('ip', 'route', 'del', 'default');
      await lab.router.run('ip', '-6', 'route', 'del', 'default');
      expect(await agent.expect(/^router .* down /)).toMatch(/ down - - off$/);
      await lab.router.run('ip', 'route', 'add', 'default', 'via', '203.0.113.1');
      expect(await agent.expect(/^router .* up /)).toMatch(/ up 203\.0\.113\.2 2001:db8:1::2 off$/);
    });

    it('is where each device is at a scan, and where it has gone, whatever its signal is', async () => {
      agent.tell('scan 1');
      await agent.expect(/^scanned 1 /);
      const wired = `place ${one.mac} lan lan1 - - - - -`;
      const wireless = `place ${two.mac} lan lan2 5`;
      expect([await agent.expect(/^place /), await agent.expect(/^place /)].toSorted()).toEqual([
        wired,
        `${wireless} M%C3%BCllers%20Netz -61 866700000 6000000`,
      ]);
      hear(-40);
      await lab.image.run('/usr/libexec/lab/ring', 'iw', `lan2: new station ${two.mac}`);
      agent.tell('scan 2');
      await agent.expect(/^scanned 2 /);
      expect(await agent.expect(new RegExp(`^place ${two.mac} `))).toBe(
        `${wireless} M%C3%BCllers%20Netz -40 866700000 6000000`,
      );
      const said = agent.heard.length;
      broadcast('Other');
      await lab.image.run('ubus', 'send', 'network.interface', '{"action":"ifup"}');
      expect(await agent.expect(/^place .* Other /)).toContain(wireless);
      expect(agent.heard.slice(said).filter((line) => line.startsWith(wired))).toEqual([]);
    });

    it('is how well the internet answers, of one target at a time, and of none if nobody is named', async () => {
      agent.tell(`health ${INTERNET4} -`);
      expect(await agent.expect(/^health /)).toMatch(/^health 203\.0\.113\.1 0 \d+\.\d{3}$/);
      agent.tell('health 203.0.113.99 -');
      expect(await agent.expect(/^health /)).toBe('health 203.0.113.99 100 -');
      agent.tell('health - -');
    });

    it('is no name that somebody else would be asked for, nor an option', async () => {
      for (const target of ['example.org', '1.2.3', '-c', '1.2.3.4.5', 'cafe', '1.1.1.1;reboot'])
        agent.tell(`health ${target} -`);
      for (let refused = 0; refused < 6; refused++)
        expect(await agent.expect(/^error /)).toBe('error bad-token');
    });

    it('is a packet that wakes a device, in a broadcast on its network', async () => {
      const listen = `require('node:dgram').createSocket('udp4').on('message', (packet) => console.log(packet.toString('hex'))).bind(67)`;
      const { process: ear, kill } = two.start(process.execPath, '-e', listen);
      const heard = new Promise<string>((resolve) =>
        ear.stdout.once('data', (data: Buffer) => resolve(data.toString())),
      );
      const mac = '02:00:00:00:00:aa';
      const wake = setInterval(() => agent.tell(`wake ${mac}`), 500); // until somebody listens
      expect(await heard).toContain(`ffffffffffff${mac.replaceAll(':', '').repeat(16)}`);
      clearInterval(wake);
      await kill();
    });
  },
);
