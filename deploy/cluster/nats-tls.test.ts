/** Two real servers with the whole of nats.conf, TLS and all, and processes that get in by the settings of docs/scale.md. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nkeys } from '@nats-io/transport-node';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { connectAgent, linkRouter, settle } from '../../testing/agent.ts';
import { createTestApp } from '../../testing/app.ts';
import { createAuthority } from '../../testing/certificates.ts';
import { createCommandLine } from '../../testing/command-line.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { freePort } from '../../testing/free-port.ts';
import { type NatsServer, hasNatsServer, startNatsServer } from '../../testing/nats-server.ts';
import { SECRET_KEY, startTestNode } from '../../testing/node.ts';
import { parseConfig } from '../../src/config/config.ts';
import { checkNats } from '../../src/doctor/nats.ts';
import { createNatsWakes } from '../../src/wakes/nats.ts';

const NEVER = 3_600_000;
const ROLES = ['api', 'worker', 'commands-server', 'all'] as const;
const hasOpenssl = spawnSync('openssl', ['version'], { stdio: 'ignore' }).error === undefined;

const folder = mkdtempSync(join(tmpdir(), 'netpilot-nats-tls-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The role's nkey: its seed in a file, and the half that the server has. */
function makeKey(name: string): { file: string; known: string } {
  const key = nkeys.createUser();
  const file = join(folder, `${name}.seed`);
  writeFileSync(file, key.getSeed());
  return { file, known: key.getPublicKey() };
}

