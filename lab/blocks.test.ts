import { readFileSync, rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { configure, converse, hello } from './conversation.ts';
import { createLab, INTERNET4, INTERNET6, whyNoLab } from './lab.ts';
import { echoRequests, eventually, reaches, receivesData, startDownload } from './probe.ts';

const reason = whyNoLab();
const OPEN = ['mode none', 'limit -', 'full -'];

describe.skipIf(reason)(`a block in the lab${reason ? ` (not run: ${reason})` : ''}`, async () => {
  if (reason) return;
  const lab = await createLab(2);
  afterAll(() => lab[Symbol.asyncDispose]());
  const files = await lab.files();
  configure(lab);
  const before = (await lab.router.run('nft', 'list', 'ruleset')).stdout;
  let agent = converse(lab);
  await agent.expect(/^hello /);
  const [one, two] = lab.clients;
  if (!one || !two) throw new Error('the lab has two clients');
  let revision = 0;
  const block = (...who: string[]): Promise<void> =>
    agent.apply(++revision, ...OPEN, ...who.map((token) => `block ${token}`));

  it.each([
    ['IPv4', INTERNET4, '192.168.77.1', () => one.ip4()],
    ['IPv6', INTERNET6, '2001:db8:2::1', () => Promise.resolve(one.ip6)],
  ])('drops everything from and to the device, by %s', async (_, internet, gateway, own) => {
    const address = await own();
    expect(await reaches(one, internet)).toBe(true);
    expect(await reaches(lab.router, address)).toBe(true);
    expect(await reaches(two, address)).toBe(true);
    await block(one.mac);
    expect(await reaches(one, internet)).toBe(false);
    expect(await reaches(one, gateway)).toBe(false);
    expect(await reaches(lab.router, address)).toBe(false);
    expect(await reaches(two, address)).toBe(false);
    expect(await reaches(two, internet)).toBe(true);
    await block();
    expect(await reaches(one, internet)).toBe(true);
    expect(await reaches(two, address)).toBe(true);
  });

  it.each([
    ['IPv4', INTERNET4],
    ['IPv6', INTERNET6],
  ])('cuts a download that is open, by %s, and no other', async (_, internet) => {
    const downloads = [await startDownload(one, internet), await startDownload(two, internet)];
    await block(one.mac);
    await eventually(async () => !(await receivesData(one)));
    await expect.poll(() => receivesData(two)).toBe(true);
    await block();
    await Promise.all(downloads.map((download) => download.kill()));
  });

  it('lets nothing reach the device, not even what it could never answer', async () => {
    const senders = [lab.internet, lab.router, two];
    const reached = await echoRequests(one);
    for (const sender of senders) expect(await reaches(sender, one.ip6)).toBe(true);
    expect(await echoRequests(one)).toBe(reached + 3);
    await block(one.mac);
    for (const sender of senders) expect(await reaches(sender, one.ip6)).toBe(false);
    expect(await echoRequests(one)).toBe(reached + 3);
  });

  it('lets nothing of the device reach anybody', async () => {
    const hosts = [lab.internet, lab.router, two];
    const addresses = [INTERNET6, '2001:db8:2::1', two.ip6];
    const reached = await Promise.all(hosts.map(echoRequests));
    await block(one.mac);
    for (const address of addresses) expect(await reaches(one, address)).toBe(false);
    expect(await Promise.all(hosts.map(echoRequests))).toEqual(reached);
  });

  it.each([
    ['where bridged frames pass the firewall too', 1],
    ['where they do not, as on OpenWrt', 0],
  ])('leaves neighbour discovery alone, %s', async (_, call) => {
    const setting = `net.bridge.bridge-nf-call-ip6tables=${call}`;
    await lab.router.run('sysctl', '-w', setting);
    await block(one.mac);
    for (const [from, to] of [
      [two, one],
      [one, two],
    ] as const) {
      await from.run('ip', 'neighbour', 'flush', 'all');
      expect(await reaches(from, to.ip6)).toBe(false);
      const { stdout } = await from.run('ip', 'neighbour', 'show', to.ip6);
      expect(stdout).toContain(to.mac);
    }
    await lab.router.run('sysctl', '-w', 'net.bridge.bridge-nf-call-ip6tables=0');
  });

  it('comes before bridge, flowtable and firewall, on every port of the LAN', async () => {
    await block(one.mac);
    const { stdout } = await lab.router.run('nft', 'list', 'chain', 'inet', 'netpilot', 'np_port');
    expect(stdout).toContain('hook ingress devices = { lan1, lan2 } priority -500;');
  });

  it('holds on a port that is plugged in later', async () => {
    await block(one.mac);
    await lab.router.run('ip', 'link', 'add', 'lan9', 'type', 'veth', 'peer', 'name', 'far9');
    await lab.router.run('ip', 'link', 'set', 'lan9', 'master', 'br-lan');
    await eventually(async () => {
      const { stdout } = await lab.router.run(
        'nft',
        'list',
        'chain',
        'inet',
        'netpilot',
        'np_port',
      );
      return stdout.includes('lan9');
    });
    await lab.router.run('ip', 'link', 'del', 'lan9');
    await eventually(async () => {
      agent.tell('status 6');
      return (await agent.expect(/^status 6 /)) === `status 6 ${revision} intact nft`;
    });
    expect(await reaches(one, INTERNET4)).toBe(false);
  });

  it('goes by address where no MAC is known', async () => {
    await block(await one.ip4());
    expect(await reaches(one, INTERNET4)).toBe(false);
    expect(await reaches(lab.router, await one.ip4())).toBe(false);
    expect(await reaches(one, INTERNET6)).toBe(true);
    expect(await reaches(two, INTERNET4)).toBe(true);
  });

  it('never holds for the router itself', async () => {
    await block('02:77:00:00:00:01', '192.168.77.1', '203.0.113.2', '2001:db8:2::1');
    expect(await reaches(one, INTERNET4)).toBe(true);
    expect(await reaches(one, '192.168.77.1')).toBe(true);
    expect(await reaches(lab.router, INTERNET6)).toBe(true);
  });

  it('outlives a new DHCP address', async () => {
    await block(one.mac);
    const old = await one.ip4();
    const lease = new URL('lease.sh', import.meta.url).pathname;
    await one.run('busybox', 'udhcpc', '-qnfi', 'eth0', '-x', '0x3d:01c0ffee', '-s', lease);
    const address = await one.ip4();
    expect(address).not.toBe(old);
    expect(await reaches(one, INTERNET4)).toBe(false);
    await eventually(async () => !(await reaches(lab.router, address)));
  });

  it('outlives a reboot, without any server', async () => {
    await block(one.mac);
    await agent[Symbol.asyncDispose]();
    await lab.router.run('nft', 'delete', 'table', 'inet', 'netpilot');
    rmSync(`${lab.root}/var/run/netpilot`, { recursive: true });
    expect(await reaches(one, INTERNET4)).toBe(true);
    await lab.image.run('netpilot-agent', 'boot');
    expect(await reaches(one, INTERNET4)).toBe(false);
    expect(await reaches(two, INTERNET4)).toBe(true);
    agent = converse(lab);
    expect(await agent.expect(/^hello /)).toMatch(hello(revision, 'intact', 'nft', 1));
  });

  it('outlives an agent that is killed', async () => {
    await block(one.mac);
    await agent.kill();
    expect(await reaches(one, INTERNET4)).toBe(false);
    agent = converse(lab);
    expect(await agent.expect(/^hello /)).toContain(` ${revision} intact `);
  });

  it('is found missing when somebody flushed the table, and comes back', async () => {
    await block(one.mac);
    await lab.router.run('nft', 'flush', 'table', 'inet', 'netpilot');
    agent.tell('status 7');
    expect(await agent.expect(/^status 7 /)).toBe(`status 7 ${revision} drifted nft`);
    await block(one.mac);
    agent.tell('status 8');
    expect(await agent.expect(/^status 8 /)).toBe(`status 8 ${revision} intact nft`);
    expect(await reaches(one, INTERNET4)).toBe(false);
  });

  it('leaves the rules that held where a document is refused', async () => {
    await block(one.mac);
    const policy = readFileSync(`${lab.root}/etc/netpilot/policy`, 'utf8');
    agent.tell('apply 99 3', 'mode none', 'limit -', 'end 99');
    expect(await agent.expect(/^refused/)).toBe('refused 99 incomplete');
    agent.tell('apply 99 4', ...OPEN.toReversed(), 'block 02:00:00:00:00:02', 'end 99');
    expect(await agent.expect(/^refused/)).toBe('refused 99 invalid');
    agent.tell('apply 99 4', ...OPEN, 'list 02:00:00:00:00:02', 'end 99');
    expect(await agent.expect(/^refused/)).toBe('refused 99 invalid');
    expect(readFileSync(`${lab.root}/etc/netpilot/policy`, 'utf8')).toBe(policy);
    agent.tell('status 9');
    expect(await agent.expect(/^status 9 /)).toBe(`status 9 ${revision} intact nft`);
    expect(await reaches(one, INTERNET4)).toBe(false);
  });

  it('is gone after unlinking, with everything else', async () => {
    await block(one.mac);
    agent.tell('unlink 02:77:00:00:00:99');
    expect(await agent.expect(/^error/)).toBe('error bad-token');
    agent.tell('unlink 02:77:00:00:00:01');
    await agent.expect(/^unlinked$/);
    expect((await lab.router.run('nft', 'list', 'ruleset')).stdout).toBe(before);
    expect(await reaches(one, INTERNET4)).toBe(true);
    await eventually(async () => (await lab.files()) === files); // it says so before it goes
  });
});
