import type { FastifyRequest } from 'fastify';
import type { App } from '../api/app.ts';
import { REPLAYED } from '../api/once.ts';
import { wayOf } from '../api/pass-on.ts';

/** NetPilot's own API, asked in the name of who sent a request: what a token may do there, it may do here, and no more. */
export type OwnApi = (request: {
  method?: 'GET' | 'POST' | 'DELETE';
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: object;
  /** The same key does it once. */
  key?: string;
  homeId?: string | undefined;
}) => Promise<unknown>;

const ALREADY_DONE =
  'This was done before with this confirmation, and nothing was done now: the rest is the answer of then. For another change call without a confirmation.';

/** What the API answers if it refuses: a problem (RFC 9457). */
export class RefusedError extends Error {}

/** It does this only if somebody confirms what it says: that it cuts off others, too, or the device in use. */
export class UnconfirmedError extends RefusedError {}

/** Throws RefusedError with the problem's words. */
export function createOwnApi(app: App, request: FastifyRequest): OwnApi {
  const { authorization, host, 'netpilot-home': chosen } = request.headers;
  return async ({ method = 'GET', path, query = {}, body, key, homeId }) => {
    const home = homeId ?? (typeof chosen === 'string' ? chosen : undefined);
    const given = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    );
    const answer = await app.inject({
      method,
      url: `/api/v1${path}`,
      query: Object.fromEntries(given),
      remoteAddress: request.ip,
      headers: {
        host,
        authorization,
        ...wayOf(request),
        'user-agent': request.headers['user-agent'],
        ...(home !== undefined && { 'netpilot-home': home }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { payload: body }),
    });
    if (answer.statusCode === 204) return {};
    if (answer.statusCode >= 400) throw refusalOf(answer.body);
    const done = answer.json();
    return answer.headers[REPLAYED] === undefined ? done : { ...done, already_done: ALREADY_DONE };
  };
}

function refusalOf(body: string): RefusedError {
  const problem: unknown = JSON.parse(body);
  if (typeof problem !== 'object' || problem === null) return new RefusedError(body);
  const { title, detail, errors }: { title?: unknown; detail?: unknown; errors?: unknown } =
    problem;
  const words = typeof detail === 'string' ? detail : String(title);
  if (Array.isArray(errors) && errors.some(({ field }) => field === 'confirm'))
    return new UnconfirmedError(words.replace(/ Send "confirm": true.*$/, ''));
  return new RefusedError(errors === undefined ? words : `${words} ${JSON.stringify(errors)}`);
}
