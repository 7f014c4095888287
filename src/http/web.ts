import fastifyStatic from '@fastify/static';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type Config, PROJECT_FOLDER } from '../config/config.ts';
import type { App, FastifyReply, FastifyRequest, Services } from '../endpoint/app.ts';
import { type ProblemAnswer, sendProblem } from '../endpoint/failures.ts';
import type { Problem } from '../endpoint/problem.ts';
import { UnavailableError } from '../errors.ts';
import { firstAnswers } from './first-answers.ts';
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
      const { link, rest } = await firstAnswers(app, services, request);
      return sendPage(request, reply, services.config, { preload: link + preload, rest });
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

/**
 * Sends the web app's document: its head at once, so that the browser fetches what the page is made of while its
 * first answers are asked for; or with the problem that it is to show.
 */
async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { issuer }: Config,
  {
    problem,
    preload = '',
    rest = async () => '',
  }: { problem?: Problem; preload?: string; rest?: () => Promise<string> },
): Promise<FastifyReply> {
  const { head, body } = await readDocument();
  const values: Record<string, string> = {
    NONCE: reply.cspNonce.style,
    // Known before anything is painted: no flash of the other one (web/src/design/theme.ts).
    THEME: request.cookies['netpilot_theme'] ?? '',
    SIGN_IN: issuer === undefined ? 'local' : 'issuer',
    PROBLEM: problem === undefined ? '' : JSON.stringify(problem),
  };
  const filled = head.replaceAll(/%([A-Z_]+)%/g, (_all, name: string) =>
    escape(values[name] ?? ''),
  );
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(
      Readable.from(
        (async function* () {
          yield filled + preload;
          yield await rest();
          yield body;
        })(),
      ),
    );
}

/** For an attribute in double quotes. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

type Document = { head: string; body: string };
let document: Document | undefined;

/** The document, in two at the end of its head. */
async function readDocument(): Promise<Document> {
  if (document !== undefined) return document;
  try {
    const text = await readFile(DOCUMENT, 'utf8');
    const end = text.indexOf('</head>');
    document = { head: text.slice(0, end), body: text.slice(end) };
    return document;
  } catch {
    throw new UnavailableError('The web app is not built: run `npm run build`.');
  }
}
