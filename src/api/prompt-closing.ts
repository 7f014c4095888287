import type { Socket } from 'node:net';
import type { App } from './app.ts';

/** How long a server that stops waits for the requests that it is answering. */
const GRACE_MS = 10_000;

/**
 * When the server stops, closes each connection that answers nothing: one that never had a request (browsers open some in
 * advance) or whose last response is through. Node.js alone would keep them for a minute. What takes too long is cut off.
 */
export function closePromptly(app: App, graceMs = GRACE_MS): void {
  /** The open connections, and how many requests each is answering. */
  const busy = new Map<Socket, number>();
  let isStopping = false;
  const closeIfIdle = (socket: Socket) => {
    if (isStopping && busy.get(socket) === 0) socket.destroySoon();
  };
  const count = (socket: Socket, change: 1 | -1) =>
    void busy.set(socket, (busy.get(socket) ?? 0) + change);
  app.server.on('connection', (socket) => {
    busy.set(socket, 0);
    socket.once('close', () => busy.delete(socket));
    closeIfIdle(socket);
  });
  app.server.on('request', ({ socket }, response) => {
    count(socket, 1);
    response.once('close', () => {
      if (!busy.has(socket)) return;
      count(socket, -1);
      closeIfIdle(socket);
    });
  });
  app.addHook('preClose', async () => {
    isStopping = true;
    for (const socket of busy.keys()) closeIfIdle(socket);
    const late = setTimeout(() => app.server.closeAllConnections(), graceMs);
    app.server.once('close', () => clearTimeout(late));
    late.unref();
  });
}