describe.runIf(hasNatsServer && hasOpenssl)('NATS with TLS', async () => {
  const authority = createAuthority(folder, 'ca');
  const stranger = createAuthority(folder, 'stranger');
  const keys = {
    api: makeKey('api'),
    worker: makeKey('worker'),
    'commands-server': makeKey('node'),
    all: makeKey('all'),
  };
  const good = authority.issue('n', 2);
  const servers: NatsServer[] = [];
  afterAll(() => Promise.all(servers.map(({ remove }) => remove())));

  /** A server with the file as it is, but for its ports and the place of its certificates. */
  async function start(name: string, port: number, others: number[], { certificate, key } = good) {
    const text = readFileSync(join(import.meta.dirname, 'nats.conf'), 'utf8')
      .replace(/^port: 4222$/m, '')
      .replace('port: 6222', `listen: "127.0.0.1:${port}"`)
      .replaceAll('/etc/nats/tls/server.pem', certificate)
      .replaceAll('/etc/nats/tls/server.key', key)
      .replaceAll('/etc/nats/tls/ca.pem', authority.certificate);
    expect(text).not.toContain('/etc/');
    const server = await startNatsServer(text, {
      NATS_NAME: name,
      NATS_ROUTES: `[${others.map((other) => `nats://127.0.0.1:${other}`).join(', ')}]`,
      NATS_API: keys.api.known,
      NATS_WORKER: keys.worker.known,
      NATS_COMMANDS_SERVER: keys['commands-server'].known,
      NATS_ALL: keys.all.known,
    });
    servers.push(server);
    return `tls://127.0.0.1:${server.port}`;
  }

  const ports = [await freePort(), await freePort()] as const;
  const urls = [
    await start('n1', ports[0], [ports[1]]),
    await start('n2', ports[1], [ports[0]]),
  ] as const;
  const settingsOf = (role: (typeof ROLES)[number], url: string = urls[0]) => ({
    NATS_URL: url,
    NATS_NKEY_FILE: keys[role].file,
    NATS_CA_FILE: authority.certificate,
  });
  const lost = vi.fn<(error: unknown) => void>();

  async function open(role: (typeof ROLES)[number], url?: string) {
    const { nats } = parseConfig(settingsOf(role, url));
    if (nats === undefined) throw new Error('there is no NATS');
    const wakes = createNatsWakes({ config: nats, cell: 0, secretKey: SECRET_KEY, onLost: lost });
    await expect.poll(wakes.isConnected, { timeout: 20_000 }).toBe(true);
    return wakes;
  }

  test('a router is asked by a node at the other server, and its API hears of it', async () => {
    const database = await createTestDatabase();
    const { signIn } = await createTestApp(database);
    const startNode = async (url: string) =>
      startTestNode(database, await open('commands-server', url), { sweepEvery: NEVER });
    const [holder, other] = [await startNode(urls[0]), await startNode(urls[1])];
    const ann = await signIn();
    const router = await linkRouter(database, ann.userId);
    const agent = await connectAgent(holder.port, router, {
      devices: ['02:00:00:00:00:20 10.0.0.20 online tv%20set'],
    });
    await settle(agent);
    const api = await open('api', urls[1]);
    const heard = vi.fn<(key?: string) => void>();
    await new Promise<void>((resolve) => {
      api.hear('user', (key) => (key === undefined ? resolve() : heard(key)), { key: ann.userId });
    });

    const request = { sessionId: ann.sessionId, routerId: router.routerId };
    const { devices } = await other.client.scan(request);
    expect(devices).toMatchObject([{ ip: '10.0.0.20' }]);
    expect(await other.client.block({ ...request, ip: '10.0.0.20' })).toMatchObject({
      state: 'applied',
    });
    await expect.poll(() => heard.mock.calls.length).toBeGreaterThan(0);
    expect(lost).not.toHaveBeenCalled();
    await api.close();
  });

  test.each(ROLES)('lets %s in by its settings, as netpilot doctor finds', async (role) => {
    const found = await checkNats(parseConfig(settingsOf(role, urls.join(','))));
    expect(found).toMatchObject({
      state: 'ok',
      message: expect.stringContaining(role === 'all' ? 'worker' : role),
    });
  });

  describe('who cannot get in is told why, in one line', () => {
    const cases: [
      string,
      () => Promise<Record<string, string>> | Record<string, string>,
      string,
    ][] = [
      ['another nkey', () => ({ NATS_NKEY_FILE: makeKey('nobody').file }), 'Authorization'],
      ['no nkey', () => ({ NATS_NKEY_FILE: '' }), 'Authorization'],
      ['another authority', () => ({ NATS_CA_FILE: stranger.certificate }), 'certificate'],
      ['no authority', () => ({ NATS_CA_FILE: '' }), 'certificate'],
      [
        'an expired certificate',
        async () => ({
          NATS_URL: await start('old', await freePort(), [], authority.issue('old', -1)),
        }),
        'expired',
      ],
    ];
    test.each(cases)('%s', async (_case, different, said) => {
      const settings = { ...settingsOf('all'), ...(await different()) };
      const found = await checkNats(parseConfig(settings));
      expect(found).toMatchObject({ state: 'fail', message: expect.stringContaining(said) });
    });
  });

  describe('netpilot serve', async () => {
    const { netpilot, start: startCommand } = await createCommandLine();
    const serve = ['serve', '--role', 'worker'];

    test.each([
      ['NATS_CA_FILE', '/nowhere/ca.pem', 'ENOENT'],
      ['NATS_CA_FILE', good.key, 'a readable file with certificates (PEM)'],
      ['NATS_NKEY_FILE', '/nowhere/nats.seed', 'ENOENT'],
      ['NATS_NKEY_FILE', authority.certificate, 'a file with the seed of an nkey'],
      ['NATS_NKEY_FILE', makeKey('unknown').file, 'a login that the NATS server lets in'],
      ['NATS_CA_FILE', stranger.certificate, 'has signed those of the NATS servers'],
    ])('does not start if %s is %s', async (name, file, said) => {
      const { code, stderr } = await netpilot(serve, { ...settingsOf('worker'), [name]: file });
      expect(code).toBe(2);
      expect(stderr).toMatch(new RegExp(`^netpilot: ${name}: expected a .*$`, 'm'));
      expect(stderr).toContain(said);
    });

    test('starts without NATS, as in an outage, if the certificate has expired, and says so', async () => {
      const NATS_URL = await start('late', await freePort(), [], authority.issue('late', -1));
      const settings = { ...settingsOf('worker'), NATS_URL };
      const { child, ended } = startCommand(serve, settings);
      let said = '';
      child.stderr.on('data', (text: string) => (said += text));
      await expect.poll(() => said, { timeout: 60_000 }).toContain('NATS cannot be used');
      child.kill('SIGTERM');
      expect(await ended).toMatchObject({ code: 0 });
      expect(said).toContain('certificate has expired');
    });
  });
});
