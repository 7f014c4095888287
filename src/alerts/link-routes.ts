/** What the links in alerts lead to: a page with a button for people, and the POST that does it. Who has the link may use it. */
import { Type } from 'typebox';
import type { App, FastifyReply, Services } from '../api/app.ts';
import { inLaneOf } from '../database/lane.ts';
import { networkOf } from '../network-of.ts';
import { findUnsubscribed, unsubscribe } from './unsubscribing.ts';
import { type Link, findLink, performLink } from './performing.ts';
import { escapeHtml } from '../escape-html.ts';

/** Guesses a minute from one network: 256 random bits need no more. */
const RATE_LIMIT = { max: 60, timeWindow: 60_000 };

const params = Type.Object({ secret: Type.String({ pattern: '^[\\w-]{43}$' }) });
const hidden = { schema: { hide: true, params }, config: { rateLimit: RATE_LIMIT } };
const bySecret = {
  schema: { hide: true, params },
  config: { rateLimit: RATE_LIMIT, isBySecretInPath: true },
};

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
    return sendPage(reply, { title: titleOf(link), button: BUTTONS[link.action] ?? 'OK' });
  });

  app.post('/alerts/act/:secret', bySecret, async (request, reply) => {
    const link = await inLaneOf(networkOf(request.ip), () =>
      performLink(database, request.params.secret, request),
    );
    // ntfy's web app asks from its own page.
    void reply.header('access-control-allow-origin', '*');
    if (request.headers.accept?.includes('text/html') === true)
      return sendPage(reply, { title: `Done: ${titleOf(link)}` });
    return reply.send({ done: titleOf(link) });
  });
}

function unsubscribeRoutes(app: App, { database }: Services): void {
  app.get('/alerts/unsubscribe/:secret', hidden, async (request, reply) => {
    await inLaneOf(networkOf(request.ip), () => findUnsubscribed(database, request.params.secret));
    return sendPage(reply, { title: 'No more of these e-mails?', button: 'Send me no more' });
  });

  app.post('/alerts/unsubscribe/:secret', bySecret, async (request, reply) => {
    await inLaneOf(networkOf(request.ip), () => unsubscribe(database, request.params.secret));
    const title = 'You get no more of these e-mails. NetPilot can switch them on again.';
    if (request.headers.accept?.includes('text/html') === true) return sendPage(reply, { title });
    return reply.send({ done: title });
  });
}

const BUTTONS: Readonly<Record<string, string>> = {
  approve: 'Allow',
  block: 'Block',
  pause: 'Pause',
  grant: 'Give',
};

function titleOf({ action, name, minutes }: Link): string {
  switch (action) {
    case 'approve':
      return `Allow ${name}`;
    case 'block':
      return `Block ${name}`;
    case 'pause':
      return `Pause ${name} for ${minutes} minutes`;
    default:
      return `Give ${name} ${minutes} minutes`;
  }
}

/** A page without scripts: it works in the browser of any mail program. */
function sendPage(
  reply: FastifyReply,
  { title, button }: { title: string; button?: string },
): FastifyReply {
  const form = `<form method="post"><button>${escapeHtml(button ?? '')}</button></form>`;
  return reply
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header('x-robots-tag', 'noindex')
    .type('text/html; charset=utf-8').send(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · NetPilot</title>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${button === undefined ? '<p><a href="/">NetPilot</a></p>' : form}
</main>
</body>
</html>
`);
}
