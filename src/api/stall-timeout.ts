/**
 * Passes on the pieces of a response for as long as the client reads them.
 * @param drop called when the client has not asked for the next piece within this time
 */
export async function* dropStalled<Piece extends string | Buffer>(
  pieces: AsyncIterable<Piece>,
  drop: () => void,
  longestStallMs: number,
): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    const stalled = setTimeout(drop, longestStallMs);
    try {
      yield piece;
    } finally {
      clearTimeout(stalled);
    }
  }
}
