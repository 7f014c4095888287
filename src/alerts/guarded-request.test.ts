/** What no sender reaches, and how what is allowed is reached. */
import { once } from 'node:events';
import { type Socket, createServer as createPlainServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ALERT_MESSAGE, CHANNEL_SETTINGS } from '../../testing/alert-messages.ts';
import { type DnsAnswer, type DnsRecord, startDns } from '../../testing/dns-server.ts';
import { REFUSED_ANSWERS, REFUSED_TARGETS } from '../../testing/refused-targets.ts';
import { startTarget } from '../../testing/target-server.ts';
import { parseConfig } from '../config/config.ts';
import { TargetError, type TargetRules, resolveByDns, sendToTarget } from './guarded-request.ts';
import { TARGET_PROBLEMS } from './problems.ts';
import { isRefused } from './refused-address.ts';
import { readTarget } from './target-url.ts';
import { sealSecrets, sendMessage, sendingServices } from './sending.ts';

const SECRET = 'a key for tests only, 32 characters or more';
const KINDS = Object.entries(CHANNEL_SETTINGS);

const services = sendingServices(parseConfig({}), SECRET, () => undefined);
const sendBy = (kind: string, settings: object, targets: TargetRules) =>
  sendMessage(
    ALERT_MESSAGE,
    {
      id: 'channel',
      kind,
      sealed_settings: sealSecrets({ settings, unsubscribe: null }, SECRET),
    },
    null,
    { ...services, targets },
  );
const REFUSED = ['refused', 'has-credentials', 'bad-port', 'no-tls', 'not-a-url'] as const;
const REFUSALS = new Set<string>(REFUSED.map((problem) => TARGET_PROBLEMS[problem]));

test('there are at least 60 addresses to be refused, each once', () => {
  expect(new Set(REFUSED_TARGETS).size).toBe(REFUSED_TARGETS.length);
  expect(REFUSED_TARGETS.length).toBeGreaterThanOrEqual(60);
});

test.each(REFUSED_TARGETS)('%s is refused before anything is looked up', (url) => {
  expect(REFUSED).toContain(readTarget(url, []));
});

describe.each(KINDS)('%s', (kind, settingsOf) => {
  test('refuses every address that is not on the internet, in words', async () => {
    for (const url of REFUSED_TARGETS) {
      const resolve = () => Promise.resolve(['127.0.0.1']);
      const outcome = await sendBy(kind, settingsOf(url), { networks: [], resolve });
      const problem = outcome.isDelivered ? 'delivered' : outcome.problem;
      // What a scheme forbids, the settings do.
      expect([url, REFUSALS.has(problem) || problem.startsWith('NetPilot could not')]).toEqual([
        url,
        true,
      ]);
      expect(problem).not.toContain('127.0.0.1');
    }
  });

  test('refuses a name that leads to such an address, also as one of several', async () => {
    for (const addresses of REFUSED_ANSWERS) {
      const outcome = await sendBy(kind, settingsOf('https://target.example/'), {
        networks: [],
        resolve: () => Promise.resolve(addresses),
      });
      expect(outcome).toEqual({
        isDelivered: false,
        problem: TARGET_PROBLEMS.refused,
        isGone: false,
        isFinal: false,
      });
    }
  });
});

const problemOf = (url: string, rules: TargetRules) =>
  sendToTarget({ url, headers: {}, body: '{}' }, { timeoutMs: 2_000, ...rules }).then(
    ({ status }) => status,
    (error: unknown) => (error instanceof TargetError ? error.problem : error),
  );

const LOCAL = ['127.0.0.0/8'];

test('a name is looked up once: what it leads to later does not count', async () => {
  const target = await startTarget();
  onTestFinished(target.close);
  const answers = [['127.0.0.1'], ['127.0.0.2']];
  let asked = 0;
  const resolve = () => Promise.resolve(answers[asked++] ?? []);
  const url = target.url.replace('127.0.0.1', 'changes.example');
  expect(await problemOf(url, { networks: ['127.0.0.1'], resolve })).toBe(200);
  expect(asked).toBe(1);
  expect(target.received[0]?.headers.host).toMatch(/^changes\.example:\d+$/);
  expect(await problemOf(url, { networks: ['127.0.0.1'], resolve })).toBe('refused');
  expect(target.received).toHaveLength(1);
});

