import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { portOf } from '../../testing/commands-server.ts';
import { closePromptly } from './prompt-closing.ts';
import { createServer } from './server.ts';

/** A server whose `/slow` answers when it is told to. */
async function start(prepare: (app: ReturnType<typeof createServer>) => void = () => undefined) {
  const app = createServer(pino({ level: 'silent' }), {});
  prepare(app);
  const asked = Promise.withResolvers<void>();
  const told = Promise.withResolvers<void>();
  app.get('/fast', () => 'done');
  app.get('/slow', async () => {
    asked.resolve();
    await told.promise;
    return 'done';
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { app, port: portOf(app.server.address()), asked: asked.promise, answer: told.resolve };
}

/** Asks on a connection that is kept for the next request. */
async function ask(port: number, path: string): Promise<number | undefined> {
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const [response] = await once(get({ port, host: '127.0.0.1', path, agent }), 'response');
  response.resume();
  await once(response, 'end');
  return response.statusCode;
}

describe('A server that stops does not wait for a connection', () => {
  test('on which nothing was asked', async () => {
    const { app, port } = await start();
    const socket = connect(port, '127.0.0.1');
    const accepted = once(app.server, 'connection');
    const closed = once(socket.resume(), 'close');
    await accepted;
    await app.close();
    await expect(closed).resolves.toEqual([false]);
  });

  test('on which everything is answered', async () => {
    const { app, port } = await start();
    expect(await ask(port, '/fast')).toBe(200);
    await app.close();
  });

  test('once it is answered, though the other side would keep it', async () => {
    const { app, port, asked, answer } = await start();
    const slow = ask(port, '/slow');
    await asked;
    const closing = app.close();
    answer();
    expect(await slow).toBe(200);
    await closing;
  });

  test('whose answer takes too long', async () => {
    const { app, port, asked } = await start((made) => closePromptly(made, 10));
    const slow = ask(port, '/slow').catch((error: unknown) => error);
    await asked;
    await app.close();
    expect(await slow).toMatchObject({ code: 'ECONNRESET' });
  });
});
