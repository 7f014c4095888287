/** A way to a server, over TCP, that can be cut. */
import { once } from 'node:events';
import { type NetConnectOpts, type Socket, connect, createServer } from 'node:net';
import { onTestFinished } from 'vitest';

export type Way = {
  /** On this machine. */
  port: number;
  /** Ends all connections, and refuses new ones. */
  cut: () => void;
  restore: () => void;
};

/** @param to where the next connection leads; undefined: it is refused */
export async function startWay(to: () => NetConnectOpts | undefined): Promise<Way> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket, other: Socket) => {
    sockets.add(socket);
    socket
      .on('error', () => undefined) // `close` follows
      .on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    socket.pipe(other);
  };
  const server = createServer((near) => {
    const place = isCut ? undefined : to();
    if (place === undefined) {
      near.destroy();
      return;
    }
    const far = connect(place);
    keep(near, far);
    keep(far, near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    restore: () => (isCut = false),
  };
}
