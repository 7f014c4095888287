/** What the client does about a Commands-Server that is down for a moment, or for longer. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type Respond,
  type TestCommandsServer,
  json,
  problem,
  startCommandsServer,
} from '../../testing/commands-server.ts';
import {
  type CommandsServerClient,
  type CommandsServerClientOptions,
  RETRIES,
  createCommandsServerClient,
} from './client.ts';
import { FAILURES_TO_OPEN, HALF_OPEN_AFTER } from './circuit.ts';

const device = { sessionId: 's-1', routerId: 'r-1', ip: '192.168.1.20' };
const router = { sessionId: 's-1', routerId: 'r-1' };
const down = problem(503, { detail: 'Starting.' });
const cut: Respond = ({ socket }) => socket?.destroy();
const applied = json({ routerId: 'r-1', ip: '192.168.1.20', blocked: true, state: 'applied' });
const nothingBlocked = json({ blocked: [] });

const ALL = {
  startSession: (client) => client.startSession({ sessionId: 's-1' }),
  endSession: (client) => client.endSession({ sessionId: 's-1' }),
  block: (client) => client.block(device),
  unblock: (client) => client.unblock(device),
  blocked: (client) => client.blocked(router),
  scan: (client) => client.scan(router),
} satisfies Record<string, (client: CommandsServerClient) => Promise<unknown>>;
const RETRIED = ['endSession', 'blocked', 'scan'] as const;
const NOT_RETRIED = ['startSession', 'block', 'unblock'] as const;

let server: TestCommandsServer;
let client: CommandsServerClient;

function connect(options: Partial<CommandsServerClientOptions> = {}): CommandsServerClient {
  return createCommandsServerClient({
    url: server.url,
    retryDelay: 1,
    ...options,
  });
}

beforeEach(async () => {
  server = await startCommandsServer(down);
  client = connect();
});

describe('a retry', () => {
  test.each(RETRIED)('finishes %s when the server is back in time', async (name) => {
    const right = {
      endSession: json({ sessionId: 's-1', active: false }),
      blocked: nothingBlocked,
      scan: json({ devices: [], scannedAt: '2026-11-24T16:00:00Z' }),
    };
    server.respond = (response, request) =>
      [cut, down, right[name]][server.received.length - 1]?.(response, request);
    await ALL[name](client);
    expect(server.received).toHaveLength(3);
    expect(server.received[2]).toEqual(server.received[0]);
  });

  test.each(RETRIED)('of %s is not made for ever', async (name) => {
    await expect(ALL[name](client)).rejects.toThrow('refused');
    expect(server.received).toHaveLength(1 + RETRIES);
  });

  test.each(NOT_RETRIED)('of %s is never made', async (name) => {
    await expect(ALL[name](client)).rejects.toThrow('refused');
    expect(server.received).toHaveLength(1);
    server.respond = cut;
    await expect(ALL[name](client)).rejects.toThrow('could not be reached');
    expect(server.received).toHaveLength(2);
  });

  test.each<[string, Respond]>([
    ['a refusal', problem(404)],
    ['a router that is away', problem(409)],
    ['an answer of the wrong shape', json({})],
    ['a redirect', (response) => response.writeHead(302, { location: '/' }).end()],
  ])('is not made after %s', async (_, respond) => {
    server.respond = respond;
    await expect(client.scan(router)).rejects.toThrow('The Commands-Server');
    expect(server.received).toHaveLength(1);
  });

  test('is not waited for beyond the time-out', async () => {
    client = connect({ retryDelay: 1_000_000, timeout: 3_000 });
    await expect(client.scan(router)).rejects.toThrow('did not answer');
    expect(server.received).toHaveLength(1);
  });

  test('has only the time that the first attempt left', async () => {
    server.respond = (response, request) => {
      if (server.received.length === 1) down(response, request);
    };
    client = connect({ timeout: 3_000 });
    await expect(client.scan(router)).rejects.toThrow('did not answer');
    expect(server.received).toHaveLength(2);
  });
});

/** As many failing calls as it takes, each a request. */
async function openCircuit(): Promise<void> {
  for (let failures = 0; failures < FAILURES_TO_OPEN; failures += 1)
    await expect(client.block(device)).rejects.toThrow('refused');
  expect(server.received).toHaveLength(FAILURES_TO_OPEN);
}

const moveClock = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);

