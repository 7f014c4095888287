import { errorCode } from '../error-code.ts';
import { errorMessage } from '../error-message.ts';
import { UnavailableError } from '../errors.ts';

/**
 * SQLSTATE classes and codes after which the same may succeed (manual, appendix A): PostgreSQL stops, starts or is full, a
 * statement or a lock took too long, or another transaction was first.
 */
const OUTAGE = /^(08...|53...|57P0[1-4]|57014|25P03|55P03|58030|40001|40P01|NP001)$/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT']);

/** The driver's own errors for a connection that is lost, frozen or being closed; they have no code. */
const DRIVER =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout|timeout expired|Cannot use a pool after calling end)/;

/** What a person is told, by code; the operator finds the error itself in the log. */
const MESSAGES: Readonly<Record<string, string>> = {
  '53100':
    "The database's disk is full, so that nothing can be stored until the operator has made space.",
  '53200': 'The database is out of memory: try again in a moment.',
  '53300': 'The database has no connection left: try again in a moment.',
  '55P03': 'Somebody else is changing the same thing: try again in a moment.',
  '40001': 'Somebody else changed the same thing: try again.',
  NP001: 'This account is being moved to another part of the service: try again in a moment.',
  '40P01': 'Somebody else changed the same thing: try again.',
  '57014': 'The database took too long over this: ask for less at once, or try again in a moment.',
};

/**
 * Gives an UnavailableError for an error of a database that is down, full, stops or takes too long, because trying
 * again helps; gives every other error back.
 */
export function explainOutage(error: unknown): unknown {
  if (!(error instanceof Error) || !isOutage(error)) return error;
  const message =
    MESSAGES[errorCode(error) ?? ''] ?? 'The database does not answer: try again in a moment.';
  return new UnavailableError(message, { cause: error });
}

function isOutage(error: Error): boolean {
  if (DRIVER.test(errorMessage(error))) return true;
  const code = errorCode(error) ?? '';
  return OUTAGE.test(code) || ('syscall' in error && NETWORK.has(code));
}
