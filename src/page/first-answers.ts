import { findCookieSession, sessionCookieName } from '../accounts/authentication.ts';
import { inLaneOf } from '../database/lane.ts';
import { forgetHome, homeOfCookie } from '../api/chosen-home.ts';
import { wayOf } from '../api/pass-on.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { TooManyRequestsError } from '../errors.ts';
import type { App, FastifyReply, FastifyRequest, Services } from '../api/app.ts';
import { readEvents } from '../activity/queries.ts';
import { hashSecret } from '../sealing.ts';

/** What every page requests first, and can be long: the exact address that it requests (web/src/api/queries.ts). */
const DEVICES = '/api/v1/devices?limit=10000&sort=-last_seen';
const DEVICES_LINK = `<link rel="preload" as="fetch" crossorigin href="${DEVICES.replace('&', '&amp;')}">`;
/** At most this many are part of the document itself. */
const FEW_DEVICES = DEVICES.replace('10000', '500');

/** What a page shows first, as the API returns it; without what the API refuses, which the page requests itself to show why. */
export type FirstAnswers = {
  /** The number of the last event before these were read. */
  events: number;
  me?: unknown;
  /** Id of the home that was chosen in this browser; empty for all own ones. */
  home?: string;
  homes?: { items: readonly ShownHome[] };
  /** Of the homes that are shown, unless there are many homes. */
  people?: readonly unknown[];
  /** Of them: who waits for an answer. Only with the devices. */
  asks?: readonly unknown[];
  routers?: { items: readonly ShownRouter[] };
  /** Of the routers, unless there are many: whether they do what was decided. Only with the devices. */
  policies?: readonly unknown[];
  devices?: { next_cursor: string | null };
};

/** What is known after the document's head was sent: more for the head, and the answers. */
export type Rest = { link: string; first?: FirstAnswers };

/**
 * What a page shows first of the signed-in person: a link that lets the browser fetch the devices in parallel, or the
 * devices themselves if the document `hasDevices` and they are few; `rest` reads the rest. Nothing if nobody is signed in.
 */
export async function firstAnswers(
  app: App,
  services: Services,
  {
    request,
    reply,
    hasDevices,
  }: { request: FastifyRequest; reply: FastifyReply; hasDevices: boolean },
): Promise<{ link: string; rest: () => Promise<Rest> }> {
  // Before anything else is read: the page continues from there, and misses no event.
  const events = await eventPosition(app, services, request, reply);
  if (events === undefined) return { link: '', rest: async () => ({ link: '' }) };
  return {
    link: hasDevices ? '' : DEVICES_LINK,
    rest: async () => {
      const [me, home, routers, devices] = await Promise.all([
        fetchJson(app, request, '/api/v1/me'),
        homeAnswers(app, request, hasDevices),
        routerAnswers(app, request, hasDevices),
        hasDevices ? fetchJson(app, request, FEW_DEVICES) : undefined,
      ]);
      const all = devices?.next_cursor === null ? { devices } : undefined;
      return {
        link: hasDevices && all === undefined ? DEVICES_LINK : '',
        first: { events, me, ...home, ...routers, ...all },
      };
    },
  };
}

/** A browser keeps there which home it shows (web/src/homes/current.ts). */
const CHOSEN_HOME = 'netpilot_home';
/** The people of at most so many homes are part of the document. */
const FEW_HOMES = 4;

type ShownHome = { id: string; is_own: boolean; role: string; people: number };

/** The homes, which of them is chosen, and of those that are shown the people, and who waits for an answer if the page `hasAsks`; a child sees no people. */
async function homeAnswers(
  app: App,
  request: FastifyRequest,
  hasAsks: boolean,
): Promise<Pick<FirstAnswers, 'home' | 'homes' | 'people' | 'asks'>> {
  const homes: FirstAnswers['homes'] = await fetchJson(app, request, '/api/v1/homes');
  if (homes === undefined) return {};
  const chosen = homes.items.find(({ id }) => id === request.cookies[CHOSEN_HOME]);
  const home = chosen?.id ?? '';
  const shown = (chosen ? [chosen] : homes.items.filter(({ is_own }) => is_own)).filter(
    ({ people }) => people > 0,
  );
  if (chosen?.role === 'child' || shown.length > FEW_HOMES) return { home, homes };
  const ofEach = (what: string) =>
    Promise.all(shown.map(({ id }) => fetchJson(app, request, `/api/v1/homes/${id}/${what}`)));
  const [people, asks] = await Promise.all([
    ofEach('people'),
    hasAsks ? ofEach('asks?state=open') : [undefined],
  ]);
  if (people.includes(undefined)) return { home, homes };
  return {
    home,
    homes,
    people: people.flatMap(({ items }) => items),
    ...(!asks.includes(undefined) && { asks: asks.flatMap(({ items }) => items) }),
  };
}

type ShownRouter = { router_id: string; is_active: boolean };
/** The policies of at most so many routers are part of the document. */
const FEW_ROUTERS = 4;

/** The routers, and their policies if the page `hasPolicies` and they are few. */
async function routerAnswers(
  app: App,
  request: FastifyRequest,
  hasPolicies: boolean,
): Promise<Pick<FirstAnswers, 'routers' | 'policies'>> {
  const routers: FirstAnswers['routers'] = await fetchJson(app, request, '/api/v1/routers');
  if (routers === undefined) return {};
  const linked = routers.items.filter(({ is_active }) => is_active);
  if (!hasPolicies || linked.length > FEW_ROUTERS) return { routers };
  const policies = await Promise.all(
    linked.map(({ router_id }) =>
      fetchJson(app, request, `/api/v1/routers/${encodeURIComponent(router_id)}/policy`),
    ),
  );
  return { routers, policies: policies.filter((policy) => policy !== undefined) };
}

async function fetchJson(app: App, request: FastifyRequest, url: string) {
  const { cookie, host } = request.headers;
  const headers = { cookie, host, ...wayOf(request) };
  const { statusCode, body } = await app.inject({ url, headers });
  return statusCode === 200 ? JSON.parse(body) : undefined;
}

/** A page can do without it if the database is down. */
async function eventPosition(
  { callers }: App,
  { config, database }: Services,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<number | undefined> {
  const token = request.cookies[sessionCookieName(config)];
  if (token === undefined) return undefined;
  try {
    const home = homeOfCookie(request);
    const { lane } = callers.admit(hashSecret(token), request.ip);
    const session = await inLaneOf(lane, () => findCookieSession(database, token, home?.id));
    if (session === undefined) return undefined;
    callers.remember(hashSecret(token), session.actorId);
    // Not a member any more: the page shows their own homes.
    if (home !== undefined && session.homeId === undefined) forgetHome(reply);
    const seen = await tenantTransaction(database, session.actorId, (transaction) =>
      readEvents(transaction, session, undefined, 0),
    );
    return seen?.last_number;
  } catch (error) {
    // The page's own requests report it.
    if (error instanceof TooManyRequestsError) return undefined;
    request.log.warn({ err: error }, 'preloading page data failed');
    return undefined;
  }
}
