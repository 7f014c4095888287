import { once } from 'node:events';
import { type IncomingHttpHeaders, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** A request as it came in. */
export type Received = {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingHttpHeaders;
  body: string;
};

/** What a Commands-Server does with a request that has come in whole; it may do nothing. */
export type Respond = (response: ServerResponse, request: Received) => void;

export type TestCommandsServer = {
  url: string;
  /** All requests so far, in order. */
  received: Received[];
  /** Resolves once that many requests have come in. */
  hasReceived: (count: number) => Promise<void>;
  /** What is done from now on. */
  respond: Respond;
  close: () => void;
};

/** A real HTTP server with answers that the test chooses; closed after the test. */
export async function startCommandsServer(respond: Respond): Promise<TestCommandsServer> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const received: Received = {
        method: request.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: request.headers,
        body,
      };
      running.received.push(received);
      running.respond(response, received);
      return server.emit('received');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const running: TestCommandsServer = {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    received: [],
    respond,
    hasReceived: async (count) => {
      while (running.received.length < count) await once(server, 'received');
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  onTestFinished(running.close);
  return running;
}

/** Answers with JSON. */
export function json(body: unknown, status = 200): Respond {
  return (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Answers with a problem document (RFC 9457). */
export function problem(status: number, members: object = {}): Respond {
  return (response) =>
    response
      .writeHead(status, { 'content-type': 'application/problem+json' })
      .end(JSON.stringify({ status, ...members }));
}

/** The port that a server listens on. */
export function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  return address.port;
}
