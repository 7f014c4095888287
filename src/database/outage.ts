import { errorCode } from '../error-code.ts';
import { UnavailableError } from '../errors.ts';

/** SQLSTATE classes and codes by which PostgreSQL says that it is going, coming or full (manual, appendix A). */
const OUTAGE = /^(08...|53...|57P0[1-4]|57014|25P03)$/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT']);

/**
 * Says of an error by a database that is away, going, or takes too long that it is that: an
 * UnavailableError, and trying again helps. Every other error stays as it is.
 */
export function explainOutage(error: unknown): unknown {
  if (!(error instanceof Error) || !isOutage(error)) return error;
  return new UnavailableError('The database does not answer: try again in a moment.', {
    cause: error,
  });
}

function isOutage(error: Error): boolean {
  // The driver's own, for a connection that ended while a query waited; it has no code.
  if (error.message.startsWith('Connection terminated')) return true;
  const code = errorCode(error) ?? '';
  return OUTAGE.test(code) || ('syscall' in error && NETWORK.has(code));
}
