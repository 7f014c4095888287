/** Connections that a TCP balancer passes on, with the address of who is behind it: PROXY protocol, version 2. */
import { type Socket, SocketAddress } from 'node:net';
import { isWithin } from '../../config/dialling.ts';

/** What a header begins with: https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt, 2.2. SSH never does. */
const SIGNATURE = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');
const FIXED = 16;
/** Bytes of addresses and extras; HAProxy sends some hundred at most. */
const MOST = 2_048;
const VERSION_2 = 0x20;
const LOCAL = 0;
const PROXY = 1;
const FAMILIES = new Map([
  [0x11, { family: 'ipv4', bytes: 4 }],
  [0x21, { family: 'ipv6', bytes: 16 }],
] as const);

type Source = { address: string; port: number };

/** A header's length, and whose connection it is; without a source it is the balancer's own: it looks whether we are there. */
export type ProxyHeader = { length: number; source: Source | undefined };

/**
 * Reads the beginning of a connection.
 * @returns `more`: it could still become a header; `none`: it has none; `broken`: one that nobody may send
 */
export function readProxyHeader(bytes: Buffer): ProxyHeader | 'more' | 'none' | 'broken' {
  const known = Math.min(bytes.length, SIGNATURE.length);
  if (!bytes.subarray(0, known).equals(SIGNATURE.subarray(0, known))) return 'none';
  if (bytes.length < FIXED) return 'more';
  const size = bytes.readUInt16BE(14);
  if (size > MOST) return 'broken';
  const length = FIXED + size;
  if (bytes.length < length) return 'more';
  const command = bytes.readUInt8(12) - VERSION_2;
  if (command === LOCAL) return { length, source: undefined };
  const family = [...FAMILIES].find(([code]) => code === bytes.readUInt8(13))?.[1];
  if (command !== PROXY || family === undefined || size < 2 * family.bytes + 4) return 'broken';
  const address = bytes.subarray(FIXED, FIXED + family.bytes);
  const port = bytes.readUInt16BE(FIXED + 2 * family.bytes);
  return { length, source: { address: textOf(address), port } };
}

/**
 * Finds out whose connections these are before anybody looks at them.
 * @param proxies addresses and networks that may say it; a header from elsewhere stays part of what is said
 * @param time milliseconds for a header
 */
export function createProxied(proxies: readonly string[], time: number) {
  const unread = new Set<Socket>();
  return {
    /** Calls `receive` with the paused socket, at once or when the header is here; ends a connection whose header does not come or is broken. */
    accept(socket: Socket, receive: (socket: Socket) => void): void {
      if (!isWithin(socket.remoteAddress ?? '', proxies)) {
        receive(socket);
        return;
      }
      unread.add(socket);
      let said = Buffer.alloc(0);
      const end = () => void socket.destroy();
      const timer = setTimeout(end, time);
      const leave = () => {
        clearTimeout(timer);
        unread.delete(socket);
      };
      const read = (chunk: Buffer) => {
        said = Buffer.concat([said, chunk]);
        const header = readProxyHeader(said);
        if (header === 'more') return;
        leave();
        if (header === 'broken') {
          end();
          return;
        }
        socket.off('data', read).off('close', leave).off('error', end).pause();
        if (header !== 'none' && header.source !== undefined) standFor(socket, header.source);
        const rest = header === 'none' ? said : said.subarray(header.length);
        if (rest.length > 0) socket.unshift(rest);
        receive(socket);
      };
      socket.on('data', read).once('close', leave).once('error', end).resume();
    },

    /** Ends those that have not said whose they are. */
    close(): void {
      for (const socket of unread) socket.destroy();
    },
  };
}

/** From now on the socket names who is behind the balancer: limits and logs read its address only. */
function standFor(socket: Socket, { address, port }: Source): void {
  Object.defineProperties(socket, {
    remoteAddress: { value: address },
    remotePort: { value: port },
  });
}

function textOf(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = bytes.toString('hex').match(/.{4}/g) ?? [];
  return new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address;
}
