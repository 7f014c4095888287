import { errorCode } from '../error-code.ts';
import { UnavailableError } from '../errors.ts';

/** SQLSTATE classes and codes of a PostgreSQL that stops, starts or is full (manual, appendix A). */
const OUTAGE = /^(08...|53...|57P0[1-4]|57014|25P03)$/;
const TOOK_TOO_LONG = '57014';
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT']);

/**
 * Gives an UnavailableError for an error of a database that is down, stops or takes too long, because trying
 * again helps; gives every other error back.
 */
export function explainOutage(error: unknown): unknown {
  if (!(error instanceof Error) || !isOutage(error)) return error;
  const message =
    errorCode(error) === TOOK_TOO_LONG
      ? 'The database took too long over this: ask for less at once, or try again in a moment.'
      : 'The database does not answer: try again in a moment.';
  return new UnavailableError(message, { cause: error });
}

function isOutage(error: Error): boolean {
  // The driver's own error for a connection that ended during a query; it has no code.
  if (error.message.startsWith('Connection terminated')) return true;
  const code = errorCode(error) ?? '';
  return OUTAGE.test(code) || ('syscall' in error && NETWORK.has(code));
}
