/**
 * The errors NetPilot's own code throws. Each carries what a person needs to fix it; `api/problem.ts`
 * turns them into problem details (RFC 9457), and `cli/failure.ts` into one line and an exit code.
 */

/** One error in the input: the field, its value, what was expected. */
export type FieldError = {
  /** Path of the field, as the caller names it: `device_ip`, `limit`, `DB_PORT`. */
  field: string;
  /** Its value; absent if there was none. Never a secret. */
  value?: unknown;
  /** What would be accepted, as a phrase: "an IPv4 or IPv6 address". */
  expected: string;
};

/** The kinds of errors. The names do not change: they are the `type` of the problem document. */
export type ErrorKind =
  | 'invalid-input'
  | 'unauthenticated'
  | 'forbidden'
  | 'sign-in-too-old'
  | 'not-invited'
  | 'not-found'
  | 'conflict'
  | 'precondition-failed'
  | 'too-large'
  | 'quota-exceeded'
  | 'too-many-requests'
  | 'unavailable';

/** Base of all expected errors. Every other error is a defect: the response is a 500. */
export abstract class NetPilotError extends Error {
  abstract readonly kind: ErrorKind;

  /** Additional members of the problem document (RFC 9457, 3.2). */
  get extensions(): object {
    return {};
  }

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Invalid input, with each invalid field. */
export class InvalidInputError extends NetPilotError {
  readonly kind = 'invalid-input';
  readonly fields: readonly FieldError[];

  constructor(fields: readonly FieldError[], message?: string, options?: ErrorOptions) {
    super(message ?? fields.map(describeField).join('; '), options);
    this.fields = fields;
  }
}

/** There is no session, or it has expired, was ended, or is not one of ours. */
export class UnauthenticatedError extends NetPilotError {
  readonly kind = 'unauthenticated';
}

/** Not allowed, even with a session (a cross-origin write, a refused sign-in). */
export class ForbiddenError extends NetPilotError {
  readonly kind = 'forbidden';
}

/** Somebody without an account or an invitation. */
export class NotInvitedError extends NetPilotError {
  readonly kind = 'not-invited';
  readonly email: string;

  constructor(email: string) {
    super(
      `${email} has no account here, and is not invited. Ask the person who runs this NetPilot: they run \`netpilot user invite ${email}\`.`,
    );
    this.email = email;
  }

  override get extensions() {
    return { email: this.email };
  }
}

/** The person signed in too long ago for this. The problem says where to sign in again, if that is at an issuer. */
export class SignInTooOldError extends NetPilotError {
  readonly kind = 'sign-in-too-old';
  readonly signInUrl: string | undefined;

  constructor(minutes: number, signInUrl: string | undefined) {
    super(
      `This needs a sign-in of the last ${minutes} minutes: ${
        signInUrl === undefined
          ? 'open a new sign-in link (`netpilot user link` prints one on the machine that NetPilot runs on)'
          : `sign in again at ${signInUrl}`
      }, then repeat the request.`,
    );
    this.signInUrl = signInUrl;
  }

  override get extensions() {
    return this.signInUrl === undefined ? {} : { sign_in_url: this.signInUrl };
  }
}

/** The caller does not have it. The same if another user has it. */
export class NotFoundError extends NetPilotError {
  readonly kind = 'not-found';

  constructor(thing: string, id: string) {
    super(`There is no ${thing} ${JSON.stringify(id)}.`);
  }
}

/** The request contradicts what is stored. */
export class ConflictError extends NetPilotError {
  readonly kind = 'conflict';
  /** Seconds after which it may be otherwise; absent: not by waiting. */
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, options: ErrorOptions & { retryAfterSeconds?: number } = {}) {
    super(message, options);
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** `If-Match` names a version that is no longer the current one (RFC 9110, 13.1.1). */
export class PreconditionFailedError extends NetPilotError {
  readonly kind = 'precondition-failed';
}

/** More than is accepted at once (RFC 9110, 15.5.14). */
export class TooLargeError extends NetPilotError {
  readonly kind = 'too-large';
}

/** More than one user may have; it goes on when some of it is deleted. */
export class QuotaExceededError extends NetPilotError {
  readonly kind = 'quota-exceeded';
  /** Its name in database/quotas.ts and docs/quotas.md. */
  readonly quota: string;
  readonly limit: number;
  readonly used: number;

  constructor(quota: string, limit: number, used: number) {
    super(
      `This is more than one account may have of ${quota.replaceAll('_', ' ')}: ${limit} at most, and it would be more with ${used} now. docs/quotas.md says what counts.`,
    );
    this.quota = quota;
    this.limit = limit;
    this.used = used;
  }

  override get extensions(): object {
    const { quota, limit, used } = this;
    return { quota, limit, used };
  }
}

/** Too many of these at once, or in too short a time. */
export class TooManyRequestsError extends NetPilotError {
  readonly kind = 'too-many-requests';
  readonly retryAfterSeconds: number;
  /** What there are too many of, in the plural; absent if the message alone says it. */
  readonly busy: string | undefined;

  constructor(message: string, retryAfterSeconds: number, busy?: string) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
    this.busy = busy;
  }

  override get extensions(): object {
    return this.busy === undefined ? {} : { busy: this.busy };
  }
}

/** Something that NetPilot depends on (database, issuer, Commands-Server) does not respond. */
export class UnavailableError extends NetPilotError {
  readonly kind = 'unavailable';
}

/** "DB_PORT: expected a port from 1 to 65535, got "abc"". */
export function describeField({ field, value, expected }: FieldError): string {
  const got = value === undefined ? 'nothing' : JSON.stringify(value);
  return `${field}: expected ${expected}, got ${got}`;
}
