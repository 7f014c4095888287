import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { type Call, expose, startExchange, startRegistry } from './cloud.ts';
import { hello } from './conversation.ts';
import { createLab, INTERNET4, type Result, whyNoLab } from './lab.ts';
import { eventually, reaches } from './probe.ts';
import { makeKeyPair } from '../src/ssh-key.ts';

const reason = whyNoLab();
const OPEN = ['mode none', 'limit -', 'full -'];

describe.skipIf(reason)(
  `a router that dials out${reason ? ` (not run: ${reason})` : ''}`,
  async () => {
    if (reason) return;
    const lab = await createLab(1);
    const hostKey = makeKeyPair();
    const pinned = hostKey.publicKey.split(' ').slice(0, 2).join(' ');
    let answer = 'router_id mac-027700000001\nhost 203.0.113.1\n';
    const registry = await startRegistry([pinned], () => answer);
    const exchange = await startExchange(hostKey.privateKey);
    const close = await expose(lab, 8080, registry.port);
    let cut = await expose(lab, 2222, exchange.port);
    afterAll(async () => {
      await close();
      await cut();
      await lab[Symbol.asyncDispose]();
    });
    const [one] = lab.clients;
    if (!one) throw new Error('the lab has a client');
    const etc = `${lab.root}/etc/netpilot`;
    const before = (await lab.router.run('nft', 'list', 'ruleset')).stdout;
    const files = await lab.files();
    const pasted = `wget -qO- http://${INTERNET4}:8080/install.sh | sh -s -- CODE-1`;
    const link = (): Promise<Result> => lab.image.run('sh', '-c', pasted);
    let call: Call;

    it('keeps what it had where the answer of the server makes no sense', async () => {
      expect(await link()).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('not understood'),
      });
      expect(
        (await lab.files()).split('\n').filter((file) => !/^.tmp.run.netpilot/.test(file)),
      ).toEqual(files.split('\n'));
    });

    it('is linked by a code: its own id, a key that it made, and the host key pinned', async () => {
      answer += `port 2222\nhost_key ${pinned}\nlan $(reboot)\nleases /etc/shadow\n`;
      expect(await link()).toMatchObject({ code: 0, stderr: '' });
      const [first, form] = registry.forms;
      expect(form?.get('code')).toBe('CODE-1');
      expect(form?.get('router_id')).toBe('mac-027700000001');
      expect(form?.get('public_key')).toMatch(/^ssh-ed25519 [A-Za-z0-9+/]+=*$/);
      expect(form?.get('public_key')).toBe(first?.get('public_key')); // the same code again: nothing is lost
      expect(readFileSync(`${etc}/.ssh/known_hosts`, 'utf8')).toBe(`203.0.113.1 ${pinned}\n`);
      expect(readFileSync(`${etc}/config`, 'utf8')).not.toMatch(/reboot|shadow/);
      const open = await lab.image.run('find', '/etc/netpilot', '-perm', '/077');
      expect(open).toMatchObject({ code: 0, stdout: '' });
    });

    it('dials out with that key, and asks for the protocol and nothing else', async () => {
      call = await exchange.next();
      expect(call).toMatchObject({ user: 'netpilot', command: 'netpilot 2' });
      expect(call.key).toBe(registry.forms.at(-1)?.get('public_key'));
      expect(await call.expect(/^hello /)).toMatch(hello(0, 'none'));
      call.tell('apply 5 4', ...OPEN, `block ${one.mac}`, 'end 5');
      await call.expect(/^applied 5$/);
      expect(await reaches(one, INTERNET4)).toBe(false);
    });

    it('dials again when the server hangs up, and says what holds', async () => {
      call.hangUp();
      call = await exchange.next();
      expect(await call.expect(/^hello /)).toContain(' 5 intact ');
      expect(await reaches(one, INTERNET4)).toBe(false);
    });

    it('dials anew at once when the server sends it elsewhere, but not again and again', async () => {
      await lab.router.run('sleep', '5');
      call.tell('redial');
      call = await exchange.next();
      expect(await call.expect(/^hello /)).toMatch(/ 5 intact .*redial/);
      call.tell('redial');
      call = await exchange.next();
      expect(await call.expect(/^hello /)).toContain(' 5 intact ');
      expect(await reaches(one, INTERNET4)).toBe(false);
    });

    it('goes where the server sends it, keeps that once somebody there has spoken, and never ends up nowhere', async () => {
      const port = () => /^port (\d+)$/m.exec(readFileSync(`${etc}/config`, 'utf8'))?.[1];
      const closeNext = await expose(lab, 2223, exchange.port);
      await lab.router.run('sleep', '5');
      call.tell('move 203.0.113.1 2223');
      call = await exchange.next();
      expect(await call.expect(/^hello /)).toMatch(/ 5 intact .*move/);
      expect(port()).toBe('2222');
      call.tell('ping 1');
      expect(await call.expect(/^pong /)).toBe('pong 1');
      await eventually(async () => port() === '2223');
      await lab.router.run('sleep', '5');
      // Nobody is there: it comes back to where it was.
      call.tell('move 203.0.113.1 2299');
      call = await exchange.next();
      expect(await call.expect(/^hello /)).toContain(' 5 intact ');
      expect(port()).toBe('2223');
      call.tell('move 203.0.113.1 0', 'move x;reboot 22', 'move 203.0.113.1 22 22');
      for (let line = 0; line < 3; line += 1)
        expect(await call.expect(/^error /)).toBe('error bad-token');
      await lab.router.run('sleep', '5');
      call.tell('move 203.0.113.1 2222');
      call = await exchange.next();
      await call.expect(/^hello /);
      call.tell('ping 2');
      await call.expect(/^pong /);
      await eventually(async () => port() === '2222');
      expect(await reaches(one, INTERNET4)).toBe(false);
      await closeNext();
    });

    it('restores its rules while the server is away, and reports it', async () => {
      await cut();
      await lab.router.run('nft', 'delete', 'table', 'inet', 'netpilot');
      await eventually(async () => !(await reaches(one, INTERNET4)));
      cut = await expose(lab, 2222, exchange.port);
      call = await exchange.next();
      expect(await call.expect(/^hello /)).toContain(' 5 drifted ');
      call.tell('apply 5 4', ...OPEN, `block ${one.mac}`, 'end 5');
      await call.expect(/^applied 5$/);
      call.tell('status 1');
      expect(await call.expect(/^status /)).toBe('status 1 5 intact nft');
    });

    it('comes back alone after it was killed, with one connection', async () => {
      const supervisor = await lab.image.run('cat', '/var/run/procd/netpilot');
      const pid = supervisor.stdout.trim();
      await lab.image.run('sh', '-c', `kill -9 $(cat /proc/${pid}/task/${pid}/children)`);
      call = await exchange.next();
      expect(await call.expect(/^hello /)).toContain(' 5 intact ');
      await eventually(async () => {
        const { stdout } = await lab.router.run('ps', '-eo', 'stat,comm');
        return stdout.split('\n').filter((line) => /^[^Z].* dbclient$/.test(line)).length === 1;
      });
    });

    it('lifts nothing when its key is refused', async () => {
      exchange.refused.add(call.key);
      const attempts = exchange.attempts();
      call.hangUp();
      await eventually(() => Promise.resolve(exchange.attempts() > attempts + 2));
      expect(await reaches(one, INTERNET4)).toBe(false);
      exchange.refused.clear();
      call = await exchange.next();
    });

    it('speaks to nobody with another host key', async () => {
      const impostor = await startExchange(makeKeyPair().privateKey);
      await cut();
      cut = await expose(lab, 2222, impostor.port);
      await lab.router.run('sleep', '6');
      expect(impostor.attempts()).toBe(0);
      expect(await reaches(one, INTERNET4)).toBe(false);
      await cut();
      cut = await expose(lab, 2222, exchange.port);
      call = await exchange.next();
      await call.expect(/^hello /);
    });

    it('is told that it is unlinked, and leaves the network as it was', async () => {
      call.tell('unlink 02:77:00:00:00:01');
      await call.expect(/^unlinked$/);
      await eventually(async () => (await lab.files()) === files);
      expect((await lab.router.run('nft', 'list', 'ruleset')).stdout).toBe(before);
      expect(await reaches(one, INTERNET4)).toBe(true);
    });
  },
);
