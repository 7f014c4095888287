/** Each role on a real server with the file that operators use: it can do its work, and nothing besides. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type NatsConnection,
  connect,
  errors,
  nkeyAuthenticator,
  nkeys,
} from '@nats-io/transport-node';
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { hasNatsServer, startNatsServer } from '../../testing/nats-server.ts';
import { parseConfig } from '../../src/config/config.ts';
import { checkNats } from '../../src/doctor/nats.ts';
import type { Heartbeat } from '../../src/wakes/heartbeats.ts';
import { createNatsWakes } from '../../src/wakes/nats.ts';

const INSTANCE = randomUUID();
const SECRET_KEY = 'a key for tests only, 32 characters or more';
const keys = {
  api: nkeys.createUser(),
  worker: nkeys.createUser(),
  'commands-server': nkeys.createUser(),
  all: nkeys.createUser(),
};
type Role = keyof typeof keys;

/** The file, without what only several machines have. */
function configuration(): string {
  return readFileSync(join(import.meta.dirname, 'nats.conf'), 'utf8')
    .replace(/^port: .*$/m, '')
    .replace(/^tls \{.*?^\}/ms, '')
    .replace(/^cluster \{.*?^\}/ms, '');
}

describe.runIf(hasNatsServer)('a role', async () => {
  const server = hasNatsServer
    ? await startNatsServer(configuration(), {
        NATS_NAME: 'n1',
        NATS_API: keys.api.getPublicKey(),
        NATS_WORKER: keys.worker.getPublicKey(),
        NATS_COMMANDS_SERVER: keys['commands-server'].getPublicKey(),
        NATS_ALL: keys.all.getPublicKey(),
      })
    : undefined;
  afterAll(async () => server?.remove());

  async function enter(role: Role): Promise<NatsConnection> {
    const connection = await connect({
      servers: `127.0.0.1:${server?.port}`,
      authenticator: nkeyAuthenticator(keys[role].getSeed()),
      inboxPrefix: '_INBOX.np1.7',
      reconnect: false,
    });
    onTestFinished(() => connection.close());
    return connection;
  }

  /** What a process with that role is configured with. */
  function settingsOf(role: Role) {
    const folder = mkdtempSync(join(tmpdir(), 'netpilot-nats-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const NATS_NKEY_FILE = join(folder, 'nkey');
    writeFileSync(NATS_NKEY_FILE, keys[role].getSeed());
    return { NATS_URL: server?.url ?? '', NATS_NKEY_FILE };
  }

  /** The subjects that it may not publish to. */
  async function refusedToPublish(role: Role, subjects: readonly string[]): Promise<string[]> {
    const connection = await enter(role);
    const refused: string[] = [];
    const reading = (async () => {
      for await (const status of connection.status())
        if (status.type === 'error' && status.error instanceof errors.PermissionViolationError)
          refused.push(status.error.subject);
    })();
    for (const subject of subjects) connection.publish(subject);
    await connection.flush();
    await connection.close();
    await reading;
    return refused;
  }

  /** The subjects that it may not subscribe to. */
  async function refusedToSubscribe(role: Role, subjects: readonly string[]): Promise<string[]> {
    const connection = await enter(role);
    const refused: string[] = [];
    for (const subject of subjects)
      connection.subscribe(subject, {
        callback: (error) => void (error !== null && refused.push(subject)),
      });
    await connection.flush();
    return refused;
  }

  const user = `np1.7.user.${INSTANCE}`;
  const look = `np1.7.node.${INSTANCE}.look`;
  const ask = `np1.7.node.${INSTANCE}.ask`;
  const [alerts, nodes, inbox] = ['np1.7.alerts', 'np1.7.nodes', '_INBOX.np1.7.x'];
  const others = ['np2.7.alerts', 'np1.7.anything', '$SYS.REQ.SERVER.PING', '_INBOX.other.x', 'x'];
  const everything = [user, look, ask, alerts, nodes, inbox, ...others];

  test.each<[Role, string[], string[]]>([
    ['api', [user, look, alerts], [user, nodes]],
    ['worker', [user, look, alerts], [alerts]],
    ['commands-server', [user, look, ask, alerts, nodes], [look, ask, nodes, inbox]],
  ])('%s publishes and subscribes to its own subjects only', async (role, told, heard) => {
    const without = (allowed: string[]) => everything.filter((one) => !allowed.includes(one));
    expect(await refusedToPublish(role, everything)).toEqual(without(told));
    expect(await refusedToSubscribe(role, everything)).toEqual(without(heard));
    expect(await refusedToSubscribe(role, ['>', 'np1.>', '_INBOX.>'])).toHaveLength(3);
  });

  test('all may do what each of them may, and nothing besides', async () => {
    expect(await refusedToPublish('all', everything)).toEqual([inbox, ...others]);
    const hidden = others.filter((subject) => !subject.startsWith('np1.'));
    expect(await refusedToSubscribe('all', everything)).toEqual(hidden);
  });

  test('that holds routers hears from the others that they live', async () => {
    const open = () => {
      const { nats: config } = parseConfig(settingsOf('commands-server'));
      if (config === undefined) throw new Error('there is no NATS_URL');
      const wakes = createNatsWakes({ config, cell: 7, secretKey: SECRET_KEY, onLost: () => {} });
      onTestFinished(wakes.close);
      return wakes;
    };
    const [one, other] = [open(), open()];
    const heard: Heartbeat[] = [];
    other.hearBeats((heartbeat) => void heard.push(heartbeat));
    const heartbeat: Heartbeat = {
      node: 'n:2222',
      instance: INSTANCE,
      connections: 1,
      state: 'ready',
      hasDatabase: true,
    };
    const say = () => {
      one.beat(heartbeat);
      return heard;
    };
    await expect.poll(say).toContainEqual(heartbeat);
  });

  test('that answers questions answers each once, and nobody who has not asked', async () => {
    const [asker, answerer] = [await enter('commands-server'), await enter('commands-server')];
    answerer.subscribe(ask, {
      callback: (_error, message) => {
        message.respond('first');
        message.respond('second');
      },
    });
    await answerer.flush();
    const heard = vi.fn<(text: string) => void>();
    asker.subscribe(inbox, { callback: (_error, message) => heard(message.string()) });
    asker.publish(ask, '', { reply: inbox });
    await expect.poll(() => heard.mock.calls).toEqual([['first']]);
    expect((await asker.request(ask, '', { timeout: 10_000 })).string()).toBe('first');
    expect(heard.mock.calls).toEqual([['first']]);
  });

  test.each<[Role, string]>([
    ['api', 'api'],
    ['worker', 'worker'],
    ['commands-server', 'commands-server'],
    ['all', 'api, commands-server, worker'],
  ])('%s is found by netpilot doctor', async (role, found) => {
    expect(await checkNats(parseConfig(settingsOf(role)))).toEqual({
      state: 'ok',
      message: expect.stringMatching(
        new RegExp(`^nats-server [0-9.]+ \\(n1\\) allows ${found}\\.$`),
      ),
    });
  });

  test('that nobody knows, or a server that is away, is found by netpilot doctor', async () => {
    const NATS_URL = server?.url ?? '';
    expect(await checkNats(parseConfig({ NATS_URL }))).toMatchObject({ state: 'fail' });
    expect(await checkNats(parseConfig({ NATS_URL: 'nats://127.0.0.1:1' }))).toMatchObject({
      state: 'fail',
      message: 'It cannot be used: connect ECONNREFUSED 127.0.0.1:1.',
    });
  });

  test('is somebody who is named there', async () => {
    const stranger = nkeyAuthenticator(nkeys.createUser().getSeed());
    const servers = `127.0.0.1:${server?.port}`;
    await expect(connect({ servers, authenticator: stranger })).rejects.toThrow('Authorization');
    await expect(connect({ servers })).rejects.toThrow('Authorization');
  });
});
