import { NetPilotError } from '../errors.ts';

/**
 * Base of all that a call to the Commands-Server fails with, the caller's own abort aside. No message
 * tells the service's token or address: users read them.
 */
export abstract class CommandsServerError extends NetPilotError {
  /** Method and path, as "POST /api/block". */
  readonly call: string;

  constructor(call: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.call = call;
  }
}

/** No whole answer came in the call's time. Whether it was carried out is not known. */
export class CommandsServerTimeoutError extends CommandsServerError {
  readonly kind = 'unavailable';

  /** @param timeout milliseconds */
  constructor(call: string, timeout: number) {
    super(call, `The Commands-Server did not answer ${call} within ${timeout / 1000} s.`);
  }
}

/** No connection came about, or it broke before the answer was whole. */
export class CommandsServerUnreachableError extends CommandsServerError {
  readonly kind = 'unavailable';

  /** @param code the system's or undici's name for it, as ECONNREFUSED */
  constructor(call: string, code: string, options: ErrorOptions) {
    super(call, `The Commands-Server could not be reached for ${call} (${code}).`, options);
  }
}

/** It was down a moment ago, so it is left alone for some seconds. The cause is its last failure. */
export class CommandsServerCircuitOpenError extends CommandsServerError {
  readonly kind = 'unavailable';

  constructor(call: string, options: ErrorOptions) {
    super(call, `The Commands-Server has been failing, so ${call} was not tried.`, options);
  }
}

/** An answer came, but not one that the protocol knows: something else listens there. */
export class CommandsServerProtocolError extends CommandsServerError {
  readonly kind = 'unavailable';

  /** @param found what is wrong with the answer, as a phrase: "a redirect" */
  constructor(call: string, found: string) {
    super(call, `The Commands-Server answered ${call} with ${found}.`);
  }
}

/** What a problem document says (RFC 9457, 3.1). */
export type ProblemDetails = {
  type: string;
  title: string | undefined;
  detail: string | undefined;
  instance: string | undefined;
};

/** The Commands-Server answered with an error status. */
export class CommandsServerRefusedError extends CommandsServerError {
  readonly kind: 'not-found' | 'conflict' | 'unavailable';
  readonly status: number;
  /** Absent when the answer was no problem document. */
  readonly problem: ProblemDetails | undefined;

  constructor(call: string, status: number, problem: ProblemDetails | undefined) {
    const reason = problem?.detail ?? problem?.title;
    super(
      call,
      `The Commands-Server refused ${call} with ${status}${reason === undefined ? '.' : `: ${reason}`}`,
    );
    this.status = status;
    this.problem = problem;
    this.kind = kindOf(status, problem);
  }
}

/** Whether the Commands-Server as a whole is down or overloaded, so that trying again later may help. */
export function isOutage(error: unknown): boolean {
  return (
    error instanceof CommandsServerTimeoutError ||
    error instanceof CommandsServerUnreachableError ||
    (error instanceof CommandsServerRefusedError && isOutageStatus(error.status))
  );
}

/** The statuses that speak of the server and not of the request (RFC 9110, 15.6; RFC 6585, 4). */
export function isOutageStatus(status: number): boolean {
  return status === 429 || status >= 500;
}

/** A bare 404 comes from a wrong COMMANDS_SERVER_URL as well: only a problem document speaks of the thing. */
function kindOf(status: number, problem: ProblemDetails | undefined) {
  if (problem === undefined) return 'unavailable';
  if (status === 404) return 'not-found';
  return status === 409 ? 'conflict' : 'unavailable';
}
