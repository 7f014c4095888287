import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type AnyRouter, RouterProvider } from '@tanstack/react-router';
import { StrictMode, useEffect } from 'react';
import { IntlProvider } from 'use-intl';
import { ApiProblem } from '../api/client.ts';
import { EVENT_POSITION, devicesQuery, meQuery, routersQuery } from '../api/queries.ts';
import type { Served } from './served.ts';
import type { Language, Texts } from '../texts/language.ts';

/** What is asked and answered, with what a page shows first in it. */
export function createQueryClient(first: Served | undefined): QueryClient {
  const queryClient = new QueryClient({
    defaultOptions: {
      queries: {
        // The event stream says when something is old.
        staleTime: 60_000,
        retry: (failures, error) => failures < 3 && error instanceof ApiProblem && error.isPassing,
      },
    },
  });
  queryClient.setQueryData(EVENT_POSITION, first?.events);
  queryClient.setQueryData(meQuery.queryKey, first?.me);
  queryClient.setQueryData(routersQuery.queryKey, first?.routers?.items);
  queryClient.setQueryData(devicesQuery.queryKey, first?.devices?.items);
  return queryClient;
}

/** All of the web app, the same where the server renders it and in the browser. */
export function App({
  router,
  queryClient,
  language,
  texts,
  timeZone,
  onShown,
}: {
  router: AnyRouter;
  queryClient: QueryClient;
  language: Language;
  texts: Texts;
  /** Only for what insists on one: dates have the person's own (design/time.tsx). */
  timeZone?: string;
  /** It is on the screen, and answers. */
  onShown?: () => void;
}) {
  useEffect(() => onShown?.(), [onShown]);
  return (
    <StrictMode>
      <IntlProvider locale={language} messages={texts} {...(timeZone && { timeZone })}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </IntlProvider>
    </StrictMode>
  );
}
