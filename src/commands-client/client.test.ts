/** The six calls as promised, against a Commands-Server that answers correctly. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { json, startCommandsServer } from '../../testing/commands-server.ts';
import { type CommandsServerClient, createCommandsServerClient } from './client.ts';

const device = { sessionId: 's-1', routerId: 'r 1/ü&?', ip: '192.168.1.20' };
const router = { sessionId: 's-1', routerId: 'r 1/ü&?' };
const applied = { routerId: device.routerId, ip: device.ip, blocked: true, state: 'applied' };

type Promised = {
  name: keyof CommandsServerClient;
  run: (client: CommandsServerClient) => Promise<unknown>;
  method: string;
  path: string;
  seconds: number;
  body?: object;
  query?: object;
  answer: object;
};

const CALLS: Promised[] = [
  {
    name: 'startSession',
    run: (client) => client.startSession({ sessionId: 's-1' }),
    method: 'POST',
    path: '/api/session/start',
    seconds: 10,
    body: { sessionId: 's-1' },
    answer: { sessionId: 's-1', active: true },
  },
  {
    name: 'endSession',
    run: (client) => client.endSession({ sessionId: 's-1' }),
    method: 'POST',
    path: '/api/session/end',
    seconds: 10,
    body: { sessionId: 's-1' },
    answer: { sessionId: 's-1', active: false },
  },
  {
    name: 'block',
    run: (client) => client.block(device),
    method: 'POST',
    path: '/api/block',
    seconds: 30,
    body: device,
    answer: applied,
  },
  {
    name: 'unblock',
    run: (client) => client.unblock(device),
    method: 'POST',
    path: '/api/unblock',
    seconds: 30,
    body: device,
    answer: { ...applied, blocked: false, state: 'pending', reason: 'The router is away.' },
  },
  {
    name: 'blocked',
    run: (client) => client.blocked(router),
    method: 'GET',
    path: '/api/blocked',
    seconds: 30,
    query: router,
    answer: { blocked: [{ ip: 'fd00::1', mac: null }] },
  },
  {
    name: 'scan',
    run: (client) => client.scan(router),
    method: 'GET',
    path: '/api/scan',
    seconds: 60,
    query: router,
    answer: {
      devices: [
        { ip: '192.168.1.20', mac: '9A:8D:BC:E0:52:41', hostname: 'laptop' },
        { ip: 'fe80::1', mac: null, hostname: null },
      ],
      scannedAt: '2026-11-24T16:00:00.123456Z',
    },
  },
];

describe.each(CALLS)('$name', ({ run, method, path, seconds, body, query, answer }) => {
  afterEach(() => void vi.useRealTimers());

  test(`is ${method} ${path}, and gives the typed answer`, async () => {
    const server = await startCommandsServer(json(answer));
    const result = await run(createCommandsServerClient({ url: server.url, token: 'secret' }));
    expect(result).toEqual(answer);
    expect(server.received).toHaveLength(1);
    const [request] = server.received;
    expect(request).toMatchObject({ method, path, query: query ?? {} });
    expect(request?.body).toBe(body === undefined ? '' : JSON.stringify(body));
    expect(request?.headers).toMatchObject({
      authorization: 'Bearer secret',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    });
  });

  test(`waits ${seconds} s and no longer`, async () => {
    const server = await startCommandsServer(() => {});
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const outcome = vi.fn<(error: unknown) => void>();
    const call = run(createCommandsServerClient({ url: server.url })).catch(outcome);
    await server.hasReceived(1);
    await vi.advanceTimersByTimeAsync(seconds * 1000 - 1);
    expect(outcome).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await call;
    expect(outcome).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: expect.stringContaining(`within ${seconds} s`) }),
    );
  });

  test('leaves out what the protocol does not describe', async () => {
    const server = await startCommandsServer(json({ ...answer, added_later: { by: 'somebody' } }));
    expect(await run(createCommandsServerClient({ url: server.url }))).toEqual(answer);
  });
});

describe('a client', () => {
  test.each(['', '/prefix', '/a/b'])(
    'finds the calls under a URL with the path "%s"',
    async (path) => {
      const server = await startCommandsServer(json({ blocked: [] }));
      await createCommandsServerClient({ url: `${server.url}${path}` }).blocked(router);
      expect(server.received[0]?.path).toBe(`${path}/api/blocked`);
    },
  );

  test('sends no authorization if no token is configured', async () => {
    const server = await startCommandsServer(json({ blocked: [] }));
    await createCommandsServerClient({ url: server.url }).blocked(router);
    expect(server.received[0]?.headers.authorization).toBeUndefined();
  });

  test('takes an empty answer for a session that has ended', async () => {
    const server = await startCommandsServer((response) => response.writeHead(204).end());
    const client = createCommandsServerClient({ url: server.url });
    expect(await client.endSession({ sessionId: 's-1' })).toEqual({
      sessionId: 's-1',
      active: false,
    });
    server.respond = (response) => response.writeHead(200).end();
    expect(await client.endSession({ sessionId: 's-1' })).toEqual({
      sessionId: 's-1',
      active: false,
    });
  });
});
