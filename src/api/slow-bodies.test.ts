import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import { onTestFinished, test, expect } from 'vitest';
import { portOf } from '../../testing/commands-server.ts';
import { TooManyRequestsError } from '../errors.ts';
import { createServer } from './server.ts';

const PACE = { periodMs: 200, bytes: 2_000 };

async function start() {
  const app = createServer(pino({ level: 'silent' }), { leastPace: PACE });
  app.addContentTypeParser('text/plain', (_request, payload, done) => done(null, payload));
  app.post('/read', async ({ raw }) => ({ length: (await text(raw)).length }));
  app.post('/read-later', async ({ raw }) => {
    await setTimeout(1_000);
    return { length: (await text(raw)).length };
  });
  const onRequest = () => {
    throw new TooManyRequestsError('Too many attempts.', 60);
  };
  app.post('/refused', { onRequest }, async () => ({}));
  await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.close());
  return portOf(app.server.address());
}

/** Sends a request's head, and its body in pieces, one every `pause` milliseconds; gives what came back until the end. */
async function send(
  port: number,
  path: string,
  {
    length,
    piece,
    pause,
    connection,
  }: { length: number; piece: string; pause: number; connection: string },
) {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined);
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += String(chunk)));
  const closed = Promise.withResolvers<void>();
  socket.once('close', () => closed.resolve());
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: ${connection}\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\n\r\n`,
  );
  for (let sent = 0; sent < length && !socket.destroyed; sent += piece.length) {
    socket.write(piece);
    await setTimeout(pause);
  }
  await closed.promise;
  return answer;
}

test.each(['/read', '/refused'])('bodies that come byte by byte are cut: %s', async (path) => {
  const port = await start();
  const answers = await Promise.all(
    Array.from({ length: 30 }, () =>
      send(port, path, { length: 1_000, piece: 'x', pause: 50, connection: 'keep-alive' }),
    ),
  );
  expect(answers.filter((answer) => answer.includes('200 OK'))).toEqual([]);
});

test('a large body that keeps the pace is read to its end', async () => {
  const port = await start();
  const answer = await send(port, '/read', {
    length: 100_000,
    piece: 'x'.repeat(5_000),
    pause: 60,
    connection: 'close',
  });
  expect(answer).toContain('{"length":100000}');
});

test('a body that the server is slow to read is not cut', async () => {
  const port = await start();
  const answer = await send(port, '/read-later', {
    length: 500_000,
    piece: 'x'.repeat(500_000),
    pause: 0,
    connection: 'close',
  });
  expect(answer).toContain('{"length":500000}');
});

test('many requests on one connection leave nothing behind that warns', async () => {
  const port = await start();
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on('warning', onWarning);
  onTestFinished(() => void process.off('warning', onWarning));
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  for (let index = 0; index < 20; index += 1) {
    socket.write(
      'POST /read HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\nx',
    );
    expect(String((await once(socket, 'data'))[0])).toContain('{"length":1}');
  }
  expect(warnings).toEqual([]);
});
