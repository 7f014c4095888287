/** Who may be connected without having logged in: few at a time, each network its share, and not for long. */
import type { Socket } from 'node:net';
import { networkOf } from '../../network-of.ts';

export type AdmissionLimits = {
  /** Connections that have not logged in: in all, and from one network. As many places again are kept for known networks. */
  strangers: number;
  strangersPerNetwork: number;
  /** Milliseconds for the first line, and to log in. */
  firstLineTime: number;
  logInTime: number;
  /** Connections of one key; a newer one ends the oldest. */
  connectionsPerKey: number;
};

export const ADMISSION_LIMITS: AdmissionLimits = {
  strangers: 512,
  strangersPerNetwork: 128,
  firstLineTime: 5_000,
  logInTime: 20_000,
  connectionsPerKey: 2,
};

/** Networks that are remembered because a linked key logged in from there; the one that did so longest ago goes first. */
const MOST_KNOWN = 10_000;

/** A connection that has not logged in. */
type Stranger = { socket: Socket; isSilent: boolean };

/** The strangers of each network, oldest first. */
type Networks = Map<string, Set<Stranger>>;

/** Keeps every connection, and count of those that have not logged in. */
export function createAdmission(limits: AdmissionLimits) {
  const sockets = new Map<string, Socket>();
  const leaving = new Map<string, () => void>();
  const known = new Set<string>();
  const places: { known: Networks; unknown: Networks } = { known: new Map(), unknown: new Map() };
  const perKey = new Map<string, Set<Socket>>();

  return {
    /** Lets a new connection in, until its time is over. False: it has been ended, there are too many. */
    admit(socket: Socket): boolean {
      const address = socket.remoteAddress ?? '';
      const peer = peerOf(address, socket.remotePort);
      const network = networkOf(address);
      const networks = known.has(network) ? places.known : places.unknown;
      if (sockets.has(peer) || !makeRoom(networks, network, limits)) {
        socket.destroy();
        return false;
      }
      const stranger: Stranger = { socket, isSilent: true };
      const leave = enter(networks, network, stranger, limits);
      leaving.set(peer, leave);
      sockets.set(peer, socket);
      socket.once('close', () => {
        leave();
        leaving.delete(peer);
        sockets.delete(peer);
      });
      return true;
    },

    socketOf: (address: string, port: number) => sockets.get(peerOf(address, port)),

    /** The connection has logged in with this key: it may stay, and its network is known from now on. */
    welcome(address: string, port: number, key: string): void {
      const peer = peerOf(address, port);
      const socket = sockets.get(peer);
      if (socket === undefined) return;
      leaving.get(peer)?.();
      remember(known, networkOf(address));
      const own = perKey.get(key) ?? new Set();
      perKey.set(key, own.add(socket));
      socket.once('close', () => {
        own.delete(socket);
        if (own.size === 0 && perKey.get(key) === own) perKey.delete(key);
      });
      const [oldest] = own;
      if (own.size > limits.connectionsPerKey) oldest?.destroy();
    },

    /** Ends those that have not logged in. */
    close(): void {
      for (const networks of Object.values(places))
        for (const strangers of networks.values())
          for (const { socket } of strangers) socket.destroy();
    },
  };
}

/** Counts a stranger until it leaves, which the returned function does, and drops it when its time is over. */
function enter(
  networks: Networks,
  network: string,
  stranger: Stranger,
  { firstLineTime, logInTime }: AdmissionLimits,
): () => void {
  const { socket } = stranger;
  const own = networks.get(network) ?? new Set();
  networks.set(network, own.add(stranger));
  const firstLine = setTimeout(() => socket.destroy(), firstLineTime);
  const logIn = setTimeout(() => socket.destroy(), logInTime);
  const listen = (chunk: Buffer) => {
    if (!chunk.includes('\n')) return;
    stranger.isSilent = false;
    clearTimeout(firstLine);
    socket.off('data', listen);
  };
  socket.on('data', listen);
  return () => {
    clearTimeout(firstLine);
    clearTimeout(logIn);
    socket.off('data', listen);
    own.delete(stranger);
    if (own.size === 0 && networks.get(network) === own) networks.delete(network);
  };
}

/**
 * Makes room for one more of a network, if need be by dropping another: of the network that has the most, the
 * oldest that has said nothing. One that talks goes only for a network that has fewer. False: there is no room.
 */
function makeRoom(
  networks: Networks,
  network: string,
  { strangers, strangersPerNetwork }: AdmissionLimits,
): boolean {
  const own = networks.get(network) ?? new Set();
  let total = 0;
  let largest = own;
  for (const each of networks.values()) {
    total += each.size;
    if (each.size > largest.size) largest = each;
  }
  const isOwnFull = own.size >= strangersPerNetwork;
  if (!isOwnFull && total < strangers) return true;
  const from = isOwnFull ? own : largest;
  const [oldest] = from;
  const victim = [...from].find(({ isSilent }) => isSilent) ?? (from === own ? undefined : oldest);
  if (victim === undefined) return false;
  from.delete(victim);
  victim.socket.destroy();
  return true;
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
