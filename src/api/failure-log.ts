import type { FastifyBaseLogger } from 'fastify';
import { errorMessage } from '../error-message.ts';

/** An outage fails every request, and the log may be on the disk that is full. */
const AGAIN_AFTER_MS = 60_000;
/** Reasons that are remembered; messages can contain anything. */
const MOST_REASONS = 100;

type LogFailure = (
  failure: { error: unknown; route: string | undefined },
  log: FastifyBaseLogger,
) => void;

/**
 * Gives a function that logs failed requests: the first for a reason with everything that is known about it, the following
 * ones of a minute in a short line at level info.
 */
export function createFailureLog(now = () => performance.now()): LogFailure {
  const told = new Map<string, number>();
  return ({ error, route }, log) => {
    const reason = reasonOf(error);
    const last = told.get(reason);
    if (last !== undefined && now() - last < AGAIN_AFTER_MS) {
      log.info({ reason, route }, 'request failed again');
      return;
    }
    if (told.size >= MOST_REASONS) told.clear();
    told.set(reason, now());
    log.error({ err: error, route }, 'request failed');
  };
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return errorMessage(cause);
}
