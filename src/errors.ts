/**
 * The errors NetPilot's own code throws. Each carries what a person needs to fix it; `api/problem.ts`
 * turns them into problem details (RFC 9457), and `cli/failure.ts` into one line and an exit code.
 */

/** One thing wrong with the input: where, what was there, what was expected. */
export type FieldError = {
  /** Path of the field, in the caller's own words: `device_ip`, `limit`, `DB_PORT`. */
  field: string;
  /** What was read there; absent when nothing was. Never a secret. */
  value?: unknown;
  /** What would have been accepted, as a phrase: "an IPv4 or IPv6 address". */
  expected: string;
};

/** The kinds of failure there are. The name is stable: it is the `type` of the problem document. */
export type ErrorKind =
  | 'invalid-input'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'precondition-failed'
  | 'too-large'
  | 'too-many-requests'
  | 'unavailable';

/** Base of all expected failures. Anything that is not one is a defect, and answered as 500. */
export abstract class NetPilotError extends Error {
  abstract readonly kind: ErrorKind;

  /** What the problem document has besides its usual members (RFC 9457, 3.2). */
  get extensions(): object {
    return {};
  }

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Input that cannot be taken as it stands. Carries each failing field. */
export class InvalidInputError extends NetPilotError {
  readonly kind = 'invalid-input';
  readonly fields: readonly FieldError[];

  constructor(fields: readonly FieldError[], message?: string) {
    super(message ?? fields.map(describeField).join('; '));
    this.fields = fields;
  }
}

/** Nobody is signed in, or the session is expired, ended, or not one of ours. */
export class UnauthenticatedError extends NetPilotError {
  readonly kind = 'unauthenticated';
}

/** Somebody is known, but this may not be done at all (a cross-origin write, a refused sign-in). */
export class ForbiddenError extends NetPilotError {
  readonly kind = 'forbidden';
}

/** There is no such thing among what is the caller's. Another user's thing gives the same answer. */
export class NotFoundError extends NetPilotError {
  readonly kind = 'not-found';

  constructor(thing: string, id: string) {
    super(`There is no ${thing} ${JSON.stringify(id)}.`);
  }
}

/** The request contradicts what is stored. */
export class ConflictError extends NetPilotError {
  readonly kind = 'conflict';
}

/** `If-Match` names a version that is no longer the current one (RFC 9110, 13.1.1). */
export class PreconditionFailedError extends NetPilotError {
  readonly kind = 'precondition-failed';
}

/** More than is taken at once (RFC 9110, 15.5.14). */
export class TooLargeError extends NetPilotError {
  readonly kind = 'too-large';
}

/** Too many of these in too short a time. */
export class TooManyRequestsError extends NetPilotError {
  readonly kind = 'too-many-requests';
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Something NetPilot depends on (database, issuer, Commands-Server) does not answer. */
export class UnavailableError extends NetPilotError {
  readonly kind = 'unavailable';
}

/** "DB_PORT: expected a port from 1 to 65535, got "abc"". */
export function describeField({ field, value, expected }: FieldError): string {
  const got = value === undefined ? 'nothing' : JSON.stringify(value);
  return `${field}: expected ${expected}, got ${got}`;
}
