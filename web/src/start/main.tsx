// First: it starts work that goes on beside everything else.
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
// Where react-aria reads its locale. Its provider would bring language tables that the first page does not need.
Reflect.set(
  window,
  Symbol.for('react-aria.i18n.locale'),
  navigator.languages.find((tag) => tag.startsWith(language)) ?? language,
);
const texts = await textsOf(language);
const queryClient = createQueryClient(readServed());
// If the session has ended, any refused query leads to the sign-in.
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
  <App {...{ router, queryClient, language, texts }} onReady={() => void repeatEarlyInput()} />
);
// Not awaited: a page imports this file.
void show(root);

/** Renders the page once it has loaded, or hydrates what the server rendered. */
async function show(place: HTMLElement): Promise<void> {
  await router.load();
  if (!place.hasChildNodes()) {
    createRoot(place).render(app);
    return;
  }
  // Tells the router that the server rendered: it then renders the same tree, without a Suspense boundary around its pages.
  router.ssr = { manifest: undefined };
  await nextTask();
  // As a transition React hydrates in small tasks.
  startTransition(() => void hydrateRoot(place, app));
}

/** Repeats what was clicked and chosen on a page that was visible but not interactive yet (index.html). */
async function repeatEarlyInput(): Promise<void> {
  // React hydrates what a click needs at once, but not during its own work.
  await nextTask();
  document.documentElement.dataset['shown'] = '';
  for (const button of document.querySelectorAll<HTMLElement>('[data-clicked]')) {
    delete button.dataset['clicked'];
    button.click();
  }
  for (const select of document.querySelectorAll<HTMLSelectElement>('select[data-chosen]')) {
    // React may have shown again what it knew.
    select.value = select.dataset['chosen'] ?? '';
    delete select.dataset['chosen'];
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }
}
