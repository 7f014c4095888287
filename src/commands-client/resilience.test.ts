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
  createCommandsServerClient,
} from './client.ts';
import {
  CommandsServerCircuitOpenError,
  CommandsServerRefusedError,
  CommandsServerTimeoutError,
  CommandsServerUnreachableError,
} from './errors.ts';
import {
  type CircuitTransition,
  FAILURES_TO_OPEN,
  HALF_OPEN_AFTER,
  REPETITIONS,
} from './resilience.ts';

const device = { sessionId: 's-1', routerId: 'r-1', ip: '192.168.1.20' };
const router = { sessionId: 's-1', routerId: 'r-1' };
const down = problem(503, { detail: 'Starting.' });
const cut: Respond = ({ socket }) => socket?.destroy();
const applied = json({ routerId: 'r-1', ip: '192.168.1.20', blocked: true, state: 'applied' });
const nothingBlocked = json({ blocked: [] });

const ALL = {
  startSession: (client) => client.startSession('s-1'),
  endSession: (client) => client.endSession('s-1'),
  block: (client) => client.block(device),
  unblock: (client) => client.unblock(device),
  blocked: (client) => client.blocked(router),
  scan: (client) => client.scan(router),
} satisfies Record<string, (client: CommandsServerClient) => Promise<unknown>>;
const REPEATABLE = ['endSession', 'blocked', 'scan'] as const;
const NOT_REPEATABLE = ['startSession', 'block', 'unblock'] as const;

let server: TestCommandsServer;
let client: CommandsServerClient;
let transitions: CircuitTransition[];

function connect(options: Partial<CommandsServerClientOptions> = {}): CommandsServerClient {
  return createCommandsServerClient({
    url: server.url,
    onTransition: (transition) => transitions.push(transition),
    retryDelay: 1,
    ...options,
  });
}

beforeEach(async () => {
  transitions = [];
  server = await startCommandsServer(down);
  client = connect();
});

