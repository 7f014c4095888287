import {
  ApiProblem,
  type NetPilot,
  type Outcome,
  createNetPilot,
  expectOk,
  unwrap,
} from '../../../client/src/client.ts';
import { type ErrorKind, type FieldError, NetPilotError } from '../../errors.ts';
import { confirm } from '../confirm.ts';
import type { Login } from './stored-login.ts';

/** The API of the service, typed by its own document. */
export type Api = NetPilot;

const LONGEST_MS = 60_000;

/**
 * Speaks with the service as the login says, about one home or (undefined) every home of one's own.
 * @param signal ends all requests
 */
export function createApi({ url, token }: Login, home?: string, signal?: AbortSignal): Api {
  return createNetPilot({ url, token, home, signal, timeoutMs: LONGEST_MS });
}

/** What the service refused (RFC 9457), or that it did not answer: the exit code follows from the kind. */
export class ServiceError extends NetPilotError {
  readonly kind: ErrorKind;
  readonly fields: readonly FieldError[];

  constructor(kind: ErrorKind, message: string, fields: readonly FieldError[] = []) {
    super(message);
    this.kind = kind;
    this.fields = fields;
  }

  override get extensions(): object {
    return this.fields.length === 0 ? {} : { errors: this.fields };
  }
}

/** The data of a call. Throws ServiceError. */
export function dataOf<Data>(call: Promise<Outcome<Data>>): Promise<Data> {
  return unwrap(call).catch(explain);
}

/** The same for a call whose answer has no data. */
export function settle(call: Promise<Outcome<unknown>>): Promise<void> {
  return expectOk(call).catch(explain);
}

/**
 * Makes a change; if the service wants it confirmed, because it would cut off the device in use or others too, asks on the
 * terminal and makes it then. `--yes` is the answer beforehand.
 */
export async function confirmed<Data>(
  yes: boolean | undefined,
  change: (body: { confirm?: true }) => Promise<Outcome<Data>>,
): Promise<Data> {
  try {
    return await dataOf(change({}));
  } catch (error) {
    if (!(error instanceof ServiceError) || !error.fields.some(({ field }) => field === 'confirm'))
      throw error;
    const [reason = ''] = error.message.split(' Send "confirm"');
    await confirm(yes, { warning: reason, answer: 'yes' });
    return dataOf(change({ confirm: true }));
  }
}

/** Throws what a person at a terminal should know of a problem; anything else as it is. */
export function explain(error: unknown): never {
  throw error instanceof ApiProblem ? errorOf(error) : error;
}

function errorOf(problem: ApiProblem): ServiceError {
  // The kinds of the API are those of our own errors: each has an exit code.
  const { status, kind, fields, requestId, message } = problem;
  if (status === 0)
    return new ServiceError('unavailable', `NetPilot does not answer: ${reasonOf(problem)}.`);
  if (status < 300)
    return new ServiceError('unavailable', `The service answered ${status} without content.`);
  if (kind === 'unauthenticated')
    return new ServiceError(
      kind,
      `NetPilot does not accept this token: ${message || 'it has ended or expired.'} Create another one (Settings, Sign-ins and tokens), and run \`netpilot login\`.`,
    );
  if (kind !== undefined) return new ServiceError(kind, message || `Refused (${kind}).`, fields);
  if (status === 404)
    return new ServiceError(
      'not-found',
      'What answers there is no NetPilot, or an older one that cannot do this.',
    );
  const quote =
    requestId === undefined ? '' : ` (request ${requestId}: the log of the service says more)`;
  return new ServiceError(
    status < 500 ? 'invalid-input' : 'unavailable',
    `${message || `The service failed: ${status}`}${quote}`,
  );
}

function reasonOf({ cause, message }: ApiProblem): string {
  if (cause instanceof Error && cause.name === 'TimeoutError')
    return `no answer within ${LONGEST_MS / 1000} seconds`;
  return message.replace(/\.$/, '');
}
