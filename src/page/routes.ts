import fastifyStatic from '@fastify/static';
import type { Config } from '../config/config.ts';
import type { App, Services } from '../api/app.ts';
import { type ProblemResponder, sendProblem } from '../api/failures.ts';
import { firstAnswers } from './first-answers.ts';
import { DIST, isBuilt, readDocument, sendPage } from './web-page.ts';
import { readPreloads } from './preloads.ts';

/** The pages of the web app, and the module that each is beside the document's own. All are one document, which finds out where it is. */
const PAGES: Record<string, string> = {
  '/': 'index.html',
  '/sign-in': 'index.html',
  '/devices': 'src/pages/devices/page.tsx',
  '/routers/:router_id/devices/:id': 'src/pages/device/page.tsx',
  '/policy': 'src/pages/policy/page.tsx',
  '/routers': 'src/pages/routers/page.tsx',
  '/activity': 'src/pages/activity/page.tsx',
  '/import': 'src/pages/import/page.tsx',
  '/settings': 'src/pages/settings/page.tsx',
};

/** What the server renders itself: the page that people open first. */
const RENDERED = '/';

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
  // Then, and not when the first person comes.
  app.addHook('onListen', async () => void (isBuilt() && (await readDocument())));
  const preloads = await readPreloads(DIST);
  for (const [url, module] of Object.entries(PAGES)) {
    app.get(url, { schema: { hide: true } }, async (request, reply) => {
      const { link, rest } = await firstAnswers(app, services, {
        request,
        hasDevices: url === RENDERED,
      });
      // The devices after the files, whose sending would wait for the answer else.
      const preload = (language: string) => preloads([module, `src/texts/${language}.ts`]) + link;
      return sendPage(request, reply, services.config, { preload, rest });
    });
  }
}

/** A program gets a problem as it is; a person's browser, which goes somewhere, the page that shows it. */
export function answerWithPage(config: Config): ProblemResponder {
  return (request, reply, problem) => {
    const { method, url, headers } = request;
    const isNavigation =
      method === 'GET' &&
      !url.startsWith('/api/') &&
      headers.accept?.includes('text/html') === true;
    // Without a build there is an API, and no pages.
    return isNavigation && isBuilt()
      ? sendPage(request, reply, config, { problem })
      : sendProblem(reply, problem);
  };
}
