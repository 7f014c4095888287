/** A target of alerts: a real HTTP server on this machine that keeps what it gets. */
import { once } from 'node:events';
import { type IncomingHttpHeaders, createServer } from 'node:http';
import { createWakeUp } from '../src/wake-up.ts';

/** A request as it came. */
export type Received = { method: string; path: string; headers: IncomingHttpHeaders; body: Buffer };

export type Answer = { status: number; headers?: Record<string, string>; body?: string } | 'hang';

export type TargetServer = {
  url: string;
  received: Received[];
  /** Resolves when there are so many, or as many different ones by `name`. */
  waitFor: (count: number, name?: (received: Received) => string) => Promise<void>;
  close: () => Promise<void>;
};

/** @param answerOf what it answers to a request; default: 200 */
export async function startTarget(
  answerOf: (received: Received) => Answer = () => ({ status: 200 }),
): Promise<TargetServer> {
  const received: Received[] = [];
  const wakeUp = createWakeUp();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, path: url, headers, body: Buffer.concat(chunks) };
      received.push(one);
      wakeUp.wake();
      const answer = answerOf(one);
      if (answer === 'hang') return;
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens nowhere');
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    waitFor: async (count, name) => {
      const size = () => (name === undefined ? received.length : new Set(received.map(name)).size);
      while (size() < count) await wakeUp.wait(1_000);
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
