import { CommanderError } from 'commander';
import { errorMessage } from '../error-message.ts';
import { explainSystemError } from '../explain-system-error.ts';
import { type ErrorKind, InvalidInputError, NetPilotError } from '../errors.ts';
import { RejectedRecordsError } from '../transfer/rejected-records.ts';
import { Interrupted } from './interruption.ts';
import { paint, printable } from './output.ts';

/** What the exit codes mean; `netpilot --help` and docs/command-line.md print these. */
export const EXIT_CODES = {
  0: 'done',
  1: 'unexpected failure: a bug in NetPilot, please report it',
  2: 'wrong usage, input or configuration',
  3: 'nothing was written because some records are invalid (import)',
  4: 'not found',
  5: 'something required is unavailable (database, issuer, disk), or a check of doctor failed',
  6: 'refused: it conflicts with stored data, was not confirmed, or is not allowed for this login',
  130: 'interrupted by Ctrl-C (143: by SIGTERM)',
} as const;

const EXIT_CODE: Record<ErrorKind, keyof typeof EXIT_CODES> = {
  'invalid-input': 2,
  unauthenticated: 6,
  forbidden: 6,
  'sign-in-too-old': 6,
  'not-invited': 6,
  'not-found': 4,
  conflict: 6,
  'precondition-failed': 6,
  'too-large': 2,
  'quota-exceeded': 6,
  'too-many-requests': 5,
  unavailable: 5,
};

const HOW_TO_REPORT =
  'this is a bug in NetPilot. Please report it with the command you ran and its output with LOG_LEVEL=debug';

/** What went wrong: a line for people, a problem for programs (RFC 9457's fields), an exit code for scripts. */
export type Failure = { exitCode: number; line: string; problem: object };

/** The one place where an error becomes a line and an exit code. */
export function describeFailure(thrown: unknown): Failure {
  const error = explainSystemError(thrown);
  if (error instanceof CommanderError)
    return failure(error.exitCode, '/problems/wrong-usage', error.message);
  if (error instanceof Interrupted)
    return failure(error.exitCode, '/problems/interrupted', error.message);
  if (error instanceof RejectedRecordsError)
    return failure(3, '/problems/rejected-records', error.message, { errors: error.fields });
  if (error instanceof InvalidInputError)
    return failure(2, '/problems/invalid-input', error.message, { errors: error.fields });
  if (error instanceof NetPilotError)
    return failure(EXIT_CODE[error.kind], `/problems/${error.kind}`, error.message, {
      ...error.extensions,
    });
  const message = errorMessage(error);
  return failure(1, 'about:blank', `${message || 'unknown error'} (${HOW_TO_REPORT})`);
}

/**
 * Reports an error on standard error: one line for people, or one JSON document for programs.
 * @param options.stack whether to print the stack trace as well
 * @returns the exit code
 */
export function reportFailure(
  error: unknown,
  { json, stack }: { json: boolean; stack: boolean },
): number {
  const { exitCode, line, problem } = describeFailure(error);
  // Help and version on request are not failures, and are already printed.
  if (exitCode === 0) return 0;
  const trace = stack && error instanceof Error ? error.stack : undefined;
  if (json) {
    process.stderr.write(`${JSON.stringify({ ...problem, ...(trace && { stack: trace }) })}\n`);
    return exitCode;
  }
  process.stderr.write(`${paint('red', 'netpilot:', process.stderr)} ${printable(line)}\n`);
  if (trace !== undefined) process.stderr.write(`${printable(trace)}\n`);
  return exitCode;
}

function failure(exitCode: number, type: string, detail: string, more: object = {}): Failure {
  return { exitCode, line: detail, problem: { type, detail, exit_code: exitCode, ...more } };
}
