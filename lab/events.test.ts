import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { configure, converse } from './conversation.ts';
import { createLab, INTERNET4, whyNoLab } from './lab.ts';
import { eventually, reaches } from './probe.ts';

const reason = whyNoLab();

describe.skipIf(reason)(`what the agent sees${reason ? ` (not run: ${reason})` : ''}`, async () => {
  if (reason) return;
  const lab = await createLab(2);
  const leases = `${lab.root}/leases`;
  writeFileSync(leases, '');
  configure(lab, 'leases /leases', 'probe 2');
  const agent = converse(lab);
  afterAll(async () => {
    await agent[Symbol.asyncDispose]();
    await lab[Symbol.asyncDispose]();
  });
  await agent.expect(/^hello /);
  const [one, two] = lab.clients;
  if (!one || !two) throw new Error('the lab has two clients');

  it('reports an address that appears', async () => {
    await two.run('ip', 'address', 'add', '192.168.77.50/24', 'dev', 'eth0');
    await two.run('ping', '-c', '1', '-I', '192.168.77.50', '192.168.77.1');
    expect(await agent.expect(/^event .*\.50 /)).toBe(`event online ${two.mac} 192.168.77.50 -`);
  });

  it('reports a device that leaves, and of its return', async () => {
    const address = await one.ip4();
    await one.run('ip', 'link', 'set', 'eth0', 'down');
    const left = await agent.expect(new RegExp(`^event offline ${one.mac} ${address} `));
    expect(left).toBe(`event offline ${one.mac} ${address} -`);
    await one.run('ip', 'link', 'set', 'eth0', 'up');
    await one.run('ip', 'route', 'replace', 'default', 'via', '192.168.77.1');
    await eventually(() => reaches(one, INTERNET4));
    await agent.expect(new RegExp(`^event online ${one.mac} ${address} `));
  });

  it('reports a device that leaves while it is blocked, although nobody may ask it', async () => {
    await agent.apply(1, 'mode none', 'limit -', 'full -', `block ${one.mac}`);
    await one.run('ip', 'link', 'set', 'eth0', 'down');
    const address = await one.ip4();
    const left = await agent.expect(new RegExp(`^event offline ${one.mac} ${address} `));
    expect(left).toBe(`event offline ${one.mac} ${address} -`);
    await one.run('ip', 'link', 'set', 'eth0', 'up');
    await agent.apply(2, 'mode none', 'limit -', 'full -');
  });

  it('says of each address once that it is online, however its neighbour state changes', async () => {
    await reaches(two, INTERNET4);
    const address = await two.ip4();
    agent.tell('ping 1');
    await agent.expect(/^pong 1$/);
    const said = agent.heard.filter((line) =>
      line.startsWith(`event online ${two.mac} ${address} `),
    );
    expect(said.length).toBeLessThanOrEqual(1);
    expect(agent.heard.filter((line) => line.startsWith(`event offline ${two.mac}`))).toEqual([]);
  });

  it('encodes names from the network, however hostile, and knows devices from leases alone', async () => {
    // Of a long name there is what fits into 255 bytes, letter by letter.
    const name = '$(reboot);`x`|<b>%é"';
    appendFileSync(leases, `1 ${two.mac} 192.168.77.200 ${name} *\n`);
    appendFileSync(leases, `1 02:00:00:00:00:AA 192.168.77.201 ${'ü'.repeat(300)} *\n`);
    appendFileSync(leases, '1 02:00:00:00:00:bb 192.168.77.202$(x) evil *\nserver unlink\n');
    agent.tell('scan 2');
    await agent.expect(/^scanned 2 /);
    const devices = agent.heard.filter((line) => line.startsWith('device '));
    expect(devices).toContain(`device ${two.mac} 192.168.77.200 offline ${encode(name)}`);
    expect(devices).toContain(
      `device 02:00:00:00:00:aa 192.168.77.201 offline ${encode('ü'.repeat(42))}`,
    );
    expect(devices.filter((line) => line.includes('02:00:00:00:00:bb'))).toEqual([]);
    expect(agent.heard.filter((line) => !/^[ -~]{1,511}$/.test(line))).toEqual([]);
  });
});

function encode(name: string): string {
  return [...Buffer.from(name)]
    .map((byte) =>
      /[A-Za-z0-9._-]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
}

describe.skipIf(reason)(
  `at its own pace, the agent${reason ? ` (not run: ${reason})` : ''}`,
  async () => {
    if (reason) return;
    const lab = await createLab(2);
    const radio = `${lab.root}/usr/libexec/lab/radio`;
    mkdirSync(radio);
    // The second client's cable stands for a radio.
    writeFileSync(
      `${radio}/dev`,
      'phy#0\n\tInterface lan2\n\t\tifindex 9\n\t\tssid Home\n\t\ttype AP\n',
    );
    const associate = (...macs: string[]): void =>
      writeFileSync(
        `${radio}/lan2`,
        macs.map((mac) => `Station ${mac} (on lan2)\n\tsignal: -50 dBm\n`).join(''),
      );
    const [one, two] = lab.clients;
    if (!one || !two) throw new Error('the lab has two clients');
    associate(two.mac);
    configure(lab, 'interval 1000', 'probe 1000');
    const agent = converse(lab);
    afterAll(async () => {
      await agent[Symbol.asyncDispose]();
      await lab[Symbol.asyncDispose]();
    });
    await agent.expect(/^hello /);
    const ring = (line: string) => lab.image.run('/usr/libexec/lab/ring', 'iw', line);

    it('is told of a lease by dnsmasq', async () => {
      const lease = new URL('lease.sh', import.meta.url).pathname;
      await one.run(
        'busybox',
        'udhcpc',
        '-qnfi',
        'eth0',
        '-x',
        '0x3d:01c0ffee',
        '-x',
        'hostname:tv',
        '-s',
        lease,
      );
      expect(await agent.expect(/^event online .* tv$/)).toBe(
        `event online ${one.mac} ${await one.ip4()} tv`,
      );
    });

    it('is told by the radio who leaves and who comes, though the bridge would hear of it in minutes', async () => {
      const address = await two.ip4();
      expect(await reaches(two, INTERNET4)).toBe(true);
      await ring(`lan2: new station ${two.mac}`);
      associate();
      await two.run('ip', 'link', 'set', 'eth0', 'arp', 'off'); // nothing is heard of it any more
      await ring(`lan2: del station ${two.mac}`);
      expect(await agent.expect(new RegExp(`^event offline ${two.mac} ${address} `))).toContain(
        address,
      );
      associate(two.mac);
      await two.run('ip', 'link', 'set', 'eth0', 'arp', 'on');
      expect(await reaches(two, INTERNET4)).toBe(true);
      await ring(`lan2: new station ${two.mac}`);
      await agent.expect(new RegExp(`^event online ${two.mac} ${address} `));
    });

    it('is told by netifd of a network', async () => {
      await lab.router.run('ip', 'address', 'add', '192.168.99.1/24', 'dev', 'br-lan');
      await lab.image.run(
        'ubus',
        'send',
        'network.interface',
        '{"action":"ifup","interface":"lan"}',
      );
      await two.run('ip', 'address', 'add', '192.168.99.2/24', 'dev', 'eth0');
      await two.run('ping', '-c', '1', '-I', '192.168.99.2', '192.168.99.1');
      await lab.image.run(
        'ubus',
        'send',
        'network.interface',
        '{"action":"ifup","interface":"lan"}',
      );
      expect(await agent.expect(/^event online \S+ 192\.168\.99\.2 /)).toContain(two.mac);
    });
  },
);
