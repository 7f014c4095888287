/**
 * The same messages, for as long as somebody takes them.
 * @param drop called once a message has waited that long for the next to be asked for
 */
export async function* dropStalled(
  messages: AsyncIterable<string>,
  drop: () => void,
  longestStallMs: number,
): AsyncGenerator<string> {
  for await (const message of messages) {
    const stalled = setTimeout(drop, longestStallMs);
    try {
      yield message;
    } finally {
      clearTimeout(stalled);
    }
  }
}
