/** The other way round: the server dials the router's dropbear. The real installer, agent, service, dropbear and packets. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import ssh2, { type ClientChannel } from 'ssh2';
import { afterAll, describe, expect, it } from 'vitest';
import { tenantTransaction } from '../src/database/transaction.ts';
import type { RouterDial } from '../src/database/models.ts';
import { clientKeyOf, findDial } from '../src/routers/dialled.ts';
import { reach } from './cloud.ts';
import { hello } from './conversation.ts';
import { createLab, INTERNET4, type Started, whyNoLab } from './lab.ts';
import { eventually, reaches } from './probe.ts';
import { SECRET, startService } from './service.ts';

const reason = whyNoLab();
const ROUTER = '203.0.113.2';
const TUNNEL = 20_001;
type Done = (error: Error | undefined, channel: ClientChannel | undefined) => void;

describe.skipIf(reason)(
  `a router that is dialled${reason ? ` (not run: ${reason})` : ''}`,
  async () => {
    if (reason) return;
    const lab = await createLab(2);
    afterAll(() => lab[Symbol.asyncDispose]());
    const { database, signIn, startInside } = await startService(lab, {
      networks: ['203.0.113.0/24'],
      tunnels: { host: '127.0.0.1', first: 20_000, last: 20_999 },
    });
    let service = await startInside();
    const [one, two] = lab.clients;
    if (!one || !two) throw new Error('the lab has two clients');
    const ann = await signIn();
    const base = '/api/v1/routers/mac-027700000001';
    const router = { user_id: ann.userId, router_id: 'mac-027700000001' };
    const paste = (line: string) => lab.image.run('sh', '-c', line);
    const get = async (url: string) => (await ann.request('GET', url)).json();
    const move = (place: object) => ann.request('PATCH', base, place);
    const isApplied = async (): Promise<boolean> =>
      (await get(`${base}/policy`)).delivery.state === 'applied';
    const isConnected = async (): Promise<boolean> => (await get(base)).is_connected;
    const problem = async (): Promise<string | null> => (await get(`${base}/dial`)).problem;
    const dial = (): Promise<RouterDial | undefined> =>
      tenantTransaction(database.service, ann.userId, (transaction) =>
        findDial(transaction, router),
      );

    // What the operator has on the router besides: dropbear with its key, and a key of their own.
    const hostKey = '/etc/dropbear/dropbear_ed25519_host_key';
    const ownKeys = `${lab.root}/etc/dropbear/authorized_keys`;
    await paste(`dropbearkey -t ed25519 -f ${hostKey}; dropbearkey -t ed25519 -f /root/own
    umask 077; dropbearkey -y -f /root/own | grep ^ssh >/etc/dropbear/authorized_keys`);
    const before = readFileSync(ownKeys, 'utf8');
    const rules = (await lab.router.run('nft', 'list', 'ruleset')).stdout;
    const files = await lab.files();

    async function startDropbear(
      key = hostKey,
      place = '22',
    ): Promise<{ dropbear: Started; log: () => string }> {
      const dropbear = lab.image.start(
        'dropbear',
        '-F',
        '-E',
        '-r',
        key,
        '-p',
        place,
        '-P',
        '/nowhere/pid',
      );
      let log = '';
      dropbear.process.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
      await eventually(() => Promise.resolve(log.includes('Not backgrounding')));
      return { dropbear, log: () => log };
    }
    let server = await startDropbear();
    const stopDropbear = async (): Promise<void> => {
      await server.dropbear.kill();
      await paste('killall dropbear'); // the connections that it has forked
    };

    it('is linked by the same line and a word: a key of its own is let in, for one command', async () => {
      const { install_line } = (await ann.request('POST', '/api/v1/pairing-codes')).json();
      expect(await paste(`${install_line} dialled`)).toMatchObject({ code: 0, stderr: '' });
      const { client_key } = (await dial()) ?? {};
      const command = 'command="exec /usr/sbin/netpilot-agent called"';
      const options = 'no-port-forwarding,no-agent-forwarding,no-X11-forwarding,no-pty';
      expect(readFileSync(ownKeys, 'utf8')).toBe(
        `${before}${command},${options} ${client_key} netpilot\n`,
      );
      expect(readFileSync(`${lab.root}/etc/netpilot/config`, 'utf8')).not.toMatch(/^(host|port) /m);
      await eventually(async () => (await problem()) === 'no-address');
    });

    it('is not dialled where the operator has not allowed it, and says which field is wrong', async () => {
      const answers = [
        await move({ router_ip: '127.0.0.1' }),
        await move({ router_ip: '203.0.114.2' }),
        await move({ tunnel_port: 22 }),
      ];
      expect(answers.map((answer) => [answer.statusCode, answer.json().errors[0].field])).toEqual([
        [400, 'router_ip'],
        [400, 'router_ip'],
        [400, 'tunnel_port'],
      ]);
    });

    it('is dialled once its address is known, and a block drops packets', async () => {
      expect((await move({ router_ip: ROUTER })).statusCode).toBe(200);
      await eventually(isConnected);
      await eventually(isApplied);
      expect(await problem()).toBeNull();
      await eventually(async () =>
        (await ann.request('GET', `${base}/devices`)).body.includes(one.mac),
      );
      await ann.request('POST', `${base}/blocks`, { device_mac: one.mac });
      await eventually(isApplied);
      expect(await reaches(one, INTERNET4)).toBe(false);
      expect(await reaches(two, INTERNET4)).toBe(true);
    });

    it('lets that key do nothing else: no command, shell, terminal, file transfer, forwarding', async () => {
      const known = await dial();
      if (known === undefined) throw new Error('it is linked');
      await service.kill();
      const port = await reach(lab, ROUTER, 22);
      const privateKey = clientKeyOf(known, SECRET);
      /** What the router says to who asks for something with that key; undefined if it is refused. */
      const ask = async (open: (client: ssh2.Client, done: Done) => void): Promise<unknown> => {
        const client = new ssh2.Client();
        // Asks also for what only OpenSSH is known to have.
        const strictVendor = false;
        client.connect({ host: '127.0.0.1', port, username: 'root', privateKey, strictVendor });
        await once(client, 'ready');
        const { promise, resolve } = Promise.withResolvers<unknown>();
        open(client, (error, channel) => {
          if (error !== undefined || channel === undefined) resolve(undefined);
          else {
            channel.once('data', (chunk: Buffer) => resolve(chunk.toString()));
            channel.once('close', () => resolve(undefined));
          }
        });
        const said = await promise;
        client.end();
        return said;
      };
      const greeting = hello('\\d+', 'intact');
      expect(await ask((client, done) => client.exec('touch /tmp/canary', done))).toMatch(greeting);
      expect(await ask((client, done) => client.shell(false, done))).toMatch(greeting);
      expect(await ask((client, done) => client.subsys('sftp', done))).toMatch(greeting);
      expect(await ask((client, done) => client.shell(done))).toBeUndefined();
      expect(
        await ask((client, done) => client.forwardOut('127.0.0.1', 1, '127.0.0.1', 22, done)),
      ).toBeUndefined();
      // direct-streamlocal@openssh.com: by such a socket everything on OpenWrt is reached (ubus).
      let isReached = false;
      const socket = createServer(() => (isReached = true));
      await once(socket.listen(`${lab.root}/tmp/ubus.sock`), 'listening');
      expect(
        await ask((client, done) => client.openssh_forwardOutStreamLocal('/tmp/ubus.sock', done)),
      ).toBeUndefined();
      socket.close();
      expect(isReached).toBe(false);
      const listening = ask((client, done) =>
        client.forwardIn('127.0.0.1', 0, (error) => {
          if (error === undefined) throw new Error('the router listens for us');
          done(error, undefined);
        }),
      );
      expect(await listening).toBeUndefined();
      expect(await lab.files()).not.toContain('canary');
      service = await startInside();
      await eventually(isConnected);
    });

    it('is dialled again when it comes back, and its block has held', async () => {
      await server.dropbear.kill();
      await paste('killall dropbear');
      await lab.router.run('nft', 'delete', 'table', 'inet', 'netpilot');
      // Nobody is connected: the agent restores its rules by itself.
      await eventually(async () => !(await reaches(one, INTERNET4)));
      await eventually(async () => (await problem()) === 'unreachable');
      server = await startDropbear();
      await eventually(isConnected);
      await eventually(isApplied);
      expect(await reaches(one, INTERNET4)).toBe(false);
    });

    it('sends nothing to another host in its place, and says so', async () => {
      await paste('dropbearkey -t ed25519 -f /tmp/other');
      await server.dropbear.kill();
      await paste('killall dropbear');
      const impostor = await startDropbear('/tmp/other');
      await eventually(async () => (await problem()) === 'other-host-key');
      expect(impostor.log()).toMatch(/Exit before auth/);
      expect(impostor.log()).not.toMatch(/Pubkey auth|Bad .*auth|succeeded/);
      expect(await isConnected()).toBe(false);
      await impostor.dropbear.kill();
      await paste('rm /tmp/other');
      server = await startDropbear();
      await eventually(isConnected);
    });

    it('is dialled through a reverse tunnel', async () => {
      await stopDropbear();
      server = await startDropbear(hostKey, '127.0.0.1:22'); // nobody reaches it but from the router itself
      const gate = [
        'chroot',
        '/mnt/router',
        'dropbear',
        '-F',
        '-E',
        '-p',
        '2200',
        '-P',
        '/nowhere/pid',
      ];
      await once(lab.internet.start(...gate).process.stderr, 'data');
      const tunnel = ['-y', '-N', '-i', '/root/own', '-p', '2200', '-R', `${TUNNEL}:127.0.0.1:22`];
      lab.image.start('dbclient', ...tunnel, `root@${INTERNET4}`);
      expect((await move({ tunnel_port: TUNNEL })).statusCode).toBe(200);
      await eventually(isConnected);
      expect(await get(`${base}/dial`)).toMatchObject({
        host: '127.0.0.1',
        port: TUNNEL,
        problem: null,
      });
      const [blocked] = (await get(`${base}/blocks`)).items;
      await ann.request('POST', `${base}/blocks/${blocked.id}/unblock`);
      await eventually(() => reaches(one, INTERNET4));
    });

    const isLeftAlone = async (): Promise<boolean> =>
      (await lab.files()) === files && (await dial()) === undefined;

    it('leaves all as it was where it is unlinked, and is dialled no more', async () => {
      await paste('rm -r /root/.ssh/known_hosts');
      expect((await ann.request('POST', `${base}/unlink`)).statusCode).toBe(200);
      await eventually(isLeftAlone);
      expect(readFileSync(ownKeys, 'utf8')).toBe(before);
      expect((await lab.router.run('nft', 'list', 'ruleset')).stdout).toBe(rules);
    });

    it('is told so at the next call where it was away', async () => {
      await stopDropbear();
      server = await startDropbear();
      const { install_line } = (await ann.request('POST', '/api/v1/pairing-codes')).json();
      expect((await move({ tunnel_port: null })).statusCode).toBe(200);
      expect(await paste(`${install_line} dialled`)).toMatchObject({ code: 0, stderr: '' });
      await eventually(isConnected);
      await stopDropbear();
      await eventually(async () => !(await isConnected()));
      expect((await ann.request('POST', `${base}/unlink`)).statusCode).toBe(200);
      server = await startDropbear();
      await eventually(isLeftAlone);
      expect(readFileSync(ownKeys, 'utf8')).toBe(before);
    });
  },
);