describe('with a real DNS server', () => {
  async function startServer(answerOf: (name: string, type: 'A' | 'AAAA') => DnsAnswer) {
    const dns = await startDns(answerOf);
    onTestFinished(dns.close);
    const resolve = (host: string, signal: AbortSignal) =>
      resolveByDns(host, signal, [dns.address]);
    return { ...dns, resolve };
  }
  const PUBLIC: DnsRecord = { type: 'A', value: '93.184.216.34' };

  test.each<[string, (name: string, type: 'A' | 'AAAA') => DnsAnswer]>([
    [
      'a chain of aliases that ends inside',
      () => [
        { type: 'CNAME', value: 'harmless.example' },
        { name: 'harmless.example', type: 'CNAME', value: 'db.internal' },
        { name: 'db.internal', type: 'A', value: '10.0.0.1' },
      ],
    ],
    ['a public and a private address', () => [PUBLIC, { type: 'A', value: '169.254.169.254' }]],
    [
      'a public IPv4 and a private IPv6 address',
      (_name, type) => (type === 'A' ? [PUBLIC] : [{ type, value: 'fd00:ec2::254' }]),
    ],
    [
      'a mapped address, and no IPv4 one',
      (_name, type) => (type === 'A' ? [] : [{ type, value: '::ffff:7f00:1' }]),
    ],
  ])('%s is refused', async (_what, answerOf) => {
    const { resolve } = await startServer(answerOf);
    expect(await problemOf('https://target.example/', { networks: [], resolve })).toBe('refused');
  });

  test('a name that leads inside the next time is refused then, and was asked for once each time', async () => {
    const target = await startTarget();
    onTestFinished(target.close);
    let value = '127.0.0.1';
    const { resolve, asked } = await startServer((_name, type) =>
      type === 'A' ? [{ type, value }] : 'fails',
    );
    const url = target.url.replace('127.0.0.1', 'changes.example');
    const rules = { networks: ['127.0.0.1'], resolve };
    expect(await problemOf(url, rules)).toBe(200);
    expect(asked.filter((question) => question.startsWith('A '))).toEqual(['A changes.example']);
    value = '127.0.0.2';
    expect(await problemOf(url, rules)).toBe('refused');
    expect(target.received).toHaveLength(1);
  });

  test('a name without an address is not found, and a server that says nothing is given up', async () => {
    const none = await startServer(() => []);
    const rules = { networks: [], timeoutMs: 300 };
    const url = 'https://nowhere.example/';
    expect(await problemOf(url, { ...rules, resolve: none.resolve })).toBe('name-not-found');
    const silent = await startServer(() => 'silent');
    expect(await problemOf(url, { ...rules, resolve: silent.resolve })).toBe('too-slow');
  });
});

test('a redirect is an answer, and leads nowhere', async () => {
  const inner = await startTarget();
  onTestFinished(inner.close);
  const outer = await startTarget(() => ({ status: 302, headers: { location: inner.url } }));
  onTestFinished(outer.close);
  expect(await problemOf(outer.url, { networks: LOCAL })).toBe(302);
  expect(inner.received).toEqual([]);
});

test('what the operator allows is reached at any port and without TLS, and nothing else', async () => {
  const target = await startTarget();
  onTestFinished(target.close);
  expect(await problemOf(target.url, { networks: LOCAL })).toBe(200);
  expect(await problemOf(target.url, { networks: ['10.0.0.0/8'] })).toBe('refused');
  expect(await problemOf(target.url.replace('127.0.0.1', '[::1]'), { networks: LOCAL })).toBe(
    'refused',
  );
  const resolve = () => Promise.resolve(['93.184.216.34']);
  expect(await problemOf('http://public.example/', { networks: LOCAL, resolve })).toBe('no-tls');
  expect(await problemOf('https://public.example:22/', { networks: LOCAL, resolve })).toBe(
    'bad-port',
  );
});

