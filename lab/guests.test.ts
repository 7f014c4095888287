/** What a network, or who is new there, may do: packets of a guest network, with nobody to ask. */
import { afterAll, describe, expect, it } from 'vitest';
import { configure, converse } from './conversation.ts';
import { type Host, createLab, INTERNET4, INTERNET6, whyNoLab } from './lab.ts';
import { configureRouter, onRouter } from './move-in.ts';
import { echoRequests, eventually, reaches, shareOf, throughput, WITHIN } from './probe.ts';

const reason = whyNoLab();
const OPEN = ['mode none', 'limit -', 'full -'];
const NOW = 1_900_000_000;
const GUEST = '02:00:00:00:00:01';
const [GATEWAY4, GATEWAY6] = ['192.168.78.1', '2001:db8:3::1'];

describe.skipIf(reason)(`guests in the lab${reason ? ` (not run: ${reason})` : ''}`, async () => {
  if (reason) return;
  const lab = await createLab(3);
  // Nobody answers there: a cloud that is away.
  configure(lab, 'host 203.0.113.99', 'port 2222');
  configureRouter(
    lab,
    'network',
    (text) =>
      `${text}\nconfig interface 'guest'\n\toption device 'br-guest'\n\toption proto 'static'\n`,
  );
  configureRouter(
    lab,
    'firewall',
    (text) => `${text}\nconfig zone\n\toption name 'guest'\n\tlist network 'guest'\n`,
  );
  const [guest, neighbour, stranger] = lab.clients;
  if (!guest || !neighbour || !stranger) throw new Error('the lab has three clients');
  await onRouter(
    lab,
    'ip link add br-guest address 02:77:00:00:00:02 type bridge forward_delay 0',
    `ip address add ${GATEWAY4}/24 dev br-guest`,
    `ip address add ${GATEWAY6}/64 dev br-guest nodad`,
    'ip link set br-guest up',
    'for port in lan1 lan3; do ip link set $port master br-guest; done',
    'nft insert rule inet fw4 forward iifname br-guest accept',
    // What the internet sends reaches the guests, too: only the agent can keep it from them.
    'nft insert rule inet fw4 forward oifname br-guest accept',
  );
  await lab.internet.run('sh', '-c', 'ip route replace 192.168.78.0/24 via 203.0.113.2');
  await lab.internet.run('ip', 'route', 'replace', '2001:db8:3::/64', 'via', '2001:db8:1::2');
  let agent = converse(lab);
  afterAll(async () => {
    await agent[Symbol.asyncDispose]();
    await lab[Symbol.asyncDispose]();
  });
  await agent.expect(/^hello .* \S*\bnetworks\b\S* \d+$/);
  let revision = 0;
  const apply = (...document: string[]) => agent.apply(++revision, ...OPEN, ...document);
  const table = async (): Promise<string> => {
    const { stdout } = await lab.router.run('nft', '-a', 'list', 'table', 'inet', 'netpilot');
    return /^table.*# handle (\d+)/.exec(stdout)?.[1] ?? '';
  };
  const takeAddresses = (host: Host, number: number) =>
    host.run(
      'sh',
      '-c',
      `ip address flush dev eth0
       ip address add 192.168.78.${number}/24 dev eth0
       ip address add 2001:db8:3::${number}/64 dev eth0 nodad
       ip route replace default via ${GATEWAY4}
       ip route replace default via ${GATEWAY6}`,
    );
  let strangers = 0;
  /** A device that nobody has ever seen takes the stranger's place. */
  const comeAnew = async () => {
    strangers += 1;
    const mac = `02:5a:3c:00:00:0${strangers}`;
    const link = `ip link set eth0 down; ip link set eth0 address ${mac}; ip link set eth0 up`;
    await stranger.run('sh', '-c', link);
    await takeAddresses(stranger, 100 + strangers);
    return { mac, ip4: `192.168.78.${100 + strangers}`, ip6: `2001:db8:3::${100 + strangers}` };
  };
  await takeAddresses(guest, 11);
  const OUTSIDE = [INTERNET4, INTERNET6, GATEWAY4, GATEWAY6, '192.168.77.1', '2001:db8:2::12'];

  it('nothing of who is new passes, in or out, while the cloud is away and nobody has seen them', async () => {
    await agent[Symbol.asyncDispose]();
    agent = converse(lab);
    await apply('new guest block', `known ${GUEST}`);
    // What is in force without anybody to ask: no look comes between, as nobody runs the agent.
    await agent[Symbol.asyncDispose]();
    const { ip4, ip6 } = await comeAnew();
    const [inside, within] = [await echoRequests(stranger), await echoRequests(guest)];
    const out = [...OUTSIDE, '192.168.78.11', '2001:db8:3::11'].map((to) => reaches(stranger, to));
    const back = [lab.internet, lab.router, guest, neighbour].flatMap((host) =>
      [ip4, ip6].map((address) => reaches(host, address)),
    );
    expect(await Promise.all([...out, ...back])).not.toContain(true);
    expect(await echoRequests(stranger)).toBe(inside);
    expect(await echoRequests(guest)).toBe(within);
    agent = converse(lab);
    await agent.expect(/^hello .* intact /);
  });

  it('who is known passes, from the first packet', async () => {
    for (const address of OUTSIDE) expect(await reaches(guest, address)).toBe(true);
    for (const host of [lab.internet, lab.router, neighbour])
      expect(await reaches(host, '192.168.78.11')).toBe(true);
    expect(await reaches(neighbour, INTERNET4)).toBe(true);
  });

  it('who is new is seen all the same, and passes once it is known', async () => {
    const { mac, ip4 } = await comeAnew();
    // A port that came up just now may lose the first requests for the gateway's address.
    const calls = stranger.start('ping', '-i', '0.5', GATEWAY4);
    // In whichever order the agent looks at the bridge and at the addresses.
    const said = [`event online ${mac} ${ip4} `, `place ${mac} guest lan3 `];
    await eventually(async () =>
      said.every((start) => agent.heard.some((line) => line.startsWith(start))),
    );
    await calls.kill();
    const before = await table();
    await apply('new guest block', `known ${GUEST}`, `known ${mac}`);
    expect(await table()).toBe(before);
    for (const address of OUTSIDE) expect(await reaches(stranger, address)).toBe(true);
    expect(await reaches(lab.internet, ip4)).toBe(true);
    const next = await comeAnew();
    expect(await reaches(stranger, INTERNET4)).toBe(false);
    expect(await reaches(lab.internet, next.ip4)).toBe(false);
  });

  it('on every network but one, if the document says so', async () => {
    await apply('new * block', 'new guest rate - -', `known ${GUEST}`);
    expect(await reaches(stranger, INTERNET4)).toBe(true);
    expect(await reaches(neighbour, INTERNET4)).toBe(false);
    await apply('new * block', `known ${GUEST}`, `rate ${neighbour.mac} - -`);
    expect(await reaches(stranger, INTERNET6)).toBe(false);
    expect(await reaches(neighbour, INTERNET4)).toBe(true);
  });

  it('a network closes and opens by a window, for all but those that the document lets pass, and only elements change', async () => {
    const { ip4 } = await comeAnew();
    agent.tell(`time ${NOW}`);
    await apply(
      `window 1 ${NOW - 9} ${NOW + 100}`,
      `window 2 ${NOW + 200} ${NOW + 300}`,
      'when 2 net guest block',
      `when 1 rate ${GUEST} 8000000 8000000`,
    );
    const before = await table();
    expect(await reaches(guest, INTERNET4)).toBe(true);
    agent.tell(`time ${NOW + 200}`);
    await eventually(async () => !(await reaches(guest, INTERNET4)));
    expect(await reaches(guest, GATEWAY6)).toBe(false);
    expect(await reaches(lab.internet, '192.168.78.11')).toBe(false);
    expect(await reaches(guest, ip4)).toBe(false);
    expect(await reaches(neighbour, INTERNET4)).toBe(true);
    agent.tell(`time ${NOW + 300}`);
    await eventually(() => reaches(guest, INTERNET4));
    expect(await table()).toBe(before);
    await apply('net guest block', `rate ${GUEST} - -`);
    for (const address of OUTSIDE) expect(await reaches(guest, address)).toBe(true);
    expect(await reaches(lab.internet, '192.168.78.11')).toBe(true);
    expect(await reaches(stranger, INTERNET4)).toBe(false);
    expect(await reaches(guest, ip4)).toBe(false);
  });

  it('each device of a network gets its rate, and who is new there what is said of these', async () => {
    const rate = 20_000_000;
    await apply(`net guest rate ${rate} -`);
    await comeAnew();
    const share = await shareOf(rate, () => throughput(stranger, INTERNET4, 'down'));
    expect(Math.abs(share - 1)).toBeLessThan(WITHIN);
    await apply('new guest rate - 0', `known ${GUEST}`);
    await comeAnew();
    expect(await reaches(stranger, INTERNET4)).toBe(false);
    expect(await reaches(stranger, GATEWAY4)).toBe(true);
    expect(await reaches(guest, INTERNET4)).toBe(true);
  });
});
