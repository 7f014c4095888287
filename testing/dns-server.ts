/** A DNS server on this machine (RFC 1035, as much as a resolver asks), which says what a test wants. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { parseAddress } from '../src/parse-address.ts';

export type DnsRecord = { name?: string; type: 'A' | 'AAAA' | 'CNAME'; value: string };
/** The records that answer a question; `fails`: there is no answer today; `silent`: none at all. An empty list: no such address. */
export type DnsAnswer = readonly DnsRecord[] | 'fails' | 'silent';

export type DnsServer = {
  /** For `Resolver.setServers`. */
  address: string;
  /** The questions so far, as `A example.com`. */
  asked: string[];
  close: () => Promise<void>;
};

const TYPES = { A: 1, CNAME: 5, AAAA: 28 } as const;

export async function startDns(
  answerOf: (name: string, type: 'A' | 'AAAA') => DnsAnswer,
): Promise<DnsServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (question, from) => {
    const { name, end } = readName(question);
    const type = question.readUInt16BE(end) === TYPES.AAAA ? 'AAAA' : 'A';
    asked.push(`${type} ${name}`);
    const answer = answerOf(name, type);
    if (answer === 'silent') return;
    const records = answer === 'fails' ? [] : answer;
    const header = Buffer.from(question.subarray(0, 12));
    // An answer to a recursive question; 2: the server failed.
    header.writeUInt16BE(0x8180 | (answer === 'fails' ? 2 : 0), 2);
    for (const [offset, count] of [
      [4, 1],
      [6, records.length],
      [8, 0],
      [10, 0],
    ] as const)
      header.writeUInt16BE(count, offset);
    const body = records.map((record) => recordOf({ name, ...record }));
    socket.send(
      Buffer.concat([header, question.subarray(12, end + 4), ...body]),
      from.port,
      from.address,
    );
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    close: async () => {
      socket.close();
      await once(socket, 'close');
    },
  };
}

function readName(message: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let size = message.readUInt8(at); size > 0; size = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + size).toLowerCase());
    at += 1 + size;
  }
  return { name: labels.join('.'), end: at + 1 };
}

function recordOf({ name, type, value }: Required<DnsRecord>): Buffer {
  const data = type === 'CNAME' ? nameOf(value) : bytesOf(value);
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(TYPES[type], 0);
  fixed.writeUInt16BE(1, 2);
  // A time to live of 0: it may be another one the next time.
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([nameOf(name), fixed, data]);
}

function nameOf(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from(`\0${label}`, 'latin1'));
  for (const label of labels) label.writeUInt8(label.length - 1, 0);
  return Buffer.concat([...labels, Buffer.of(0)]);
}

/** Of an address; a short IPv6 one is written out. */
function bytesOf(address: string): Buffer {
  if (parseAddress(address) === undefined) throw new Error(`${address} is an address`);
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  const [front = '', back] = address.split('::');
  const [start, end] = [front, back ?? ''].map((part) => part.split(':').filter(Boolean));
  const missing = 8 - (start?.length ?? 0) - (end?.length ?? 0);
  const groups = [...(start ?? []), ...Array.from({ length: missing }, () => '0'), ...(end ?? [])];
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
