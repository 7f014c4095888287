/**
 * The same pieces of an answer, for as long as somebody takes them.
 * @param drop called once a piece has been given and the next was not asked for so long
 */
export async function* dropStalled(
  pieces: AsyncIterable<string>,
  drop: () => void,
  longestStallMs: number,
): AsyncGenerator<string> {
  for await (const piece of pieces) {
    const stalled = setTimeout(drop, longestStallMs);
    try {
      yield piece;
    } finally {
      clearTimeout(stalled);
    }
  }
}
