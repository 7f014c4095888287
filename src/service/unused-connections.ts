import type { Socket } from 'node:net';
import type { App } from '../api/app.ts';

/**
 * Has a server that stops close the connections on which nothing was ever asked. Browsers open some ahead
 * of need, and Node.js, which closes idle ones after an answer only, would wait a minute for them.
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
