/** A router whose dropbear has no ed25519, as OpenWrt builds it for little flash: linked by the same line, whichever side dials. */
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { copyRsaDropbear } from '../testing/rsa-dropbear.ts';
import { createLab, INTERNET4, whyNoLab } from './lab.ts';
import { eventually, reaches } from './probe.ts';
import { startService } from './service.ts';

const reason = whyNoLab();
const BASE = '/api/v1/routers/mac-027700000001';

describe.skipIf(reason)(
  `a router without ed25519${reason ? ` (not run: ${reason})` : ''}`,
  async () => {
    if (reason) return;
    const lab = await createLab(1);
    afterAll(() => lab[Symbol.asyncDispose]());
    const { signIn, startInside } = await startService(lab, {
      networks: ['203.0.113.0/24'],
      tunnels: undefined,
    });
    await startInside();
    const [one] = lab.clients;
    if (!one) throw new Error('the lab has a client');
    const ann = await signIn();
    const get = async (url: string) => (await ann.request('GET', url)).json();
    const delivery = async (): Promise<string> => (await get(`${BASE}/policy`)).delivery.state;
    const isApplied = async (): Promise<boolean> => (await delivery()) === 'applied';
    const isConnected = async (): Promise<boolean> => (await get(BASE)).is_connected;
    const paste = async (word = '') => {
      const { install_line } = (await ann.request('POST', '/api/v1/pairing-codes')).json();
      return lab.image.run('sh', '-c', `${install_line} ${word}`);
    };
    const read = (path: string): string => readFileSync(`${lab.root}${path}`, 'utf8');

    it('is linked while it has ed25519, and blocks a device', async () => {
      expect(await paste()).toMatchObject({ code: 0, stderr: '' });
      expect(read('/etc/netpilot/key.pub')).toMatch(/^ssh-ed25519 /);
      await eventually(isApplied);
      await ann.request('POST', `${BASE}/blocks`, { device_mac: one.mac });
      await eventually(isApplied);
      expect(await reaches(one, INTERNET4)).toBe(false);
    });

    it('keeps its block when an update of OpenWrt takes ed25519 away, and is linked anew by the same line', async () => {
      const before = read('/etc/netpilot/key.pub');
      await lab.image.run('/etc/init.d/netpilot', 'stop');
      copyRsaDropbear(`${lab.root}/usr/sbin`);
      await lab.image.run('/etc/init.d/netpilot', 'start');
      expect(await reaches(one, INTERNET4)).toBe(false);
      expect(await paste()).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('this image has no ed25519, so an RSA key is made'),
      });
      expect(read('/etc/netpilot/key.pub')).toMatch(/^ssh-rsa /);
      expect(read('/etc/netpilot/key.pub')).not.toBe(before);
      expect(read('/etc/netpilot/.ssh/known_hosts')).toMatch(
        /^203.0.113.1 ssh-ed25519 .*\n203.0.113.1 ssh-rsa .*\n$/,
      );
      await eventually(isConnected);
      await eventually(isApplied);
      expect((await get('/api/v1/routers')).items).toHaveLength(1);
      expect(await reaches(one, INTERNET4)).toBe(false);
    });

    it('is dialled by its RSA host key, with an RSA key that it lets in', async () => {
      // OpenWrt leaves the host key of the other kind where it was.
      await lab.image.run('mkdir', '-p', '/etc/dropbear');
      writeFileSync(`${lab.root}/etc/dropbear/dropbear_ed25519_host_key`, 'of another time');
      const hostKey = '/etc/dropbear/dropbear_rsa_host_key';
      await lab.image.run('dropbearkey', '-t', 'rsa', '-s', '2048', '-f', hostKey);
      const listen = ['-F', '-E', '-r', hostKey, '-p', '22', '-P', '/nowhere/pid'];
      await once(lab.image.start('dropbear', ...listen).process.stderr, 'data');
      expect(await paste('dialled')).toMatchObject({ code: 0, stderr: '' });
      expect(read('/etc/dropbear/authorized_keys')).toMatch(/,no-pty ssh-rsa \S+ netpilot\n$/);
      await ann.request('PATCH', BASE, { router_ip: '203.0.113.2' });
      await eventually(async () => (await get(`${BASE}/dial`)).problem === null);
      await eventually(isConnected);
      await eventually(isApplied);
      expect((await get(`${BASE}/dial`)).host_key).toMatch(/^ssh-rsa /);
      const [blocked] = (await get(`${BASE}/blocks`)).items;
      await ann.request('POST', `${BASE}/blocks/${blocked.id}/unblock`);
      await eventually(() => reaches(one, INTERNET4));
    });

    it('keeps nothing when it is unlinked', async () => {
      expect((await ann.request('POST', `${BASE}/unlink`)).statusCode).toBe(200);
      await eventually(async () => !(await lab.files()).includes('/etc/netpilot'));
    });
  },
);
