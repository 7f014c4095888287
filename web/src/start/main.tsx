// First: what it begins goes on beside all that follows.
import { nextTask } from './warm-up.ts';
import { startTransition } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { ApiProblem } from '../api/client.ts';
import { meQuery } from '../api/queries.ts';
import { readServed } from './served.ts';
import { App, createQueryClient } from './app.tsx';
import '../design/tokens.css';
import '../design/controls.css';
import '../design/surfaces.css';
import { createAppRouter } from '../routes.tsx';
import { textsOf } from '../texts/language.ts';
import { pageLanguage } from '../texts/page-language.ts';

await nextTask();
const language = pageLanguage();
// Where react-aria looks for it; its provider would come with all that knows languages, which the first page needs not.
Reflect.set(
  window,
  Symbol.for('react-aria.i18n.locale'),
  navigator.languages.find((tag) => tag.startsWith(language)) ?? language,
);
const texts = await textsOf(language);
const queryClient = createQueryClient(readServed());
// A session that ends leads to the sign-in, wherever it shows.
queryClient.getQueryCache().subscribe(({ query }) => {
  const { error } = query.state;
  if (
    error instanceof ApiProblem &&
    error.status === 401 &&
    queryClient.getQueryData(meQuery.queryKey) !== undefined
  ) {
    const returnTo = encodeURIComponent(location.pathname + location.search);
    location.assign(`/sign-in?return_to=${returnTo}`);
  }
});

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
const router = createAppRouter(queryClient);
const app = (
  <App {...{ router, queryClient, language, texts }} onShown={() => void answerEarlyClicks()} />
);
// Not awaited: a page imports this file.
void show(root);

/** Renders what is there anyhow at once, rather than each part as it comes; or takes over what the server has rendered. */
async function show(place: HTMLElement): Promise<void> {
  await router.load();
  if (!place.hasChildNodes()) {
    createRoot(place).render(app);
    return;
  }
  // Without a boundary around its pages, the server's router renders what this one is to find.
  router.ssr = { manifest: undefined };
  await nextTask();
  // As a transition, in pieces.
  startTransition(() => void hydrateRoot(place, app));
}

/** Does what was asked of a page that was seen and not yet there (index.html). */
async function answerEarlyClicks(): Promise<void> {
  // React takes over what a click needs at once, but not while it is at work itself.
  await nextTask();
  document.documentElement.dataset['shown'] = '';
  for (const button of document.querySelectorAll<HTMLElement>('[data-clicked]')) {
    delete button.dataset['clicked'];
    button.click();
  }
}
