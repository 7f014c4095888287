import { findSession, sessionCookieName } from '../accounts/authentication.ts';
import { tenantTransaction } from '../database/transaction.ts';
import type { App, FastifyRequest, Services } from '../api/app.ts';
import { look } from '../activity/queries.ts';

/** What every page asks for first, and can be long: the very address that it asks for (web/src/api/queries.ts). */
const DEVICES = '/api/v1/devices?limit=10000&sort=-last_seen';
const DEVICES_LINK = `<link rel="preload" as="fetch" crossorigin href="${DEVICES.replace('&', '&amp;')}">`;
/** So many a document brings itself. */
const FEW_DEVICES = DEVICES.replace('10000', '500');

/** What a page shows first, as the API answers; without what it refuses, which the page asks for, and shows why. */
export type First = {
  /** The number of the last event that had happened before. */
  events: number;
  me?: unknown;
  routers?: unknown;
  devices?: { next_cursor: string | null };
};

/** What becomes known once the document's head is sent: more for the head, and the answers. */
export type Rest = { link: string; first?: First };

/**
 * What a page shows first of whoever is signed in: a link that has the browser fetch the devices meanwhile, or the
 * devices too where it `hasDevices` and they are few; the rest is asked for when it is wanted. Nothing where nobody is signed in.
 */
export async function firstAnswers(
  app: App,
  services: Services,
  { request, hasDevices }: { request: FastifyRequest; hasDevices: boolean },
): Promise<{ link: string; rest: () => Promise<Rest> }> {
  // Before anything else is asked for: the page reads on from there, and misses nothing of what happens meanwhile.
  const events = await eventPosition(services, request);
  if (events === undefined) return { link: '', rest: async () => ({ link: '' }) };
  return {
    link: hasDevices ? '' : DEVICES_LINK,
    rest: async () => {
      const [me, routers, devices] = await Promise.all([
        answer(app, request, '/api/v1/me'),
        answer(app, request, '/api/v1/routers'),
        hasDevices ? answer(app, request, FEW_DEVICES) : undefined,
      ]);
      const all = devices?.next_cursor === null ? { devices } : undefined;
      return {
        link: hasDevices && all === undefined ? DEVICES_LINK : '',
        first: { events, me, routers, ...all },
      };
    },
  };
}

async function answer(app: App, request: FastifyRequest, url: string) {
  const { cookie, host } = request.headers;
  const { statusCode, body } = await app.inject({ url, headers: { cookie, host } });
  return statusCode === 200 ? JSON.parse(body) : undefined;
}

/** A page can do without, where the database is away. */
async function eventPosition(
  { config, database }: Services,
  request: FastifyRequest,
): Promise<number | undefined> {
  const token = request.cookies[sessionCookieName(config)];
  if (token === undefined) return undefined;
  try {
    const session = await findSession(database, token);
    if (session === undefined) return undefined;
    const seen = await tenantTransaction(database, session.userId, (transaction) =>
      look(transaction, session, undefined, 0),
    );
    return seen?.last_number;
  } catch (error) {
    request.log.warn({ err: error }, 'a page has to do without its first answers');
    return undefined;
  }
}
