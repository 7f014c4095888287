/** Who may be connected without having logged in: few at a time, and not for long. */
import type { Socket } from 'node:net';

export type AdmissionLimits = {
  /** Connections that have not logged in, in all and from one address. */
  strangers: number;
  strangersPerAddress: number;
  /** Milliseconds to log in. */
  logInTime: number;
};

export const ADMISSION_LIMITS: AdmissionLimits = {
  strangers: 512,
  strangersPerAddress: 128,
  logInTime: 20_000,
};

/** Keeps every connection, and count of those that have not logged in. */
export function createAdmission({ strangers, strangersPerAddress, logInTime }: AdmissionLimits) {
  const sockets = new Map<string, Socket>();
  const waiting = new Map<string, NodeJS.Timeout>();
  const perAddress = new Map<string, number>();

  const leave = (peer: string, address: string) => {
    const timer = waiting.get(peer);
    if (timer === undefined) return;
    clearTimeout(timer);
    waiting.delete(peer);
    const left = (perAddress.get(address) ?? 1) - 1;
    if (left === 0) perAddress.delete(address);
    else perAddress.set(address, left);
  };

  return {
    /** Lets a new connection in, until `logInTime` is over. False: it has been ended, there are too many. */
    admit(socket: Socket): boolean {
      const address = socket.remoteAddress ?? '';
      const peer = peerOf(address, socket.remotePort);
      const count = perAddress.get(address) ?? 0;
      if (waiting.size >= strangers || count >= strangersPerAddress || sockets.has(peer)) {
        socket.destroy();
        return false;
      }
      const timer = setTimeout(() => socket.destroy(), logInTime);
      waiting.set(peer, timer);
      perAddress.set(address, count + 1);
      sockets.set(peer, socket);
      socket.once('close', () => {
        sockets.delete(peer);
        leave(peer, address);
      });
      return true;
    },

    socketOf: (address: string, port: number) => sockets.get(peerOf(address, port)),

    /** The connection has logged in: it no longer counts, and may stay. */
    welcome: (address: string, port: number) => leave(peerOf(address, port), address),

    /** Ends those that have not logged in. */
    close(): void {
      for (const peer of waiting.keys()) sockets.get(peer)?.destroy();
    },
  };
}

function peerOf(address: string, port: number | undefined): string {
  return `${address} ${port}`;
}
