/** What the links in alerts lead to: a page with a button for people, and the POST that does it. Who has the link may use it. */
import { Type } from 'typebox';
import type { App, FastifyRequest, Services } from '../api/app.ts';
import { inLaneOf } from '../database/lane.ts';
import { networkOf } from '../network-of.ts';
import { findUnsubscribed, unsubscribe } from './unsubscribing.ts';
import { askPage, donePage, endPage, endedPage, languageFor, sendLinkPage } from './link-page.ts';
import { findLink, performLink } from './performing.ts';

/** Guesses a minute from one network: 256 random bits need no more. */
const RATE_LIMIT = { max: 60, timeWindow: 60_000 };

const params = Type.Object({ secret: Type.String({ pattern: '^([1-9]\\d{0,4}\\.)?[\\w-]{43}$' }) });
const hidden = {
  schema: { hide: true, params },
  config: { rateLimit: RATE_LIMIT, secretOf: 'secret' },
} as const;
const bySecret = {
  schema: { hide: true, params },
  config: { rateLimit: RATE_LIMIT, isBySecretInPath: true, secretOf: 'secret' },
} as const;

export async function linkRoutes(app: App, services: Services): Promise<void> {
  // A form's body, a mail program's `List-Unsubscribe=One-Click`, nothing: none says more than the address does.
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 4_096 }, async () => undefined);
  actRoutes(app, services);
  unsubscribeRoutes(app, services);
}

function actRoutes(app: App, { database }: Services): void {
  app.get('/alerts/act/:secret', hidden, async (request, reply) => {
    const link = await inLaneOf(networkOf(request.ip), () =>
      findLink(database, request.params.secret),
    );
    return sendLinkPage(reply, askPage(link, languageFor(request)));
  });

  app.post('/alerts/act/:secret', bySecret, async (request, reply) => {
    // ntfy's web app asks from its own page.
    void reply.header('access-control-allow-origin', '*');
    const { link, delivery } = await inLaneOf(networkOf(request.ip), () =>
      performLink(database, request.params.secret, request),
    );
    const page = donePage(link, delivery, languageFor(request));
    if (wantsPage(request)) return sendLinkPage(reply, page);
    return reply.send({ done: page.title, reason: delivery?.reason ?? null });
  });
}

function unsubscribeRoutes(app: App, { database }: Services): void {
  app.get('/alerts/unsubscribe/:secret', hidden, async (request, reply) => {
    await inLaneOf(networkOf(request.ip), () => findUnsubscribed(database, request.params.secret));
    return sendLinkPage(reply, endPage(languageFor(request)));
  });

  app.post('/alerts/unsubscribe/:secret', bySecret, async (request, reply) => {
    await inLaneOf(networkOf(request.ip), () => unsubscribe(database, request.params.secret));
    const page = endedPage(languageFor(request));
    if (wantsPage(request)) return sendLinkPage(reply, page);
    return reply.send({ done: page.title });
  });
}

/** A browser, and not a phone's ntfy or a mail program. */
function wantsPage({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('text/html') === true;
}
