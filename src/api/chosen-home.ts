import type { FastifyReply, FastifyRequest } from 'fastify';

/** The cookie in which a browser keeps the home that it shows: a page and its event stream cannot send headers. */
const COOKIE = 'netpilot_home';
/** The same for everything that can. */
export const HOME_HEADER = 'netpilot-home';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The home that a request is about. */
export type ChosenHome = {
  by: 'path' | 'header' | 'cookie';
  /** As it was sent. */
  text: string;
  /** Undefined if that is no id. */
  id: string | undefined;
};

/**
 * The home in the request's path, else in its header, else in its cookie; undefined: all homes of the sender's own. A route about
 * the sender's own account has none.
 * @param isBrowser whether its cookies count
 */
export function chosenHome(request: FastifyRequest, isBrowser: boolean): ChosenHome | undefined {
  if (request.routeOptions.config.role === 'self') return undefined;
  const inPath: unknown =
    typeof request.params === 'object' && request.params !== null
      ? Reflect.get(request.params, 'home_id')
      : undefined;
  if (typeof inPath === 'string') return chosen('path', inPath);
  const header = request.headers[HOME_HEADER];
  if (typeof header === 'string' && header !== '') return chosen('header', header);
  return isBrowser ? homeOfCookie(request) : undefined;
}

/** The home that a browser shows; undefined: all of the person's own. */
export function homeOfCookie({ cookies }: FastifyRequest): ChosenHome | undefined {
  const cookie = cookies[COOKIE];
  return cookie === undefined || cookie === '' ? undefined : chosen('cookie', cookie);
}

/** Has the browser show the person's own homes again. */
export function forgetHome(reply: FastifyReply): void {
  void reply.clearCookie(COOKIE, { path: '/' });
}

function chosen(by: ChosenHome['by'], text: string): ChosenHome {
  return { by, text, id: UUID.test(text) ? text : undefined };
}
