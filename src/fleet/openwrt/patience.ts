import { within } from '../../timeout.ts';
import type { MessageStream } from './message-stream.ts';

/**
 * Milliseconds that an agent may be silent while it owes an answer. What it says until then, and what it takes of a document, shows that
 * it is there: a long document on a slow line takes as long as it takes.
 */
const PATIENCE = {
  hello: 20_000,
  ping: 20_000,
  status: 20_000,
  apply: 20_000,
  scan: 50_000,
  update: 50_000,
};

/** However much it says: the most milliseconds for one answer. */
const LONGEST = 900_000;

/** The answer, when it comes; if it doesn't, the stream is closed, which makes the answer reject. */
export async function awaitAnswer<Answer>(
  { activeAt, close }: Pick<MessageStream, 'activeAt' | 'close'>,
  what: keyof typeof PATIENCE,
  answer: Promise<Answer>,
  now: () => number = () => performance.now(),
): Promise<Answer> {
  const began = now();
  const answered = answer.then((value) => ({ value }));
  for (;;) {
    const since = Math.max(began, activeAt());
    const left = Math.min(since + PATIENCE[what], began + LONGEST) - now();
    if (left <= 0) {
      close(`it did not answer ${what}`);
      return answer;
    }
    const found = await within(left, answered, () => undefined);
    if (found !== undefined) return found.value;
  }
}
