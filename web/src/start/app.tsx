import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type AnyRouter, RouterProvider } from '@tanstack/react-router';
import { StrictMode, useEffect } from 'react';
import { IntlProvider } from 'use-intl';
import { ApiProblem } from '../api/client.ts';
import { asksQuery } from '../api/health-queries.ts';
import { CHOSEN_HOME, homesQuery, peopleQuery } from '../api/home-queries.ts';
import {
  EVENT_POSITION,
  devicesQuery,
  meQuery,
  policyQuery,
  routersQuery,
} from '../api/queries.ts';
import { readCookie } from '../cookie.ts';
import { HOME_COOKIE } from '../homes/current.ts';
import type { Served } from './served.ts';
import type { Language, Texts } from '../texts/language.ts';

/** The cache of all queries, with the answers that came with the document. */
export function createQueryClient(first: Served | undefined): QueryClient {
  const queryClient = new QueryClient({
    defaultOptions: {
      queries: {
        // The event stream tells when data is stale.
        staleTime: 60_000,
        retry: (failures, error) =>
          failures < 3 && error instanceof ApiProblem && error.isTemporary,
      },
      mutations: {
        // Nothing was done: a page that opens may ask for more at once than one user gets.
        retry: (failures, error) =>
          failures < 2 && error instanceof ApiProblem && error.status === 429,
      },
    },
  });
  queryClient.setQueryData(EVENT_POSITION, first?.events);
  queryClient.setQueryData(meQuery.queryKey, first?.me);
  queryClient.setQueryData(CHOSEN_HOME, first?.home ?? readCookie(HOME_COOKIE));
  queryClient.setQueryData(homesQuery.queryKey, first?.homes?.items);
  queryClient.setQueryData(peopleQuery.queryKey, first?.people);
  queryClient.setQueryData(asksQuery.queryKey, first?.asks);
  queryClient.setQueryData(routersQuery.queryKey, first?.routers?.items);
  for (const policy of first?.policies ?? [])
    queryClient.setQueryData(policyQuery(policy.router_id).queryKey, policy);
  queryClient.setQueryData(devicesQuery.queryKey, first?.devices?.items);
  return queryClient;
}

/** The whole web app, the same on the server and in the browser. */
export function App({
  router,
  queryClient,
  language,
  texts,
  timeZone,
  onReady,
}: {
  router: AnyRouter;
  queryClient: QueryClient;
  language: Language;
  texts: Texts;
  /** Only on the server, where use-intl needs one: dates use the person's own (design/time.tsx). */
  timeZone?: string;
  /** Called once the app is interactive. */
  onReady?: () => void;
}) {
  useEffect(() => onReady?.(), [onReady]);
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
