/** A home: NetPilot on one machine of it, a phone on another, and the router that both are behind. Nothing else, and no TLS. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readQrCode } from '../testing/read-qr-code.ts';
import { NODE } from './cloud.ts';
import { type Started, createLab, INTERNET4, whyNoLab } from './lab.ts';
import { eventually, reaches } from './probe.ts';

const reason = whyNoLab();

/** What a phone's browser got. */
type Answer = { status: number; location: string | null; cookie: string; body: string };

describe.skipIf(reason)(`a home${reason ? ` (not run: ${reason})` : ''}`, async () => {
  if (reason) return;
  const data = mkdtempSync(join(tmpdir(), 'netpilot-home-'));
  afterAll(() => rmSync(data, { recursive: true, force: true }));
  const lab = await createLab(3);
  afterAll(() => lab[Symbol.asyncDispose]());
  const [server, phone, tablet] = lab.clients;
  if (!server || !phone || !tablet) throw new Error('the lab has three clients');

  /** As `./run --lan` starts it, on a terminal. */
  const netpilot = join(import.meta.dirname, '../bin/netpilot');
  const terminal = `env LANG=C.UTF-8 TERM=xterm-256color '${netpilot}' serve --lan --data '${data}'`;
  const started: Started = server.start('script', '-qec', terminal, '/dev/null');
  let screen = '';
  // Decoded as a stream: a part may end within one of the blocks of the QR code.
  started.process.stdout.setEncoding('utf8').on('data', (text: string) => (screen += text));
  const url = `http://${await server.ip4()}:8080`;

  const browse = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const { stdout, stderr } = await phone.run(
      ...NODE,
      `const answer = await fetch(${JSON.stringify(new URL(path, url).href)}, ${JSON.stringify({ redirect: 'manual', ...init })});
       const { status, headers } = answer;
       const cookie = headers.getSetCookie().map((text) => text.split(';')[0]).join('; ');
       console.log(JSON.stringify({ status, location: headers.get('location'), cookie, body: await answer.text() }));`,
    );
    if (stdout === '') throw new Error(stderr);
    const answer: Answer = JSON.parse(stdout);
    return answer;
  };
  let cookie = '';
  const api = async (method: 'GET' | 'POST', path: string, body?: object) => {
    const headers = { cookie, ...(body && { 'content-type': 'application/json' }) };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    return JSON.parse((await browse(`/api/v1${path}`, init)).body);
  };

  it('is served on the address of its network, which the terminal shows with a QR code', async () => {
    await eventually(async () => screen.includes(`${url}/routers`));
    expect(screen).toContain(`NetPilot is running on ${url}`);
    expect(readQrCode(screen)).toContain(`${url}/auth/local?token=`);
  });

  it('signs the phone in that scans it, once', async () => {
    const link = readQrCode(screen);
    const answer = await browse(link);
    expect(answer).toMatchObject({ status: 303, location: '/' });
    ({ cookie } = answer);
    expect(await api('GET', '/me')).toMatchObject({ email: 'local@localhost' });
    expect(await browse(link)).toMatchObject({ status: 403, cookie: '' });
    expect(await browse(link, { headers: { cookie } })).toMatchObject({
      status: 303,
      location: '/',
    });
  });

  it('links the router by the line that the phone shows, and blocks a device', async () => {
    const { id, install_line, is_loopback } = await api('POST', '/pairing-codes');
    expect(is_loopback).toBe(false);
    expect(await lab.image.run('sh', '-c', install_line)).toMatchObject({ code: 0, stderr: '' });
    await eventually(async () => {
      const { state, device_count } = await api('GET', `/pairing-codes/${id}`);
      return state === 'connected' && device_count > 0;
    });
    expect(await reaches(tablet, INTERNET4)).toBe(true);
    const router = '/routers/mac-027700000001';
    await eventually(async () =>
      JSON.stringify(await api('GET', `${router}/devices`)).includes(tablet.mac),
    );
    await api('POST', `${router}/blocks`, { device_mac: tablet.mac });
    await eventually(
      async () => (await api('GET', `${router}/policy`)).delivery.state === 'applied',
    );
    expect(await reaches(tablet, INTERNET4)).toBe(false);
    expect(await reaches(phone, INTERNET4)).toBe(true);
  });

  it('has no simulated router beside its own', async () => {
    expect((await api('GET', '/routers')).items).toHaveLength(1);
  });

  it('takes no link from the internet', async () => {
    const { sign_in_link } = await api('POST', '/sign-in-links');
    const rules = `add table ip open; add chain ip open in { type nat hook prerouting priority -100; };
      add rule ip open in iifname wan tcp dport 8080 dnat to ${await server.ip4()}:8080`;
    await lab.router.run('nft', rules);
    await lab.router.run('nft', 'insert rule inet fw4 forward tcp dport 8080 accept');
    const { pathname, search, host } = new URL(sign_in_link);
    const stranger = await lab.internet.run(
      ...NODE,
      `import { request } from 'node:http';
       const path = ${JSON.stringify(pathname + search)};
       const headers = { host: '${host}', connection: 'close' };
       request({ host: '203.0.113.2', port: 8080, path, headers }, (answer) => {
         console.log(answer.statusCode);
         answer.resume();
       }).end();`,
    );
    await lab.router.run('nft', 'delete table ip open');
    expect(stranger).toMatchObject({ stdout: '403\n' });
    expect(await browse(sign_in_link)).toMatchObject({ status: 303 });
  });
});