test('mapped and translated addresses are judged by the address they mean', () => {
  expect(isRefused('::ffff:10.0.0.1', ['10.0.0.0/8'])).toBe(false);
  expect(isRefused('64:ff9b::10.0.0.1', ['10.0.0.0/8'])).toBe(false);
  expect(isRefused('64:ff9b::10.0.0.1', ['64:ff9b::/96'])).toBe(true);
  expect(isRefused('::ffff:8.8.8.8', [])).toBe(false);
  expect(isRefused('8.8.8.8', [])).toBe(false);
  expect(isRefused('2a00:1450:4001:82b::200e', [])).toBe(false);
});

describe('time and size', () => {
  test('a server that does not answer, or not to the end, is given up', async () => {
    const target = await startTarget(() => 'hang');
    onTestFinished(target.close);
    expect(await problemOf(target.url, { networks: LOCAL, timeoutMs: 100 })).toBe('too-slow');
  });

  test.each([
    [
      'switches to another protocol',
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
      'ended-early',
    ],
    ['says only that it goes on', 'HTTP/1.1 100 Continue\r\n\r\n', 'too-slow'],
    ['never ends its headers', 'HTTP/1.1 200 OK\r\nx: y\r\n', 'too-slow'],
  ])('a server that %s is given up', async (_what, says, problem) => {
    const url = await startRaw((socket) => socket.write(says));
    expect(await problemOf(url, { networks: LOCAL, timeoutMs: 2_000 })).toBe(problem);
  });

  test.each([
    ['does not end', (socket: Socket) => socket.write('a')],
    ['ends too early', (socket: Socket) => socket.end('a')],
    ['is broken off', (socket: Socket) => socket.resetAndDestroy()],
  ])('what has a status has answered, also if its body %s', async (_what, go) => {
    const url = await startRaw((socket) => {
      socket.write('HTTP/1.1 202 Accepted\r\ncontent-length: 9\r\n\r\n', () => go(socket));
    });
    expect(await problemOf(url, { networks: LOCAL, timeoutMs: 2_000 })).toBe(202);
  });

  test('a resolver that does not answer is given up', async () => {
    const resolve = () => new Promise<string[]>(() => undefined);
    expect(await problemOf('https://slow.example/', { networks: [], resolve, timeoutMs: 50 })).toBe(
      'too-slow',
    );
  });

  test('no more is read than 64 KiB, and a little that was on its way', async () => {
    let written = 0;
    const url = await startRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const more = () => {
        while (!socket.destroyed && socket.write('x'.repeat(100_000))) written += 100_000;
      };
      socket.on('drain', more);
      more();
    });
    expect(await problemOf(url, { networks: LOCAL })).toBe(200);
    expect(written).toBeLessThan(20_000_000);
  });
});

/** A server that says whatever it wants once it is asked something. */
async function startRaw(answer: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createPlainServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => answer(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return urlOf(server);
}

test('what goes wrong has a name: no such host, nobody listens, no TLS, no HTTP', async () => {
  const resolve = () => Promise.reject(new Error('ENOTFOUND'));
  expect(await problemOf('https://nowhere.example/', { networks: [], resolve })).toBe(
    'name-not-found',
  );
  expect(await problemOf('http://127.0.0.1:1/', { networks: LOCAL })).toBe('no-connection');
  const plain = await startTarget();
  onTestFinished(plain.close);
  expect(await problemOf(plain.url.replace('http:', 'https:'), { networks: LOCAL })).toBe('tls');
  const silent = await startRaw((socket) => socket.end());
  expect(await problemOf(silent, { networks: LOCAL })).toBe('ended-early');
});

test('nothing keeps a connection open for the next request', async () => {
  const target = await startTarget();
  onTestFinished(target.close);
  await sendToTarget({ url: target.url, headers: {}, body: '{}' }, { networks: LOCAL });
  expect(target.received[0]?.headers.connection).toBe('close');
});

function urlOf(server: { address: () => unknown }): string {
  const address = server.address();
  const port: unknown =
    typeof address === 'object' && address !== null ? Reflect.get(address, 'port') : undefined;
  return `http://127.0.0.1:${String(port)}`;
}
