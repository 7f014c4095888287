/**
 * Who counts packets for bench/block. In a client of the lab: node block-packets.ts send ADDRESS PORT, one packet each
 * millisecond, numbered. In its internet: node block-packets.ts receive PORT. Each answers lines on standard input.
 * Times are CLOCK_MONOTONIC's, in milliseconds: one clock for every process of the machine.
 */
import { createSocket } from 'node:dgram';
import { createInterface } from 'node:readline';
import type { Started } from '../lab/lab.ts';

const GAP = 1;

/** Milliseconds, on the one clock. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** A counter in the lab, and how it is asked. */
export function ask({ process: counter }: Started): (line: string) => Promise<number> {
  const answers = createInterface({ input: counter.stdout })[Symbol.asyncIterator]();
  return async (line) => {
    counter.stdin.write(`${line}\n`);
    const { value, done } = await answers.next();
    if (done === true) throw new Error('a counter of packets has ended');
    return Number(value);
  };
}

/** Answers `count` with how many packets it has sent, and a number with when that one was. */
function send(address: string, port: number): void {
  const socket = createSocket('udp4');
  const sent: number[] = [];
  const packet = Buffer.alloc(4);
  socket.connect(port, address, () =>
    setInterval(() => {
      packet.writeUInt32BE(sent.length);
      sent.push(now());
      // A blocked packet is dropped without a word; a refused one must not end it either.
      socket.send(packet.subarray(), () => undefined);
    }, GAP),
  );
  socket.on('error', () => undefined);
  answer((line) => (line === 'count' ? sent.length : (sent[Number(line)] ?? NaN)));
}

/** Answers anything with the highest number that has arrived; -1 before the first. */
function receive(port: number): void {
  let last = -1;
  const socket = createSocket('udp4', (packet) => (last = Math.max(last, packet.readUInt32BE())));
  socket.bind(port);
  answer(() => last);
}

function answer(about: (line: string) => number): void {
  createInterface({ input: process.stdin }).on('line', (line) => console.log(about(line)));
}

if (import.meta.main) {
  const [what, first = '', second] = process.argv.slice(2);
  if (what === 'send') send(first, Number(second));
  else receive(Number(first));
}
