import fastifyStatic from '@fastify/static';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, PROJECT_FOLDER } from '../config/config.ts';
import type { App, FastifyReply } from '../endpoint/app.ts';
import { type ProblemAnswer, sendProblem } from '../endpoint/failures.ts';
import type { Problem } from '../endpoint/problem.ts';
import { UnavailableError } from '../errors.ts';

/** Where `npm run build` puts the web app. */
const DIST = join(PROJECT_FOLDER, 'web/dist');
const DOCUMENT = join(DIST, 'index.html');

/** The pages of the web app; each is the same document, which finds out where it is. */
const PAGES = [
  '/',
  '/sign-in',
  '/devices',
  '/routers/:router_id/devices/:id',
  '/policy',
  '/routers',
  '/activity',
  '/import',
  '/settings',
];

/**
 * Serves the built web app: files whose names hold their hash for ever, precompressed; the pages with a
 * Content-Security-Policy that lets in nothing but them and what carries this answer's nonce.
 */
export async function webRoutes(app: App, config: Config): Promise<void> {
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
  for (const url of PAGES)
    app.get(url, { schema: { hide: true } }, (_request, reply) => sendPage(reply, config));
}

/** A program gets a problem as it is; a person's browser, which goes somewhere, the page that shows it. */
export function answerWithPage(config: Config): ProblemAnswer {
  return ({ method, url, headers }, reply, problem) => {
    const isNavigation =
      method === 'GET' &&
      !url.startsWith('/api/') &&
      headers.accept?.includes('text/html') === true;
    // Without a build there is an API, and no pages.
    return isNavigation && existsSync(DOCUMENT)
      ? sendPage(reply, config, problem)
      : sendProblem(reply, problem);
  };
}

/** Sends the web app's document, with the problem that it is to show, if any. */
async function sendPage(
  reply: FastifyReply,
  { issuer }: Config,
  problem?: Problem,
): Promise<FastifyReply> {
  const document = await readDocument();
  const values: Record<string, string> = {
    NONCE: reply.cspNonce.style,
    SIGN_IN: issuer === undefined ? 'local' : 'issuer',
    PROBLEM: problem === undefined ? '' : JSON.stringify(problem),
  };
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', problem === undefined ? 'no-cache' : 'no-store')
    .send(document.replaceAll(/%([A-Z_]+)%/g, (_all, name: string) => escape(values[name] ?? '')));
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
