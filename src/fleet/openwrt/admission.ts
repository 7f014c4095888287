/** Who may be connected without having logged in: a few at a time, not for long; the others wait unread. */
import type { Socket } from 'node:net';
import { networkOf } from '../../network-of.ts';
import { type QueueLimits, type Verdict, createAdmissionQueue } from './admission-queue.ts';
import { watchLoop } from './loop-lag.ts';

export type AdmissionLimits = QueueLimits & {
  /** Milliseconds for the first line, and to log in, of those who are let in. */
  firstLineTime: number;
  logInTime: number;
  /** Connections of one key; a newer one ends the oldest. */
  connectionsPerKey: number;
};

export const ADMISSION_LIMITS: AdmissionLimits = {
  strangers: 512,
  strangersPerNetwork: 128,
  waiting: 10_000,
  // Less than a balancer takes for the end of a connection that says nothing (deploy/cluster/haproxy.cfg).
  waitingTime: 100_000,
  firstLineTime: 5_000,
  logInTime: 20_000,
  connectionsPerKey: 2,
};

/** Networks that are remembered because a linked key logged in from there; the one that did so longest ago goes first. */
const MOST_KNOWN = 10_000;

/** Keeps every connection, and watches over those that have not logged in. */
export interface Admission {
  /** A new connection, of which nothing has been read. */
  receive: (socket: Socket) => void;
  socketOf: (address: string, port: number) => Socket | undefined;
  /** The connection has logged in with this key: it may stay, and its network is known from now on. */
  welcome: (address: string, port: number, key: string) => void;
  /** Ends those that have not logged in. */
  close: () => void;
}

/** @param letIn reads what it says */
export function createAdmission(
  limits: AdmissionLimits,
  letIn: (socket: Socket) => void,
): Admission {
  const sockets = new Map<string, Socket>();
  /** Those that have not logged in, and what stops their time. */
  const strangers = new Map<Socket, () => void>();
  const known = new Set<string>();
  const queue = createAdmissionQueue<Socket>(limits, (network) => known.has(network));
  const welcomeKey = createKeys(limits.connectionsPerKey);
  const moment = () => ({ now: performance.now(), lag: loop.lag() });
  const loop = watchLoop(() => act(queue.look(moment())));

  function act({ admitted, ended }: Verdict<Socket>): void {
    for (const socket of ended) socket.destroy();
    for (const socket of admitted) {
      strangers.set(
        socket,
        keepTime(socket, limits, () => queue.hear(socket)),
      );
      letIn(socket);
    }
  }

  function leave(socket: Socket, hasLoggedIn: boolean): void {
    strangers.get(socket)?.();
    strangers.delete(socket);
    queue.leave(socket, hasLoggedIn, performance.now());
  }

  return {
    receive: (socket) => {
      const address = socket.remoteAddress ?? '';
      const peer = peerOf(address, socket.remotePort);
      if (sockets.has(peer)) {
        socket.destroy();
        return;
      }
      sockets.set(peer, socket);
      strangers.set(socket, () => undefined);
      socket
        .on('error', () => undefined) // `close` follows
        .once('close', () => {
          sockets.delete(peer);
          leave(socket, false);
        });
      act(queue.arrive(socket, networkOf(address), moment()));
    },

    socketOf: (address, port) => sockets.get(peerOf(address, port)),

    welcome: (address, port, key) => {
      const socket = sockets.get(peerOf(address, port));
      if (socket === undefined) return;
      leave(socket, true);
      remember(known, networkOf(address));
      welcomeKey(key, socket);
    },

    close: () => {
      loop.stop();
      for (const socket of strangers.keys()) socket.destroy();
    },
  };
}

/** Ends a stranger whose time is over. Returns what stops that. */
function keepTime(
  socket: Socket,
  { firstLineTime, logInTime }: AdmissionLimits,
  onFirstLine: () => void,
): () => void {
  const firstLine = setTimeout(() => socket.destroy(), firstLineTime);
  const logIn = setTimeout(() => socket.destroy(), logInTime);
  const listen = (chunk: Buffer) => {
    if (!chunk.includes('\n')) return;
    clearTimeout(firstLine);
    socket.off('data', listen);
    onFirstLine();
  };
  socket.on('data', listen);
  return () => {
    clearTimeout(firstLine);
    clearTimeout(logIn);
    socket.off('data', listen);
  };
}

/** Counts the connections of each key. Returns a function that takes one more, and ends the oldest if that is one too many. */
function createKeys(most: number): (key: string, socket: Socket) => void {
  const keys = new Map<string, Set<Socket>>();
  return (key, socket) => {
    const own = keys.get(key) ?? new Set();
    keys.set(key, own.add(socket));
    socket.once('close', () => {
      own.delete(socket);
      if (own.size === 0 && keys.get(key) === own) keys.delete(key);
    });
    const [oldest] = own;
    if (own.size > most) oldest?.destroy();
  };
}

function remember(known: Set<string>, network: string): void {
  known.delete(network);
  known.add(network);
  const [oldest] = known;
  if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
}

function peerOf(address: string, port: number | undefined): string {
  return `${address} ${port}`;
}
