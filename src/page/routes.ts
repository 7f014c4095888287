import fastifyStatic from '@fastify/static';
import type { Config } from '../config/config.ts';
import type { App, Services } from '../api/app.ts';
import { type ProblemResponder, sendProblem } from '../api/failures.ts';
import { firstAnswers } from './first-answers.ts';
import { DIST, isBuilt, readDocument, sendPage } from './web-page.ts';
import { readPreloads } from './preloads.ts';

/** The pages of the web app, and the module of each besides the document's own. All are one document, which reads its address. */
export const PAGES: Record<string, string> = {
  '/': 'index.html',
  '/sign-in': 'index.html',
  '/devices': 'src/pages/device/devices-page.tsx',
  '/routers/:router_id/devices/:id': 'src/pages/device/page.tsx',
  '/people': 'src/pages/people/page.tsx',
  '/people/:id': 'src/pages/people/person-page.tsx',
  '/rules': 'src/pages/rules/page.tsx',
  '/policy': 'src/pages/rules/page.tsx',
  '/home': 'src/pages/household/page.tsx',
  '/join/:secret': 'src/pages/invitation/page.tsx',
  '/routers': 'src/pages/routers/page.tsx',
  '/activity': 'src/pages/activity/page.tsx',
  '/import': 'src/pages/import/page.tsx',
  '/settings': 'src/pages/settings/you-page.tsx',
  '/settings/home': 'src/pages/household/page.tsx',
  '/settings/alerts': 'src/pages/alerts/page.tsx',
  '/settings/alerts/log': 'src/pages/alerts/log-page.tsx',
  '/settings/access': 'src/pages/settings/access-page.tsx',
  '/settings/data': 'src/pages/settings/data-page.tsx',
  '/settings/data/import': 'src/pages/import/page.tsx',
  '/settings/account': 'src/pages/settings/account-page.tsx',
  '/help': 'src/pages/help/page.tsx',
  '/help/:topic': 'src/pages/help/page.tsx',
};

/** The page that the server renders: the one that people open first. */
const RENDERED = '/';

/**
 * Serves the built web app: files with a hash in their names for ever, precompressed; the pages with a
 * Content-Security-Policy that allows only these files and what has the nonce of this response.
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
  // Now, not when the first person comes.
  app.addHook('onListen', async () => void (isBuilt() && (await readDocument())));
  const preloads = await readPreloads(DIST);
  for (const [url, module] of Object.entries(PAGES)) {
    app.get(url, { schema: { hide: true } }, async (request, reply) => {
      const { link, rest } = await firstAnswers(app, services, {
        request,
        reply,
        hasDevices: url === RENDERED,
      });
      // The devices first: their answer takes longest, and a browser has six connections.
      const preload = (language: string) => link + preloads([module, `src/texts/${language}.ts`]);
      return sendPage(request, reply, services.config, { preload, rest });
    });
  }
}

/** A program gets a problem as JSON; a browser that navigates gets the page that shows it. */
export function answerWithPage(config: Config): ProblemResponder {
  return (request, reply, problem) => {
    const { method, url, headers } = request;
    const isNavigation =
      // Also the press of a button on the page of an alert's link.
      (method === 'GET' || url.startsWith('/alerts/')) &&
      !url.startsWith('/api/') &&
      headers.accept?.includes('text/html') === true;
    // Without a build there are no pages, only the API.
    return isNavigation && isBuilt()
      ? sendPage(request, reply, config, { problem })
      : sendProblem(reply, problem);
  };
}
