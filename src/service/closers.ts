import type { FastifyBaseLogger } from 'fastify';
import { within } from '../timeout.ts';

/** So that all of a service stops within the two minutes that systemd gives it, even if its database is frozen. */
const LONGEST_MS = 15_000;

/** The parts of a service that are open, in the order in which they were opened. */
export type Closers = {
  /** @param longestMs for a part that may take longer than others */
  add: (part: string, close: () => Promise<void>, longestMs?: number) => void;
  /** Closes every part, the last one first. One that fails or takes too long is logged, and the next one's turn comes. */
  closeAll: () => Promise<void>;
};

export function createClosers(log: FastifyBaseLogger, longestMs = LONGEST_MS): Closers {
  const parts: { part: string; close: () => Promise<void>; longest: number }[] = [];
  return {
    add: (part, close, longest = longestMs) => void parts.push({ part, close, longest }),
    closeAll: async () => {
      for (const { part, close, longest } of parts.splice(0).toReversed()) {
        try {
          await within(longest, close(), () => log.warn({ part }, 'did not stop in time'));
        } catch (error) {
          log.error({ part, err: error }, 'did not stop cleanly');
        }
      }
    },
  };
}
