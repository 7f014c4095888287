/** A newer agent from the server: taken only if the owner allows it and it is signed, and taken back if it does not show that it works. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAgentFile } from '../src/fleet/openwrt/agent-program.ts';
import { makeReleaseKey, signRelease } from '../src/fleet/openwrt/release-signature.ts';
import { makeKeyPair } from '../src/ssh-key.ts';
import { type Call, HungUp, expose, startExchange, startRegistry } from './cloud.ts';
import { createLab, INTERNET4, whyNoLab } from './lab.ts';
import { eventually, reaches } from './probe.ts';

const reason = whyNoLab();

describe.skipIf(reason)(
  `an update of the agent${reason ? ` (not run: ${reason})` : ''}`,
  async () => {
    if (reason) return;
    const lab = await createLab(1);
    const hostKey = makeKeyPair();
    const answer = `router_id mac-027700000001\nhost ${INTERNET4}\nport 2222\nhost_key ${hostKey.publicKey}\n`;
    const registry = await startRegistry([hostKey.publicKey], () => answer);
    const exchange = await startExchange(hostKey.privateKey);
    const close = await expose(lab, 8080, registry.port);
    const cut = await expose(lab, 2222, exchange.port);
    afterAll(async () => {
      await close();
      await cut();
      await lab[Symbol.asyncDispose]();
    });
    const [one] = lab.clients;
    if (!one) throw new Error('the lab has a client');

    const keys = makeReleaseKey();
    const own = `release_pub='${keys.publicKey}'`;
    const program = (await readAgentFile('netpilot-agent')).replace(
      /^release_pub='[^']*'$/m,
      () => own,
    );
    const [, current = ''] = /^VERSION=(.*)$/m.exec(program) ?? [];
    /** That program as another version, changed. */
    const versionOf = (version: string, change = (text: string) => text) =>
      change(program.replace(/^VERSION=.*$/m, `VERSION=${version}`));
    const installed = () => readFileSync(`${lab.root}/usr/sbin/netpilot-agent`, 'utf8');
    const run = (...command: string[]) => lab.image.run(...command);
    const leftovers = async () =>
      (await lab.files()).split('\n').filter((file) => /agent[.]|[/]trial$/.test(file));
    let call: Call;

    /** Sends a program; resolves with what the agent says to it. */
    async function offer(version: string, text: string, signature: string): Promise<string> {
      const size = Buffer.byteLength(text);
      call.tell(`update ${version} ${size} ${signature}`);
      for (let at = 0; at < text.length;) {
        const end = text.lastIndexOf('\n', at + 30_000) + 1;
        call.tell(`chunk ${end - at}`, text.slice(at, end - 1));
        at = end;
      }
      call.tell(`end ${version}`);
      return call.expect(/^(?:kept|trying) /);
    }
    const offerSigned = (version: string, text: string, { secretKey } = keys) =>
      offer(version, text, signRelease(text, secretKey));
    /** The next connection of an agent, and its hello. */
    async function nextHello(): Promise<string> {
      call = await exchange.next();
      return call.expect(/^hello /);
    }

    beforeAll(async () => {
      const line = `wget -qO- http://${INTERNET4}:8080/install.sh | sh -s -- CODE-1`;
      await run('sh', '-c', line);
      await (await exchange.next()).expect(/^hello /);
      await run('/etc/init.d/netpilot', 'stop');
      writeFileSync(`${lab.root}/usr/sbin/netpilot-agent`, program, { mode: 0o755 });
      await run('/etc/init.d/netpilot', 'start');
    });

    /** Starts the agent again, which then gives a new program so many seconds. */
    async function giveTrial(seconds: number): Promise<void> {
      await run(
        'sh',
        '-c',
        `sed -i '/^trial /d' /etc/netpilot/config; echo 'trial ${seconds}' >>/etc/netpilot/config`,
      );
      await run('/etc/init.d/netpilot', 'restart');
      await nextHello();
    }

    it('is refused as long as the owner has not said yes on the router', async () => {
      expect(await nextHello()).not.toContain('update');
      call.tell('apply 5 4', 'mode none', 'limit -', 'full -', `block ${one.mac}`, 'end 5');
      await call.expect(/^applied 5$/);
      expect(await reaches(one, INTERNET4)).toBe(false);
      expect(await offerSigned('9.0.0', versionOf('9.0.0'))).toBe('kept 9.0.0 not-allowed');
      expect((await run('netpilot-agent', 'updates', 'maybe')).code).toBe(1);
      expect((await run('netpilot-agent', 'updates', 'on')).stdout).toBe('Updates are on.\n');
      expect(await nextHello()).toMatch(/,update[, ]/);
      expect((await run('netpilot-agent', 'status')).stdout).toContain('Updates: on');
    });

    it.each<[string, string, () => Promise<string>]>([
      [
        'signed with another key',
        'signature',
        () => offerSigned('9.0.0', versionOf('9.0.0'), makeReleaseKey()),
      ],
      [
        'changed after it was signed',
        'signature',
        () =>
          offer(
            '9.0.0',
            `${versionOf('9.0.0')}# more\n`,
            signRelease(versionOf('9.0.0'), keys.secretKey),
          ),
      ],
      [
        'cut off',
        'signature',
        () =>
          offer(
            '9.0.0',
            versionOf('9.0.0').slice(0, versionOf('9.0.0').lastIndexOf('\n', 9_000) + 1),
            signRelease(versionOf('9.0.0'), keys.secretKey),
          ),
      ],
      ['older, though it is signed', 'version', () => offerSigned('1.9.9', versionOf('1.9.9'))],
      ['the same version', 'version', () => offerSigned(current, program)],
      [
        'an older one that is called newer',
        'version',
        () => offerSigned('9.0.0', versionOf('1.9.9')),
      ],
      [
        'no program of a shell',
        'broken',
        () =>
          offerSigned(
            '9.0.0',
            versionOf('9.0.0', (text) => `${text}if\n`),
          ),
      ],
    ])('is refused if it is %s', async (_what, why, offering) => {
      const version =
        why === 'version' ? /^(?:1.9.9|2.*|9.0.0) version$/ : new RegExp(`^9.0.0 ${why}$`);
      expect((await offering()).replace('kept ', '')).toMatch(version);
      expect(installed()).toBe(program);
      expect(await leftovers()).toEqual([]);
    });

    it('is refused if it does not have the bytes that were announced, or is too long', async () => {
      const signature = signRelease(program, keys.secretKey);
      call.tell(`update 9.0.0 100 ${signature}`, 'chunk 4', 'abc', 'end 9.0.0');
      expect(await call.expect(/^kept /)).toBe('kept 9.0.0 incomplete');
      call.tell(`update 9.0.0 999999 ${signature}`, 'end 9.0.0');
      expect(await call.expect(/^kept /)).toBe('kept 9.0.0 incomplete');
      call.tell(
        `update 9.0.0 2 ${signature}`,
        'apply 6 3',
        'mode none',
        'limit -',
        'full -',
        'end 6',
      );
      expect(await call.expect(/^kept /)).toBe('kept 9.0.0 incomplete');
      await call.expect(/^applied 6$/);
      call.tell('apply 7 4', 'mode none', 'limit -', 'full -', `block ${one.mac}`, 'end 7');
      await call.expect(/^applied 7$/);
      for (const line of ['update 9.0 2 x', 'update 9.0.0 2 $(reboot)', 'update 9.0.0 0'])
        call.tell(line, 'ping 1');
      expect(await call.expect(/^error /)).toBe('error bad-token');
    });

    it('takes the place of the old one once a server has spoken to it; the block holds all the time', async () => {
      expect(await offerSigned('9.0.0', versionOf('9.0.0'))).toBe('trying 9.0.0');
      expect(await nextHello()).toMatch(/^hello 9.0.0 7 intact /);
      expect(await reaches(one, INTERNET4)).toBe(false);
      expect(await leftovers()).toEqual(['/etc/netpilot/trial', '/usr/sbin/netpilot-agent.old']);
      call.tell('scan 1');
      expect(await nextHello()).toMatch(/^hello 9.0.0 7 intact /); // the old one has left
      call.tell('ping 1');
      await call.expect(/^pong 1$/);
      expect(installed()).toBe(versionOf('9.0.0'));
      expect(await leftovers()).toEqual([]);
      expect(await reaches(one, INTERNET4)).toBe(false);
    });

    it.each<[string, (text: string) => string]>([
      ['does not start', (text) => text.replace(/^run\(\) \{/m, 'run() { exit 1')],
      [
        'does not connect',
        (text) => text.replace(/^dial\(\) \{.*$/m, 'dial() { sleep 600; return'),
      ],
    ])('is taken back if it %s, and the block holds', async (_what, change) => {
      const bad = versionOf('9.0.1', change);
      await giveTrial(2);
      expect(bad).not.toBe(versionOf('9.0.1'));
      expect(await offerSigned('9.0.1', bad)).toBe('trying 9.0.1');
      expect(await reaches(one, INTERNET4)).toBe(false);
      expect(await nextHello()).toMatch(/^hello 9.0.0 7 intact /);
      expect(installed()).toBe(versionOf('9.0.0'));
      expect(await leftovers()).toEqual([]);
      expect(await reaches(one, INTERNET4)).toBe(false);
    });

    it('is taken back if the server does not speak to it', async () => {
      await giveTrial(4);
      expect(await offerSigned('9.0.1', versionOf('9.0.1'))).toBe('trying 9.0.1');
      // The one on trial is stopped when its time is over, also between its connection and its hello.
      const helloUnlessStopped = () =>
        nextHello().catch((error: unknown) => {
          if (!(error instanceof HungUp)) throw error;
        });
      let hello = await helloUnlessStopped();
      while (hello === undefined || hello.startsWith('hello 9.0.1 '))
        hello = await helloUnlessStopped();
      expect(hello).toMatch(/^hello 9.0.0 7 intact /);
      expect(installed()).toBe(versionOf('9.0.0'));
    });

    it('is taken back if the router starts again before it has connected', async () => {
      await giveTrial(600);
      expect(
        await offerSigned(
          '9.0.1',
          versionOf('9.0.1', (text) =>
            text.replace(/^dial\(\) \{.*$/m, 'dial() { sleep 600; return'),
          ),
        ),
      ).toBe('trying 9.0.1');
      await eventually(
        async () => (await leftovers()).length === 2 && installed().includes('VERSION=9.0.1'),
      );
      await run('/etc/init.d/netpilot', 'stop');
      await run('sh', '-c', 'killall -9 netpilot-agent dbclient'); // as the power does
      await run('sh', '-c', 'rm -rf /var/run/netpilot; nft delete table inet netpilot');
      await run('/etc/init.d/netpilot', 'boot');
      expect(await reaches(one, INTERNET4)).toBe(false);
      expect(await nextHello()).toMatch(/^hello 9.0.0 7 intact /);
      expect(await leftovers()).toEqual([]);
    });

    it('is not wanted any more when the owner says so', async () => {
      expect((await run('netpilot-agent', 'updates', 'off')).stdout).toBe('Updates are off.\n');
      expect(await nextHello()).not.toContain('update');
      expect(await offerSigned('9.0.2', versionOf('9.0.2'))).toBe('kept 9.0.2 not-allowed');
    });
  },
);