describe('the circuit', () => {
  // Only the clock that the circuit looks at is moved; sockets and timers are the real ones.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());

  test('opens after five outages in a row, for all calls: nothing is sent any more', async () => {
    expect(FAILURES_TO_OPEN).toBe(5);
    await openCircuit();
    for (const call of Object.values(ALL)) {
      await expect(call(client)).rejects.toThrow('was not tried');
    }
    expect(server.received).toHaveLength(FAILURES_TO_OPEN);
  });

  test('tells the callers what it opened for', async () => {
    await openCircuit();
    const error = await client.scan(router).catch((reason: unknown) => reason);
    const message = 'The Commands-Server has been failing, so GET /api/scan was not tried.';
    const cause = { message: expect.stringContaining('with 503: Starting.') };
    expect(error).toMatchObject({ kind: 'unavailable', message, cause });
  });

  test.each<[string, Respond, object]>([
    ['no answers in time', () => {}, { timeout: 50 }],
    ['half answers in time', (response) => response.writeHead(200).write('{'), { timeout: 50 }],
    ['broken connections', cut, {}],
    ['too many requests', problem(429), {}],
  ])('opens for %s too', async (_, respond, options) => {
    server.respond = respond;
    client = connect(options);
    for (let failures = 0; failures < FAILURES_TO_OPEN; failures += 1)
      await expect(client.block(device)).rejects.toThrow('POST /api/block');
    await expect(client.block(device)).rejects.toThrow('was not tried');
  });

  test.each<[string, Respond]>([
    ['the caller is to blame for', problem(400)],
    ['one router is to blame for', problem(409)],
    ['speak of something that is not there', problem(404)],
    ['are of the wrong shape', json({})],
  ])('stays closed for answers that %s', async (_, respond) => {
    server.respond = respond;
    for (let failures = 0; failures < 2 * FAILURES_TO_OPEN; failures += 1)
      await expect(client.block(device)).rejects.toThrow('POST /api/block');
    expect(server.received).toHaveLength(2 * FAILURES_TO_OPEN);
  });

  test('counts from the start after any answer of a server that lives', async () => {
    for (const respond of [down, down, down, down, problem(404), down, down, down, down]) {
      server.respond = respond;
      await expect(client.block(device)).rejects.toThrow('refused');
    }
    expect(server.received).toHaveLength(9);
  });

  test('counts each attempt, and a call whose attempt opens it is not repeated', async () => {
    await expect(client.scan(router)).rejects.toThrow('refused');
    expect(server.received).toHaveLength(3);
    await expect(client.scan(router)).rejects.toThrow('refused');
    expect(server.received).toHaveLength(FAILURES_TO_OPEN);
  });

  test('lets one call try after five seconds, and closes when that is answered', async () => {
    expect(HALF_OPEN_AFTER).toBe(5_000);
    await openCircuit();
    server.respond = applied;
    moveClock(HALF_OPEN_AFTER - 1);
    await expect(client.block(device)).rejects.toThrow('was not tried');
    moveClock(1);
    expect(await client.block(device)).toMatchObject({ state: 'applied' });
    expect(await client.block(device)).toMatchObject({ state: 'applied' });
  });

  test('closes for a refusal as well: the server is back', async () => {
    await openCircuit();
    server.respond = problem(404);
    moveClock(HALF_OPEN_AFTER);
    await expect(client.block(device)).rejects.toThrow('refused');
    server.respond = applied;
    expect(await client.block(device)).toMatchObject({ state: 'applied' });
  });

  test('opens again when the call that tries fails, which is not repeated', async () => {
    await openCircuit();
    moveClock(HALF_OPEN_AFTER);
    await expect(client.scan(router)).rejects.toThrow('refused');
    await expect(client.scan(router)).rejects.toThrow('was not tried');
    expect(server.received).toHaveLength(FAILURES_TO_OPEN + 1);
  });

  test('refuses the others at once while one call tries', async () => {
    await openCircuit();
    moveClock(HALF_OPEN_AFTER);
    const answer = Promise.withResolvers<() => void>();
    server.respond = (response, request) => answer.resolve(() => applied(response, request));
    const trial = client.block(device);
    const give = await answer.promise;
    await expect(client.endSession({ sessionId: 's-1' })).rejects.toThrow('was not tried');
    give();
    await expect(trial).resolves.toMatchObject({ state: 'applied' });
    expect(server.received).toHaveLength(FAILURES_TO_OPEN + 1);
  });

  test('is each client its own', async () => {
    await openCircuit();
    server.respond = nothingBlocked;
    expect(await connect().blocked(router)).toEqual({ blocked: [] });
  });
});
