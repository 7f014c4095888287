import fastifyStatic from '@fastify/static';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../config/config.ts';
import type { App, FastifyReply } from '../endpoint/app.ts';
import { UnavailableError } from '../errors.ts';

/** Where `npm run build` puts the web app. */
const DIST = join(PROJECT_FOLDER, 'web/dist');

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
export async function webRoutes(app: App): Promise<void> {
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
    app.get(url, { schema: { hide: true } }, (_request, reply) => page(reply));
}

async function page(reply: FastifyReply): Promise<FastifyReply> {
  const document = await readDocument();
  const { style } = reply.cspNonce;
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-cache')
    .send(document.replace('%NONCE%', style));
}

let document: string | undefined;

async function readDocument(): Promise<string> {
  try {
    document ??= await readFile(join(DIST, 'index.html'), 'utf8');
    return document;
  } catch {
    throw new UnavailableError('The web app is not built: run `npm run build`.');
  }
}
