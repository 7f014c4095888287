import { findSession, sessionCookieName } from '../accounts/authentication.ts';
import { tenantTransaction } from '../database/transaction.ts';
import type { App, FastifyRequest, Services } from '../endpoint/app.ts';
import { look } from '../events/queries.ts';

/** What every page asks for first, and can be long: under the very address that it asks for (web/src/api/queries.ts). */
const DEVICES =
  '<link rel="preload" as="fetch" crossorigin href="/api/v1/devices?limit=10000&amp;sort=-last_seen">';

/**
 * What every page shows first of whoever is signed in: a link that has the browser fetch the devices meanwhile, and
 * what the rest of the document brings itself, asked for when it is wanted. Nothing where nobody is signed in.
 */
export async function firstAnswers(
  app: App,
  services: Services,
  request: FastifyRequest,
): Promise<{ link: string; rest: () => Promise<string> }> {
  // Before anything else is asked for: the page reads on from there, and misses nothing of what happens meanwhile.
  const events = await eventPosition(services, request);
  return events === undefined
    ? { link: '', rest: async () => '' }
    : { link: DEVICES, rest: () => answers(app, request, events) };
}

/** What the API refuses is left out: the page asks for it, and shows why. */
async function answers(app: App, request: FastifyRequest, events: number): Promise<string> {
  const { cookie, host } = request.headers;
  const [me, routers] = await Promise.all(
    ['/api/v1/me', '/api/v1/routers'].map(async (url) => {
      const { statusCode, body } = await app.inject({ url, headers: { cookie, host } });
      return statusCode === 200 ? JSON.parse(body) : undefined;
    }),
  );
  const json = JSON.stringify({ events, me, routers }).replaceAll('<', String.raw`\u003c`);
  return `<script type="application/json" id="first">${json}</script>`;
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
