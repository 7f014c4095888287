/** What `@netpilot/client` offers: NetPilot's API, typed by its own document, its problems as errors, and what happens as it happens. */
import createFetchClient, { type Client } from 'openapi-fetch';
import { type Access, headersOf } from './access.ts';
import type { components, paths } from './types.generated.ts';

export type { Access } from './access.ts';
export { type Event, type FollowOptions, followEvents } from './events.ts';
export {
  ApiProblem,
  type Behind,
  type ImportReport,
  type Outcome,
  PROBLEM_KINDS,
  type ProblemKind,
  expectOk,
  unwrap,
} from './problem.ts';
export type { components, paths };

/** Has a method for each verb, with the API's paths: `GET('/api/v1/routers')`. */
export type NetPilot = Client<paths>;

/** A client of one NetPilot. Its calls resolve with `data` or `error`: `unwrap` makes one of them. */
export function createNetPilot(access: Access): NetPilot {
  const { url, timeoutMs, signal } = access;
  return createFetchClient<paths>({
    baseUrl: url,
    headers: headersOf(access),
    fetch: (request) => {
      const others = [signal, timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)];
      const given = others.filter((each) => each !== undefined);
      // The API never redirects: a token must not follow somebody else's answer.
      return fetch(request, {
        redirect: 'error',
        ...(given.length > 0 && { signal: AbortSignal.any([request.signal, ...given]) }),
      });
    },
  });
}
