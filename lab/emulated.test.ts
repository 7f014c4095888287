/** The agent on another processor and a kernel that has what the lab's lacks (lab/emulated/README.md). Nothing here is measured in seconds. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AGENT } from './conversation.ts';
import { bootEmulatedRouter, buildEmulatedRouter } from './emulated/router.ts';
import { eventually } from './probe.ts';

// Emulated on a machine that is busy, everything takes its time.
vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

const built = await buildEmulatedRouter().catch((error: unknown) =>
  error instanceof Error ? error : new Error(String(error)),
);
const note = built instanceof Error ? ` (not run: ${built.message})` : '';

const CLIENT = '02:00:00:00:00:01';
const GUEST = '02:00:00:00:00:02';
const PHONE = '02:00:00:00:00:03';
const INTERNET = '203.0.113.1';
/** Bits per second; the line has 4 Mbit/s. */
const RATE = 1_000_000;

describe.skipIf(note !== '')(`an emulated router${note}`, async () => {
  if (built instanceof Error) return;
  const router = await bootEmulatedRouter(built);
  const { agent } = router;
  afterAll(() => router[Symbol.asyncDispose]());
  let revision = 0;
  const apply = (...document: string[]): Promise<void> => agent.apply(++revision, ...document);
  const open = ['mode none', 'limit -', 'full -'];
  const must = async (script: string): Promise<string> => {
    const { code, stdout } = await router.run(`set -e\n${script}`);
    if (code !== 0) throw new Error(`${script}: ${stdout}`);
    return stdout;
  };
  const inside = (name: string, command: string): string =>
    `/usr/libexec/lab/ip netns exec ${name} ${command}`;
  const reaches = async (name: string, address: string): Promise<boolean> =>
    (await router.run(inside(name, `ping -c 1 -W 2 ${address}`))).code === 0;
  /** Bytes that a client has received, and the seconds of the router's own clock. */
  const received = async (name: string): Promise<{ bytes: number; at: number }> => {
    const counted = inside(name, 'cat /sys/class/net/eth0/statistics/rx_bytes /proc/uptime');
    const [bytes = '', uptime = ''] = (await must(counted)).split('\n');
    return { bytes: Number(bytes), at: Number(uptime.split(' ')[0]) };
  };
  /** Bits per second that arrive at a client while the router's own clock goes on for so long. */
  const rate = async (name: string, seconds: number): Promise<number> => {
    const before = await received(name);
    await must(`sleep ${seconds}`);
    const after = await received(name);
    return (8 * (after.bytes - before.bytes)) / (after.at - before.at);
  };
  const download = (name: string): Promise<string> =>
    // Its standard input stays open: a connection that is half closed is not offloaded.
    must(`sleep 100000 | ${inside(name, `nc ${INTERNET} 9000`)} >/dev/null 2>&1 &`);
  const endDownload = (name: string): Promise<string> =>
    must(`kill $(/usr/libexec/lab/ip netns pids ${name}); :`);
  const forwarded = async (): Promise<number> =>
    Number(/packets (\d+)/.exec(await must('nft list counter inet fw4 slow'))?.[1]);

  beforeAll(async () => {
    await must('/usr/libexec/lab/home');
    await must(
      `${inside('client', `ping -c 1 ${INTERNET}`)} && ${inside('guest', `ping -c 1 ${INTERNET}`)}`,
    );
    const encoded =
      Buffer.from(AGENT)
        .toString('base64')
        .match(/.{1,3000}/g) ?? [];
    for (const part of encoded) await must(`echo ${part} >>/tmp/agent`);
    await must(
      '/usr/libexec/lab/busybox base64 -d /tmp/agent >/usr/sbin/netpilot-agent && chmod 755 /usr/sbin/netpilot-agent',
    );
    await must(
      `mkdir -p /etc/netpilot && printf '%s\\n' 'router_id mac-027700000001' 'interval 200' >/etc/netpilot/config`,
    );
    await must('netpilot-agent talk </dev/ttyS1 >/dev/ttyS1 2>/tmp/complaints &');
  });

  it('runs the agent on MIPS, with no other commands than a stock image has', async () => {
    expect(await must('uname -m; ls /bin | wc -l')).toMatch(/^mips\n1\d\d\s*$/);
    expect(await agent.expect(/^hello /)).toMatch(/ 0 none nft 02:77:00:00:00:01 /);
    agent.tell('scan 1');
    await agent.expect(/^scanned 1 /);
    expect(agent.heard).toContain(`device ${CLIENT} 192.168.77.11 online client`);
    expect(await must('cat /tmp/complaints')).toBe('');
  });

  it('stops an open download that is offloaded, at a block, and lets it go on after that', async () => {
    await apply(...open);
    await download('client');
    await eventually(async () => (await rate('client', 1)) > RATE);
    const before = await forwarded();
    expect(await rate('client', 2)).toBeGreaterThan(RATE);
    // So few packets of so many bytes go the long way that the flowtable has the rest.
    expect((await forwarded()) - before).toBeLessThan(10);
    await apply(...open, `block ${CLIENT}`);
    await eventually(async () => (await rate('client', 2)) < RATE / 100);
    expect(await reaches('client', INTERNET)).toBe(false);
    expect(await reaches('guest', INTERNET)).toBe(true);
    await apply(...open);
    await eventually(async () => (await rate('client', 2)) > RATE);
    await endDownload('client');
  });

  it('restores a table that somebody has deleted, though the next look is far away', async () => {
    await apply(...open, `block ${CLIENT}`);
    await must('nft delete table inet netpilot');
    await eventually(async () => !(await reaches('client', INTERNET)));
    agent.tell('status 2');
    expect(await agent.expect(/^status 2 /)).toContain(' drifted ');
    await apply(...open);
  });

  it('sees who is on another VLAN of the bridge, and blocks there without harm to the first', async () => {
    agent.tell('scan 2');
    await agent.expect(/^scanned 2 /);
    expect(agent.heard).toContain(`device ${GUEST} 192.168.20.12 online guest`);
    expect(await must(`grep ${GUEST} /var/run/netpilot/places`)).toMatch(/ guest lan2/);
    await apply(...open, `block ${GUEST}`);
    expect(await reaches('guest', INTERNET)).toBe(false);
    expect(await reaches('guest', '192.168.20.1')).toBe(false);
    expect(await reaches('client', INTERNET)).toBe(true);
    await apply('mode whitelist', 'limit 0', 'full -', `list ${GUEST}`);
    expect(await reaches('guest', INTERNET)).toBe(true);
    expect(await reaches('client', INTERNET)).toBe(false);
    await apply(...open);
  });

  it('closes one VLAN alone, with or without its tag, for what is offloaded too, or for who is new there', async () => {
    await apply(...open);
    // The client is on the second VLAN, too, by the same cable.
    const tools = '/usr/libexec/lab';
    await must(
      `${tools}/ip -n client link add link eth0 name eth0.20 type vlan id 20
       ${tools}/ip -n client address add 192.168.20.11/24 dev eth0.20
       ${tools}/ip -n client link set eth0.20 up`,
    );
    const passes = async () =>
      Promise.all(
        [
          ['client', INTERNET],
          ['client', '192.168.20.1'],
          ['client', '192.168.20.12'],
          ['guest', INTERNET],
        ].map(([name = '', address = '']) => reaches(name, address)),
      );
    await expect.poll(passes).toEqual([true, true, true, true]);
    await download('guest');
    await eventually(async () => (await rate('guest', 1)) > RATE);
    await apply(...open, 'net guest block');
    await eventually(async () => (await rate('guest', 2)) < RATE / 100);
    await endDownload('guest');
    await expect.poll(passes).toEqual([true, false, false, false]);
    await apply(...open, 'net lan block');
    await expect.poll(passes).toEqual([false, true, true, true]);
    await apply(...open, 'new guest block');
    await expect.poll(passes).toEqual([true, false, false, false]);
    await apply(...open, 'new * block', `known ${GUEST}`);
    await expect.poll(passes).toEqual([false, false, false, true]);
    await apply(...open, 'new guest block', `known ${CLIENT}`, `known ${GUEST}`);
    await expect.poll(passes).toEqual([true, true, true, true]);
    await must(`${tools}/ip -n client link del eth0.20`);
    await apply(...open);
  });

  it('is told by a real radio who joins and who leaves', async () => {
    await apply(...open);
    const phone = (command: string): string => inside('phone', command);
    await must(`${phone('/usr/libexec/lab/ip address add 192.168.77.13/24 dev wlan1')}
      ${phone('/usr/libexec/lab/ip route add default via 192.168.77.1')}`);
    await eventually(async () => {
      const joined = `${phone('iw dev wlan1 link')} | grep -q '^Connected'`;
      await router.run(`${joined} || ${phone('iw dev wlan1 connect -w home')}`); // a radio of a busy machine may lose it again
      return reaches('phone', '192.168.77.1');
    });
    agent.tell('scan 4');
    expect(await agent.expect(new RegExp(`^event online ${PHONE} `))).toContain(' 192.168.77.13 ');
    expect(await must(`grep ${PHONE} /var/run/netpilot/places`)).toContain(' lan wlan0');
    // Before its address is known nobody can say on which VLAN it is.
    const places = agent.heard.filter((line) => line.startsWith(`place ${PHONE} `));
    expect(places.map((line) => line.split(' ')[2])).not.toContain('guest');
    expect(places.at(-1)).toMatch(/ wlan0 2\.4 home -\d+ /);
    await must(phone('iw dev wlan1 disconnect'));
    // The bridge would hear of it for five minutes still.
    expect(await agent.expect(new RegExp(`^event offline ${PHONE} `))).toContain(' 192.168.77.13 ');
    expect(await must('cat /tmp/complaints')).toBe('');
  });

  describe('rates, without offloading', () => {
    const tc = '/usr/libexec/lab/tc';
    const document = ['mode blacklist', `limit ${RATE}`, 'full -', `list ${CLIENT}`];
    const limiter = async (): Promise<string> => {
      agent.tell('status 3');
      return (await agent.expect(/^status 3 /)).split(' ')[4] ?? '';
    };
    beforeAll(() =>
      must(`handle=$(nft -a list chain inet fw4 forward | sed -n 's/.* flow add .* handle //p')
        nft delete rule inet fw4 forward handle $handle
        for interface in wan br-lan.1 br-lan.20; do ${tc} qdisc replace dev $interface root cake bandwidth 3mbit; done
        ln -s ${tc} /usr/sbin/tc`),
    );

    it.each(['cake', 'fq_codel'])('holds under %s', async (queue) => {
      if (queue === 'fq_codel')
        await must(
          `for interface in wan br-lan.1 br-lan.20; do ${tc} qdisc del dev $interface root; done`,
        );
      await apply(...open);
      await apply(...document);
      await eventually(async () => (await limiter()) === (queue === 'cake' ? 'nft' : 'tc'));
      expect(await must(`${tc} qdisc show dev br-lan.1`)).toContain(`qdisc ${queue} `);
      await download('client');
      await eventually(async () => (await rate('client', 6)) > 0.85 * RATE);
      expect(await rate('client', 6)).toBeLessThan(1.15 * RATE);
      await endDownload('client');
    });
  });
});
