/** A Commands-Server that answers late, half, without end, or not at all. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { ServerResponse } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Respond, portOf, startCommandsServer } from '../../testing/commands-server.ts';
import { createCommandsServerClient } from './client.ts';
import { CommandsServerError } from './errors.ts';
import { ANSWER_LIMIT } from './exchange.ts';

const device = { sessionId: 's-1', routerId: 'r-1', ip: '192.168.1.20' };
const router = { sessionId: 's-1', routerId: 'r-1' };
const LATE = /did not answer/;
const WRONG = /The Commands-Server answered/;
const JSON_HEADERS = { 'content-type': 'application/json' };

describe('late', () => {
  test.each<[string, Respond]>([
    ['never answers', () => {}],
    ['sends headers and nothing more', (response) => response.writeHead(200).flushHeaders()],
    ['never ends the body', (response) => response.writeHead(200, JSON_HEADERS).write('{"bl')],
    ['never ends the body of an error', (response) => response.writeHead(503).write('<h1>')],
  ])('a server that %s is a time-out', async (_, respond) => {
    const server = await startCommandsServer(respond);
    const client = createCommandsServerClient({ url: server.url, timeout: 100 });
    const error = await client.block(device).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CommandsServerError);
    expect(error).toMatchObject({ kind: 'unavailable' });
    expect(String(error)).toContain('did not answer POST /api/block within 0.1 s');
  });

  test('the connection of a call that timed out is closed', async () => {
    const given = Promise.withResolvers<ServerResponse>();
    const server = await startCommandsServer(given.resolve);
    const client = createCommandsServerClient({ url: server.url, timeout: 1_000 });
    const call = client.block(device).catch((reason: unknown) => reason);
    await once(await given.promise, 'close');
    expect(String(await call)).toMatch(LATE);
  });

  test('a server that does not even read is a time-out', async () => {
    const url = await listen(() => {});
    const client = createCommandsServerClient({ url, timeout: 100 });
    await expect(client.startSession({ sessionId: 's-1' })).rejects.toThrow(LATE);
  });
});

describe('half', () => {
  test.each<[string, Respond]>([
    [
      'of a body with its length',
      (response) =>
        response
          .writeHead(200, { ...JSON_HEADERS, 'content-length': 1000 })
          .write('{"bl', () => response.destroy()),
    ],
    [
      'of a body in chunks',
      (response) => response.writeHead(200, JSON_HEADERS).write('{"bl', () => response.destroy()),
    ],
    [
      'of a body, ended in good order',
      ({ socket }) => socket?.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"blocked": []}'),
    ],
    ['of the headers', ({ socket }) => socket?.end('HTTP/1.1 200 OK\r\ncontent-ty')],
    ['of an error', (response) => response.writeHead(404).write('<h1>', () => response.destroy())],
  ])('%s', async (_, respond) => {
    const server = await startCommandsServer(respond);
    const client = createCommandsServerClient({ url: server.url });
    const error = await client.block(device).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CommandsServerError);
    expect(error).toMatchObject({ kind: 'unavailable' });
    expect(String(error)).toContain('could not be reached for POST /api/block');
  });

  test('of the JSON, when the connection is all that tells the end', async () => {
    const server = await startCommandsServer(({ socket }) =>
      socket?.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{"blocked": ['),
    );
    const client = createCommandsServerClient({ url: server.url });
    await expect(client.blocked(router)).rejects.toThrow(WRONG);
  });
});

describe('not at all', () => {
  test('nobody listens', async () => {
    const server = await startCommandsServer(() => {});
    server.close();
    const client = createCommandsServerClient({ url: server.url });
    const error = await client.block(device).catch((reason: unknown) => reason);
    expect(String(error)).toContain('could not be reached for POST /api/block (ECONNREFUSED)');
    expect(String(error)).not.toContain('127.0.0.1');
  });

  test.each<[string, Respond]>([
    ['closes', ({ socket }) => socket?.destroy()],
    ['resets', ({ socket }) => socket?.resetAndDestroy()],
  ])('the server %s the connection', async (_, respond) => {
    const server = await startCommandsServer(respond);
    const client = createCommandsServerClient({ url: server.url });
    await expect(client.block(device)).rejects.toThrow('could not be reached');
  });

  test.each(['SSH-2.0-dropbear\r\n', 'HTTP/1.1 200 OK\r\nno header\r\n\r\n'])(
    'something that is no HTTP server answers %j',
    async (greeting) => {
      const url = await listen((write) => write(greeting));
      const client = createCommandsServerClient({ url });
      await expect(client.block(device)).rejects.toThrow(WRONG);
    },
  );
});

const endless: Respond = (response) => {
  response.writeHead(200, JSON_HEADERS);
  const pour = () => {
    while (response.write(' '.repeat(65_536)));
  };
  response.on('drain', pour);
  pour();
};

describe('without end', () => {
  test('is read no further than the limit, and the connection is closed', async () => {
    const closed = Promise.withResolvers<void>();
    const server = await startCommandsServer((response, request) => {
      response.on('close', closed.resolve);
      endless(response, request);
    });
    const client = createCommandsServerClient({ url: server.url });
    await expect(client.scan(router)).rejects.toThrow(`more than ${ANSWER_LIMIT} bytes`);
    await closed.promise;
    expect(server.received).toHaveLength(1);
  });

  test('is an answer of one byte more than the limit, but not one at it', async () => {
    const start = '{"blocked": []';
    const fill = (size: number) => `${start}${' '.repeat(size - start.length - 1)}}`;
    const server = await startCommandsServer((response) =>
      response.writeHead(200, JSON_HEADERS).end(fill(ANSWER_LIMIT)),
    );
    const client = createCommandsServerClient({ url: server.url });
    expect(await client.blocked(router)).toEqual({ blocked: [] });
    server.respond = (response) =>
      response.writeHead(200, JSON_HEADERS).end(fill(ANSWER_LIMIT + 1));
    await expect(client.blocked(router)).rejects.toThrow(WRONG);
  });
});

/** A bare TCP server; gives its URL. */
async function listen(greet: (write: (text: string) => void) => void): Promise<string> {
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => {});
    greet((text) => socket.write(text));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${portOf(server.address())}`;
}
