import { STATUS_CODES } from 'node:http';
import { Type, type Static } from 'typebox';
import {
  ConflictError,
  type ErrorKind,
  InvalidInputError,
  NetPilotError,
  TooManyRequestsError,
} from '../errors.ts';

/** Problem details (RFC 9457), with the failing fields and the request's id. */
export const Problem = Type.Object(
  {
    type: Type.String({
      description: 'The kind of problem: `/problems/` and a name that does not change.',
    }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String()),
    request_id: Type.Optional(Type.String({ description: 'Quote this when you ask for help.' })),
    busy: Type.Optional(
      Type.String({ description: 'With 429: what there are too many of, such as `imports`.' }),
    ),
    sign_in_url: Type.Optional(
      Type.String({
        description:
          'Of `/problems/sign-in-too-old`: where a browser signs in again (add `return_to`). Absent if people sign in by the local link.',
      }),
    ),
    quota: Type.Optional(
      Type.String({ description: 'With `quota-exceeded`: which one, as docs/quotas.md names it.' }),
    ),
    limit: Type.Optional(Type.Number({ description: 'Of that quota.' })),
    used: Type.Optional(Type.Number({ description: 'Of that quota, now.' })),
    behind: Type.Optional(
      Type.Array(
        Type.Object({
          ip: Type.String(),
          device_id: Type.Unsafe<string | null>({ type: ['string', 'null'] }),
          name: Type.Unsafe<string | null>({ type: ['string', 'null'] }),
        }),
        {
          description:
            'Of a block that several devices share a MAC with: each address behind it, and the device that was seen there with a MAC of its own.',
        },
      ),
    ),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          field: Type.String(),
          value: Type.Optional(Type.Unknown()),
          expected: Type.String(),
        }),
      ),
    ),
  },
  { $id: 'Problem' },
);
export type Problem = Static<typeof Problem>;

const STATUS: Record<ErrorKind, number> = {
  'invalid-input': 400,
  unauthenticated: 401,
  forbidden: 403,
  'sign-in-too-old': 403,
  'not-invited': 403,
  'not-found': 404,
  conflict: 409,
  'precondition-failed': 412,
  'too-large': 413,
  'quota-exceeded': 409,
  'too-many-requests': 429,
  unavailable: 503,
};

/**
 * The one place where errors become problems. An error that is not ours and has no 4xx status is a
 * defect: the caller gets only the request's id, the log has the rest.
 */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof NetPilotError) {
    return {
      type: `/problems/${error.kind}`,
      title: STATUS_CODES[STATUS[error.kind]] ?? error.kind,
      status: STATUS[error.kind],
      detail: error.message,
      request_id: requestId,
      ...(error instanceof InvalidInputError && { errors: [...error.fields] }),
      ...error.extensions,
    };
  }
  const status = statusOf(error);
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    ...(status < 500 && error instanceof Error && { detail: error.message }),
    request_id: requestId,
  };
}

/** Seconds for `Retry-After`, if waiting helps. */
export function retryAfter(error: unknown): number | undefined {
  if (error instanceof TooManyRequestsError || error instanceof ConflictError)
    return error.retryAfterSeconds;
  return error instanceof NetPilotError && error.kind === 'unavailable' ? 2 : undefined;
}

/** The 4xx status of Fastify's own errors (a body too large, an unknown media type); else 500. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500 ? status : 500;
}
