import fastifyStatic from '@fastify/static';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, PROJECT_FOLDER } from '../config/config.ts';
import { findSession, sessionCookieName } from '../accounts/authentication.ts';
import { tenantTransaction } from '../database/transaction.ts';
import type { App, FastifyReply, FastifyRequest, Services } from '../endpoint/app.ts';
import { look } from '../events/queries.ts';
import { type ProblemAnswer, sendProblem } from '../endpoint/failures.ts';
import type { Problem } from '../endpoint/problem.ts';
import { UnavailableError } from '../errors.ts';
import { readPreloads } from './preloads.ts';

/** Where `npm run build` puts the web app. */
const DIST = join(PROJECT_FOLDER, 'web/dist');
const DOCUMENT = join(DIST, 'index.html');

/** The pages of the web app, and the module that each is beside the document's own. All are one document, which finds out where it is. */
const PAGES: Record<string, string> = {
  '/': 'index.html',
  '/sign-in': 'index.html',
  '/devices': 'src/devices/page.tsx',
  '/routers/:router_id/devices/:id': 'src/device/page.tsx',
  '/policy': 'src/policy/page.tsx',
  '/routers': 'src/routers/page.tsx',
  '/activity': 'src/activity/page.tsx',
  '/import': 'src/import/page.tsx',
  '/settings': 'src/settings/page.tsx',
};

/**
 * What every page asks the API for first (web/src/routes.tsx): a browser asks for it beside the files, rather than
 * once they have run. Each address has to be the very one that the page asks for.
 */
const FIRST_ANSWERS = ['devices?limit=10000&amp;sort=-last_seen', 'routers', 'me']
  .map((path) => `<link rel="preload" as="fetch" crossorigin href="/api/v1/${path}">`)
  .join('');

/**
 * Serves the built web app: files whose names hold their hash for ever, precompressed; the pages with a
 * Content-Security-Policy that lets in nothing but them and what carries this answer's nonce.
 */
export async function webRoutes(app: App, services: Services): Promise<void> {
  await app.register(fastifyStatic, {
    root: DIST,
    index: false,
    preCompressed: true,
    wildcard: false,
    setHeaders: (reply, path) => {
      const isHashed = path.includes('/dist/assets/');
      void reply.header(
        'cache-control',
        isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
      );
    },
  });
  const preloads = await readPreloads(DIST);
  for (const [url, module] of Object.entries(PAGES)) {
    const preload = preloads(module);
    app.get(url, { schema: { hide: true } }, async (request, reply) => {
      const events = await eventPosition(services, request);
      return sendPage(request, reply, services.config, {
        preload: events === '' ? preload : FIRST_ANSWERS + preload,
        events,
      });
    });
  }
}

/** A program gets a problem as it is; a person's browser, which goes somewhere, the page that shows it. */
export function answerWithPage(config: Config): ProblemAnswer {
  return (request, reply, problem) => {
    const { method, url, headers } = request;
    const isNavigation =
      method === 'GET' &&
      !url.startsWith('/api/') &&
      headers.accept?.includes('text/html') === true;
    // Without a build there is an API, and no pages.
    return isNavigation && existsSync(DOCUMENT)
      ? sendPage(request, reply, config, { problem })
      : sendProblem(reply, problem);
  };
}

/** Sends the web app's document, with the problem that it is to show, or what its page is made of. */
async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { issuer }: Config,
  { problem, preload = '', events = '' }: { problem?: Problem; preload?: string; events?: string },
): Promise<FastifyReply> {
  const document = await readDocument();
  const values: Record<string, string> = {
    NONCE: reply.cspNonce.style,
    // Known before anything is painted: no flash of the other one (web/src/design/theme.ts).
    THEME: request.cookies['netpilot_theme'] ?? '',
    SIGN_IN: issuer === undefined ? 'local' : 'issuer',
    EVENTS: events,
    PROBLEM: problem === undefined ? '' : JSON.stringify(problem),
  };
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', problem === undefined ? 'no-cache' : 'no-store')
    .send(
      document
        .replaceAll(/%([A-Z_]+)%/g, (_all, name: string) => escape(values[name] ?? ''))
        .replace('</head>', `${preload}</head>`),
    );
}

/**
 * Where the events of whoever is signed in stand: the page reads on from there, and misses nothing of what
 * happens while it loads. Empty where nobody is, or the database is away: a page can do without.
 */
async function eventPosition(
  { config, database }: Services,
  request: FastifyRequest,
): Promise<string> {
  const token = request.cookies[sessionCookieName(config)];
  if (token === undefined) return '';
  try {
    const session = await findSession(database, token);
    if (session === undefined) return '';
    const seen = await tenantTransaction(database, session.userId, (transaction) =>
      look(transaction, session, undefined, 0),
    );
    return seen === undefined ? '' : String(seen.last_number);
  } catch (error) {
    request.log.warn({ err: error }, 'a page has to do without the position of its events');
    return '';
  }
}

/** For an attribute in double quotes. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

let document: string | undefined;

async function readDocument(): Promise<string> {
  try {
    document ??= await readFile(DOCUMENT, 'utf8');
    return document;
  } catch {
    throw new UnavailableError('The web app is not built: run `npm run build`.');
  }
}
