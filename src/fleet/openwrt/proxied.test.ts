/** Routers behind a TCP balancer: their own addresses count, and nobody else can name one. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { dial, exec } from '../../../testing/agent.ts';
import { freePort } from '../../../testing/free-port.ts';
import { ROUTER, startRouterPort } from '../../../testing/router-port.ts';
import { readProxyHeader } from './proxied.ts';

const SIGNATURE = '0d0a0d0a000d0a515549540a';
const SIGNATURE_BYTE = 0x0d;
const HAPROXY = '/usr/sbin/haproxy';

/** A header as the specification has it. @param addresses hex: both addresses, both ports, extras */
function header(command: string, family: string, addresses: string): Buffer {
  const size = (addresses.length / 2).toString(16).padStart(4, '0');
  return Buffer.from(`${SIGNATURE}${command}${family}${size}${addresses}`, 'hex');
}

const IPV4 = header('21', '11', 'c6336407 cb007101 d431 08ae'.replaceAll(' ', ''));
const IPV6 = header(
  '21',
  '21',
  '20010db800000000000000000000000720010db8000000000000000000000001d43108ae0400020001',
);

describe('a header', () => {
  test('names the address and port behind the balancer', () => {
    const source = { address: '198.51.100.7', port: 54_321 };
    expect(readProxyHeader(IPV4)).toEqual({ length: IPV4.length, source });
    const behind = { address: '2001:db8::7', port: 54_321 };
    expect(readProxyHeader(IPV6)).toEqual({ length: IPV6.length, source: behind });
  });

  test('of a look whether we are there names nobody', () => {
    expect(readProxyHeader(header('20', '00', ''))).toEqual({ length: 16, source: undefined });
  });

  test.each([
    ['version 1', header('11', '11', '00'.repeat(12))],
    ['an unknown command', header('22', '11', '00'.repeat(12))],
    ['UDP', header('21', '12', '00'.repeat(12))],
    ['a path', header('21', '31', '00'.repeat(216))],
    ['addresses that are cut', header('21', '21', '00'.repeat(12))],
    ['extras without end', header('21', '11', '00'.repeat(2_049))],
  ])('with %s is broken', (_what, bytes) => {
    expect(readProxyHeader(bytes)).toBe('broken');
  });

  test('comes in any pieces, and nothing else is taken for one', () => {
    const { length } = IPV6;
    const other = fc.uint8Array({ minLength: 1 }).filter(([first]) => first !== SIGNATURE_BYTE);
    fc.assert(
      fc.property(fc.nat(length - 1), fc.uint8Array(), other, (size, rest, bytes) => {
        expect(readProxyHeader(IPV6.subarray(0, size))).toBe('more');
        expect(readProxyHeader(Buffer.concat([IPV6, rest]))).toMatchObject({ length });
        expect(readProxyHeader(Buffer.from(bytes))).toBe('none');
      }),
    );
  });
});

describe('a connection', () => {
  const here = { trustedProxies: ['127.0.0.0/8'] };

  test('without a header is its own, from a balancer too', async () => {
    const { port } = await startRouterPort(here);
    const channel = await exec(await dial(port, { privateKey: ROUTER.privateKey }));
    expect(String((await once(channel, 'data'))[0])).toBe('welcome, the router\n');
  });

  test('with a header from elsewhere is not let in', async () => {
    const { port } = await startRouterPort({ limits: { logInTime: 500 } });
    expect(await answerTo(port, IPV4)).not.toContain('OK');
    const trusting = await startRouterPort({ ...here, limits: { logInTime: 500 } });
    expect(await answerTo(trusting.port, IPV4)).toMatch(/^SSH-2.0-netpilot/);
  });

  test.each([
    ['says nothing', []],
    ['stops within its header', [IPV4.subarray(0, 20)]],
    ['sends a broken one', [header('21', '31', '00'.repeat(216))]],
  ])('from a balancer that %s is ended', async (_what, words) => {
    const { port } = await startRouterPort({ ...here, limits: { firstLineTime: 200 } });
    expect(await answerTo(port, ...words)).toBe('');
  });

  test.skipIf(!existsSync(HAPROXY))(
    'through HAProxy counts for the network it comes from, not for the balancer',
    async () => {
      const limits = { strangersPerNetwork: 1, logInTime: 120_000, firstLineTime: 120_000 };
      const { port } = await startRouterPort({ ...here, limits });
      const balancer = await startHaproxy(port);
      const knock = (localAddress: string) => {
        const socket = connect({ host: '127.0.0.1', port: balancer, localAddress });
        onTestFinished(() => void socket.destroy());
        socket.on('error', () => undefined).write('SSH-2.0-x\r\n');
        return socket;
      };
      // One has failed; that of the balancer would be all of them.
      const failed = knock('127.0.9.1');
      await once(failed, 'data');
      failed.destroy();
      const strangers = ['127.0.9.1', '127.0.9.2', '127.0.9.3'].map(knock);
      await Promise.all(strangers.map((socket) => once(socket, 'data')));
      await once(knock('127.0.9.1').resume(), 'close');
      expect(strangers.map(({ closed }) => closed)).toEqual([false, false, false]);
      const config = { privateKey: ROUTER.privateKey, localAddress: '127.0.9.4' };
      const channel = await exec(await dial(balancer, config));
      expect(String((await once(channel, 'data'))[0])).toBe('welcome, the router\n');
    },
  );
});

/** All that comes back until the connection ends. */
async function answerTo(port: number, ...words: Buffer[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
  socket.on('error', () => undefined);
  for (const word of words) socket.write(word);
  await once(socket, 'close');
  return answer;
}

/** HAProxy before a router port, as docs/scale.md has it; returns its port. */
async function startHaproxy(port: number): Promise<number> {
  const own = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-haproxy-'));
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(
    file,
    `defaults
  mode tcp
  timeout connect 5s
  timeout client 2m
  timeout server 2m
listen routers
  bind 127.0.0.1:${own}
  server node 127.0.0.1:${port} send-proxy-v2
`,
  );
  const haproxy = spawn(HAPROXY, ['-db', '-f', file], { stdio: 'ignore' });
  onTestFinished(async () => {
    haproxy.kill('SIGKILL');
    await once(haproxy, 'exit');
    rmSync(folder, { recursive: true });
  });
  await expect
    .poll(() => {
      const socket = connect(own, '127.0.0.1');
      return Promise.race([once(socket, 'connect'), once(socket, 'error')]).then(
        ([error]) => {
          socket.destroy();
          return error;
        },
        () => 'not yet',
      );
    })
    .toBeUndefined();
  return own;
}
