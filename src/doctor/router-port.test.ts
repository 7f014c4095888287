/** The port that routers dial: what doctor sees when it connects to it. */
import { once } from 'node:events';
import { type Socket, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { type Config, parseConfig } from '../config/config.ts';
import { fingerprintText, parsePublicKey } from '../routers/public-key.ts';
import { serve } from '../service/start.ts';
import { makeKeyPair } from '../ssh-key.ts';
import { createCommandLine } from '../../testing/command-line.ts';
import { portOf } from '../../testing/commands-server.ts';
import { freePort } from '../../testing/free-port.ts';
import { openUnchanged } from './database.ts';
import { examine } from './examine.ts';
import { checkRouterPort, judgeAnswer, lookAt } from './router-port.ts';

const { data } = await createCommandLine();

/** An address of this machine that is not loopback. */
const [address = ''] = Object.values(networkInterfaces()).flatMap((list) =>
  (list ?? []).flatMap((one) => (one.family === 'IPv4' && !one.internal ? [one.address] : [])),
);

function configFor(port: number, publicHost = address): Config {
  const environment = { ROUTERS_HOST: '::', ROUTERS_PORT: String(port), LOG_LEVEL: 'silent' };
  const config = parseConfig({ ...environment, NETPILOT_DATA: data, COMMANDS_SERVER_PORT: '0' });
  return { ...config, routers: { ...config.routers, publicHost } };
}

/** A server that answers each connection so. */
async function startServer(answer: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => answer(socket.on('error', () => undefined))).listen(0);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return portOf(server.address());
}

test.skipIf(address === '')(
  "passes with NetPilot's own host key, by banner and fingerprint",
  async () => {
    const config = configFor(await freePort());
    const service = await serve(config, { roles: ['commands-server'] });
    const opened = await openUnchanged(config);
    try {
      const findings = await examine(config, opened);
      const known = findings.find(({ check }) => check === 'host key')?.message ?? '';
      const [fingerprint] = /SHA256:\S{43}/.exec(known) ?? [];
      expect(findings.find(({ check }) => check === 'port for routers')).toEqual({
        check: 'port for routers',
        state: 'ok',
        message: `${address}:${config.routers.port} answers routers as SSH-2.0-netpilot, with the host key ${fingerprint}, which is NetPilot's.`,
      });
    } finally {
      await opened.leave();
      await service.stop();
    }
  },
);

test.skipIf(address === '')('fails if nothing answers, and says what to open', async () => {
  const port = await freePort();
  expect(await checkRouterPort({ config: configFor(port) })).toEqual({
    state: 'fail',
    message: expect.stringMatching(/^Nothing answers at .*, where routers connect: .*ECONNREFUSED/),
    fix: expect.stringContaining(`let TCP port ${port} through every firewall`),
  });
});

test.each([
  [
    'speaks HTTP',
    (socket: Socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    'HTTP/1.1 400 Bad Request',
  ],
  ['says nothing', (socket: Socket) => void socket.end(), ''],
])('sees no host key of what %s', async (_what, answer, line) => {
  const seen = await lookAt('127.0.0.1', await startServer(answer));
  expect(seen).toEqual({ line });
  expect(judgeAnswer(seen, { place: 'there', fix: 'fix it.', known: [] })).toMatchObject({
    state: 'fail',
    message: expect.stringContaining("is not NetPilot's"),
  });
});

test("fails if another server's host key is there, and passes if nothing is known of ours", () => {
  const { publicKey } = makeKeyPair();
  const [, blob = ''] = publicKey.split(' ');
  const answer = { line: 'SSH-2.0-OpenSSH_9.2', hostKey: Buffer.from(blob, 'base64') };
  const place = { place: 'there', fix: 'fix it.' };
  expect(
    judgeAnswer(answer, { ...place, known: [fingerprintText(parsePublicKey(publicKey))] }).state,
  ).toBe('ok');
  expect(judgeAnswer(answer, { ...place, known: [] }).state).toBe('ok');
  expect(judgeAnswer(answer, { ...place, known: ['SHA256:other'] })).toMatchObject({
    state: 'fail',
    message: expect.stringContaining("which is not NetPilot's (SHA256:other)"),
  });
});

test('is not looked at if only this machine reaches it', async () => {
  const result = await checkRouterPort({ config: configFor(1, 'localhost') });
  expect(result).toMatchObject({ state: 'ok', message: expect.stringMatching(/^Not checked/) });
});
