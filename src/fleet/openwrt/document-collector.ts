import type { Outcome, RefusedLine } from '../driver.ts';
import { type Ask, createAsk } from './ask.ts';

/** Collects the `refusal` lines before `applied`. */
export interface DocumentCollector extends Pick<Ask<Outcome>, 'pending' | 'fail'> {
  start: (revision: number, document: readonly string[]) => Promise<Outcome>;
  /** These give what is wrong with the line, if anything. */
  refuse: (revision: number, refused: RefusedLine) => string | undefined;
  /** @param reason why nothing of it was taken; undefined: it was */
  finish: (revision: number, reason?: string) => string | undefined;
}

/** The most lines that an agent refuses before it takes nothing of a document. */
const MOST_REFUSED = 1_000;

export function createDocumentCollector(): DocumentCollector {
  const ask = createAsk<Outcome>();
  let refused: RefusedLine[] = [];
  let sent: readonly string[] = [];
  return {
    start: (revision, document) => {
      refused = [];
      sent = document;
      return ask.start(revision);
    },
    pending: ask.pending,
    fail: ask.fail,
    refuse: (revision, line) => {
      if (!ask.isPending(revision) || !sent.includes(line.line))
        return 'it refused a line that nobody sent';
      if (refused.length === MOST_REFUSED) return 'it refused too many lines';
      refused.push(line);
      return undefined;
    },
    finish: (revision, reason) => {
      const outcome: Outcome =
        reason === undefined ? { isApplied: true, refused } : { isApplied: false, reason };
      return ask.settle(outcome, revision)
        ? undefined
        : 'it answered to a document that nobody sent';
    },
  };
}
