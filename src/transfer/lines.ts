import type { Readable } from 'node:stream';
import { within } from '../timeout.ts';

/** Nothing was written for too long, or a line without an end. */
export class Silence extends Error {}
export class EndlessLine extends Error {}

const NEWLINE = 10;

/**
 * The lines of a stream. Throws EndlessLine for one of more than so many bytes, and Silence if nothing comes
 * for so many milliseconds while somebody waits for it: a reader who takes their time is no silence.
 */
export async function* linesOf(
  stream: Readable,
  longest: number,
  silenceMs: number,
): AsyncGenerator<string> {
  const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  let rest: Buffer[] = [];
  let length = 0;
  for (;;) {
    const next = await within(silenceMs, chunks.next(), () => undefined);
    if (next === undefined) throw new Silence();
    if (next.done === true) return;
    let chunk = next.value;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE)) {
      yield Buffer.concat([...rest, chunk.subarray(0, end)]).toString('utf8');
      chunk = chunk.subarray(end + 1);
      rest = [];
      length = 0;
    }
    rest.push(chunk);
    length += chunk.length;
    if (length > longest) throw new EndlessLine();
  }
}
