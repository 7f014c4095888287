import type { Socket } from 'node:net';
import type { App } from '../api/app.ts';

/**
 * When the server stops, closes the connections that never had a request. Browsers open some in advance,
 * and Node.js, which only closes connections that are idle after a response, would wait a minute for them.
 */
export function closeUnusedConnections(app: App): void {
  const unused = new Set<Socket>();
  let isStopping = false;
  app.server.on('connection', (socket) => {
    if (isStopping) socket.destroy();
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', ({ socket }) => unused.delete(socket));
  app.addHook('preClose', async () => {
    isStopping = true;
    for (const socket of unused) socket.destroy();
  });
}
