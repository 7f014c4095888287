import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { I18nProvider, isRTL } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { IntlProvider } from 'use-intl';
import { ApiProblem } from './api/client.ts';
import { meQuery, routersQuery } from './api/queries.ts';
import { first } from './api/served.ts';
import './design/tokens.css';
import './design/controls.css';
import './design/surfaces.css';
import { makeRouter } from './routes.tsx';
import { preferredLanguage, textsOf } from './texts/language.ts';
import { timeZone } from './texts/time-zone.ts';

const language = preferredLanguage();
const texts = await textsOf(language);
document.documentElement.lang = language;
document.documentElement.dir = isRTL(language) ? 'rtl' : 'ltr';

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The event stream says when something is old.
      staleTime: 60_000,
      retry: (failures, error) => failures < 3 && error instanceof ApiProblem && error.isPassing,
    },
  },
});
queryClient.setQueryData(meQuery.queryKey, first.me);
queryClient.setQueryData(routersQuery.queryKey, first.routers && [...first.routers.items]);
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
const router = makeRouter(queryClient);
// One rendering of what is there anyhow, rather than one of each part as it comes. Not awaited: a page imports this file.
void router.load().then(() =>
  createRoot(root).render(
    <StrictMode>
      <I18nProvider
        locale={navigator.languages.find((tag) => tag.startsWith(language)) ?? language}
      >
        <IntlProvider locale={language} messages={texts} timeZone={timeZone()}>
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </IntlProvider>
      </I18nProvider>
    </StrictMode>,
  ),
);
