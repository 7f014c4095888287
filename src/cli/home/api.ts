import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '../../api/types.generated.ts';
import { errorMessage } from '../../error-message.ts';
import { type ErrorKind, type FieldError, NetPilotError } from '../../errors.ts';
import { confirm } from '../confirm.ts';
import type { Login } from './stored-login.ts';

/** The API of the service, typed by its own document. */
export type Api = Client<paths>;

const LONGEST_MS = 60_000;

/**
 * Speaks with the service as the login says, about one home or (undefined) every home of one's own.
 * @param signal ends all requests
 */
export function createApi({ url, token }: Login, homeId?: string, signal?: AbortSignal): Api {
  return createClient<paths>({
    baseUrl: url,
    headers: {
      authorization: `Bearer ${token}`,
      ...(homeId !== undefined && { 'netpilot-home': homeId }),
    },
    fetch: (request) =>
      fetch(request, {
        signal: AbortSignal.any([AbortSignal.timeout(LONGEST_MS), ...(signal ? [signal] : [])]),
        redirect: 'error',
      }),
  });
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

/** RFC 9457, as far as it is used here. */
export type Problem = {
  type?: string;
  detail?: string | undefined;
  request_id?: string | undefined;
  errors?: FieldError[] | undefined;
};
type Outcome<Data> = { data?: Data; error?: Problem | undefined; response: Response };

/** The data of a call. Throws ServiceError. */
export async function dataOf<Data>(call: Promise<Outcome<Data>>): Promise<Data> {
  const { data, response } = await settle(call);
  if (data !== undefined) return data;
  throw new ServiceError('unavailable', `The service answered ${response.status} without content.`);
}

/** The same for a call whose answer has no data. */
export async function settle<Data>(call: Promise<Outcome<Data>>): Promise<Outcome<Data>> {
  const outcome = await call.catch((reason: unknown) => {
    throw new ServiceError('unavailable', `NetPilot does not answer: ${reasonOf(reason)}.`);
  });
  if (!outcome.response.ok) throw refusal(outcome.response.status, outcome.error ?? {});
  return outcome;
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

const KINDS = [
  'invalid-input',
  'unauthenticated',
  'forbidden',
  'sign-in-too-old',
  'not-invited',
  'not-found',
  'conflict',
  'precondition-failed',
  'too-large',
  'quota-exceeded',
  'too-many-requests',
  'unavailable',
] as const satisfies readonly ErrorKind[];

/** The error for an answer that is a refusal. */
export function refusal(
  status: number,
  { type, detail, request_id, errors }: Problem,
): ServiceError {
  const kind = KINDS.find((known) => type === `/problems/${known}`);
  if (kind === 'unauthenticated')
    return new ServiceError(
      kind,
      `NetPilot does not accept this token: ${detail ?? 'it has ended or expired.'} Create another one (Settings, API tokens), and run \`netpilot login\`.`,
    );
  if (kind !== undefined) return new ServiceError(kind, detail ?? `Refused (${kind}).`, errors);
  if (status === 404)
    return new ServiceError(
      'not-found',
      'What answers there is no NetPilot, or an older one that cannot do this.',
    );
  const quote =
    request_id === undefined ? '' : ` (request ${request_id}: the log of the service says more)`;
  return new ServiceError(
    status < 500 ? 'invalid-input' : 'unavailable',
    `${detail ?? `The service failed: ${status}`}${quote}`,
  );
}

/** fetch hides the reason in the cause. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError')
    return `no answer within ${LONGEST_MS / 1000} seconds`;
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return errorMessage(cause).replace(/\.$/, '');
}