describe('a repetition', () => {
  test.each(REPEATABLE)('finishes %s when the server is back in time', async (name) => {
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

  test.each(REPEATABLE)('of %s is not made for ever', async (name) => {
    await expect(ALL[name](client)).rejects.toThrow('refused');
    expect(server.received).toHaveLength(1 + REPETITIONS);
  });

  test.each(NOT_REPEATABLE)('of %s is never made', async (name) => {
    await expect(ALL[name](client)).rejects.toThrow(CommandsServerRefusedError);
    expect(server.received).toHaveLength(1);
    server.respond = cut;
    await expect(ALL[name](client)).rejects.toThrow(CommandsServerUnreachableError);
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

  test('is not waited for by a caller that aborts', async () => {
    client = connect({ retryDelay: 1_000_000 });
    const controller = new AbortController();
    const call = client.scan(router, { signal: controller.signal });
    await server.hasReceived(1);
    controller.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
  });

  test('is not waited for beyond the time-out', async () => {
    client = connect({ retryDelay: 1_000_000, timeouts: { scan: 500 } });
    await expect(client.scan(router)).rejects.toThrow(CommandsServerTimeoutError);
    expect(server.received).toHaveLength(1);
  });

  test('has only the time that the first attempt left', async () => {
    server.respond = (response, request) => {
      if (server.received.length === 1) down(response, request);
    };
    client = connect({ timeouts: { scan: 500 } });
    await expect(client.scan(router)).rejects.toThrow(CommandsServerTimeoutError);
    expect(server.received).toHaveLength(2);
  });
});

/** As many failing calls as it takes, each a request. */
async function openCircuit(): Promise<void> {
  for (let failures = 0; failures < FAILURES_TO_OPEN; failures += 1)
    await expect(client.block(device)).rejects.toThrow(CommandsServerRefusedError);
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
      await expect(call(client)).rejects.toThrow(CommandsServerCircuitOpenError);
    }
    expect(server.received).toHaveLength(FAILURES_TO_OPEN);
  });

  test('says what it opened for, to the log and to the callers', async () => {
    await openCircuit();
    const error = await client.scan(router).catch((reason: unknown) => reason);
    const cause = expect.objectContaining({ name: 'CommandsServerRefusedError', status: 503 });
    expect(error).toMatchObject({ kind: 'unavailable', call: 'GET /api/scan', cause });
    expect(transitions).toEqual([{ state: 'open', cause }]);
  });

  test.each<[string, Respond, object]>([
    ['no answers in time', () => {}, { timeouts: { block: 50 } }],
    [
      'half answers in time',
      (response) => response.writeHead(200).write('{'),
      { timeouts: { block: 50 } },
    ],
    ['broken connections', cut, {}],
    ['too many requests', problem(429), {}],
  ])('opens for %s too', async (_, respond, options) => {
    server.respond = respond;
    client = connect(options);
    for (let failures = 0; failures < FAILURES_TO_OPEN; failures += 1)
      await expect(client.block(device)).rejects.toThrow('POST /api/block');
    await expect(client.block(device)).rejects.toThrow(CommandsServerCircuitOpenError);
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
    expect(transitions).toEqual([]);
  });

  test('counts from the start after any answer of a server that lives', async () => {
    for (const respond of [down, down, down, down, problem(404), down, down, down, down]) {
      server.respond = respond;
      await expect(client.block(device)).rejects.toThrow(CommandsServerRefusedError);
    }
    expect(transitions).toEqual([]);
  });

  test('stays closed when callers abort', async () => {
    server.respond = () => {};
    for (let aborted = 1; aborted <= 2 * FAILURES_TO_OPEN; aborted += 1) {
      const controller = new AbortController();
      const call = client.block(device, { signal: controller.signal });
      await server.hasReceived(aborted);
      controller.abort(new Error('enough'));
      await expect(call).rejects.toThrow('enough');
    }
    expect(transitions).toEqual([]);
  });

  test('counts each attempt, and a call whose attempt opens it is not repeated', async () => {
    await expect(client.scan(router)).rejects.toThrow(CommandsServerRefusedError);
    expect(server.received).toHaveLength(3);
    await expect(client.scan(router)).rejects.toThrow(CommandsServerRefusedError);
    expect(server.received).toHaveLength(FAILURES_TO_OPEN);
  });

  test('lets one call try after five seconds, and closes when that is answered', async () => {
    expect(HALF_OPEN_AFTER).toBe(5_000);
    await openCircuit();
    server.respond = applied;
    moveClock(HALF_OPEN_AFTER - 1);
    await expect(client.block(device)).rejects.toThrow(CommandsServerCircuitOpenError);
    moveClock(1);
    expect(await client.block(device)).toMatchObject({ state: 'applied' });
    expect(await client.block(device)).toMatchObject({ state: 'applied' });
    expect(transitions.map(({ state }) => state)).toEqual(['open', 'half-open', 'closed']);
  });

  test('closes for a refusal as well: the server is back', async () => {
    await openCircuit();
    server.respond = problem(404);
    moveClock(HALF_OPEN_AFTER);
    await expect(client.block(device)).rejects.toThrow(CommandsServerRefusedError);
    expect(transitions.at(-1)).toEqual({ state: 'closed' });
  });

  test('opens again when the call that tries fails, which is not repeated', async () => {
    await openCircuit();
    moveClock(HALF_OPEN_AFTER);
    await expect(client.scan(router)).rejects.toThrow(CommandsServerRefusedError);
    await expect(client.scan(router)).rejects.toThrow(CommandsServerCircuitOpenError);
    expect(server.received).toHaveLength(FAILURES_TO_OPEN + 1);
    expect(transitions.map(({ state }) => state)).toEqual(['open', 'half-open', 'open']);
  });

  test('refuses the others at once while one call tries', async () => {
    await openCircuit();
    moveClock(HALF_OPEN_AFTER);
    const answer = Promise.withResolvers<() => void>();
    server.respond = (response, request) => answer.resolve(() => applied(response, request));
    const trial = client.block(device);
    const give = await answer.promise;
    await expect(client.endSession('s-1')).rejects.toThrow(CommandsServerCircuitOpenError);
    give();
    await expect(trial).resolves.toMatchObject({ state: 'applied' });
    expect(server.received).toHaveLength(FAILURES_TO_OPEN + 1);
  });

  test('does not close because the caller of the call that tries gave up', async () => {
    await openCircuit();
    moveClock(HALF_OPEN_AFTER);
    server.respond = () => {};
    const controller = new AbortController();
    const trial = client.block(device, { signal: controller.signal });
    await server.hasReceived(FAILURES_TO_OPEN + 1);
    controller.abort(new Error('enough'));
    await expect(trial).rejects.toThrow('enough');
    await expect(client.block(device)).rejects.toThrow(CommandsServerCircuitOpenError);
    moveClock(HALF_OPEN_AFTER);
    server.respond = applied;
    expect(await client.block(device)).toMatchObject({ state: 'applied' });
  });

  test('is not tried by a call whose caller gave up before', async () => {
    await openCircuit();
    moveClock(HALF_OPEN_AFTER);
    await expect(client.block(device, { signal: AbortSignal.abort() })).rejects.toThrow('abort');
    server.respond = applied;
    expect(await client.block(device)).toMatchObject({ state: 'applied' });
  });

  test('is each client its own', async () => {
    await openCircuit();
    server.respond = nothingBlocked;
    expect(await connect().blocked(router)).toEqual({ blocked: [] });
  });
});
