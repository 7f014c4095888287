import { createHash } from 'node:crypto';

const NEWLINE = 0x0a;

/** COPY's text format has one line for each row, and no other newlines. */
export type Metered = { rows: number; sha256: string };

/** Counts and hashes a table's rows as they pass. `onRows` is called with the number of rows of each chunk. */
export function createMeter(onRows: (rows: number) => void = () => undefined) {
  const hash = createHash('sha256');
  let rows = 0;
  return {
    async *through(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of source) {
        const seen = countNewlines(chunk);
        hash.update(chunk);
        rows += seen;
        onRows(seen);
        yield chunk;
      }
    },
    result: (): Metered => ({ rows, sha256: hash.digest('hex') }),
  };
}

function countNewlines(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}
