import type { QueryClient } from '@tanstack/react-query';
import {
  type RouterHistory,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { Suspense, lazy, useEffect } from 'react';
import { SUBJECTS, type Subject } from './pages/activity/subject.ts';
import { ApiProblem } from './api/client.ts';
import { CHOSEN_HOME, type Home, homesQuery, homesShown, peopleQuery } from './api/home-queries.ts';
import { devicesQuery, meQuery, routersQuery } from './api/queries.ts';
import { ProblemNotice, Skeleton } from './design/notice.tsx';
import { whenQuiet } from './design/quiet.ts';
import { useRights } from './homes/current.ts';
import type { Filter } from './pages/devices/filter.ts';
import { STATES } from '../../src/devices/states.ts';
import { HomePage } from './pages/home/page.tsx';
import { Shell } from './shell/shell.tsx';
import { SignInPage } from './pages/sign-in/page.tsx';

/** A delay that nobody notices. */
const SOON_MS = 50;

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  errorComponent: ({ error, reset }) => (
    <main className="shell__content">
      <ProblemNotice
        error={error instanceof Error ? error : new Error(String(error))}
        onRetry={reset}
      />
    </main>
  ),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ return_to }: { return_to?: unknown }): { return_to?: string } =>
    typeof return_to === 'string' ? { return_to } : {},
  component: SignInPage,
});

/** The address at which the server shows why a sign-in failed. */
const refusedSignIn = createRoute({
  getParentRoute: () => root,
  path: '/auth/$',
  component: SignInPage,
});

/** What a child may open. */
const CHILD_PAGES = /^\/($|settings(\/(alerts|access|account))?$|help(\/|$)|join\/)/;

function isChild(queryClient: QueryClient, homes: readonly Home[]): boolean {
  const [shown] = homesShown(homes, queryClient.getQueryData(CHOSEN_HOME));
  return shown?.role === 'child';
}

/** Parent of all pages that need a sign-in. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: SignedIn,
  beforeLoad: async ({ context: { queryClient }, location }) => {
    let homes: readonly Home[];
    try {
      [, homes] = await Promise.all([
        queryClient.ensureQueryData(meQuery),
        queryClient.ensureQueryData(homesQuery),
      ]);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401)
        throw redirect({ to: '/sign-in', search: { return_to: location.href } });
      throw error;
    }
    if (isChild(queryClient, homes)) {
      if (!CHILD_PAGES.test(location.pathname)) throw redirect({ to: '/' });
      return;
    }
    // Nearly every page needs these: fetched at the same time.
    void queryClient.prefetchQuery(routersQuery);
    void queryClient.prefetchQuery(peopleQuery);
    const devices = queryClient.ensureQueryData(devicesQuery).catch(() => undefined);
    // Devices that come at once are in the first rendering; later ones replace a skeleton.
    await Promise.race([devices, new Promise((resolve) => void setTimeout(resolve, SOON_MS))]);
  },
});

const parent = { getParentRoute: () => signedIn };
const tree = root.addChildren([
  signIn,
  refusedSignIn,
  signedIn.addChildren([
    createRoute({
      ...parent,
      path: '/',
      component: FirstPage,
    }),
    createRoute({
      ...parent,
      path: '/devices',
      validateSearch: devicesSearch,
      component: lazyRouteComponent(() => import('./pages/device/devices-page.tsx'), 'DevicesPage'),
    }),
    createRoute({
      ...parent,
      path: '/routers',
      component: lazyRouteComponent(() => import('./pages/routers/page.tsx'), 'RoutersPage'),
    }),
    createRoute({
      ...parent,
      path: '/activity',
      validateSearch: activitySearch,
      component: lazyRouteComponent(() => import('./pages/activity/page.tsx'), 'ActivityPage'),
    }),
    createRoute({
      ...parent,
      path: '/settings',
      component: lazyRouteComponent(() => import('./pages/settings/you-page.tsx'), 'YouPage'),
    }),
    createRoute({
      ...parent,
      path: '/settings/home',
      component: lazyRouteComponent(() => import('./pages/household/page.tsx'), 'HouseholdPage'),
    }),
    createRoute({
      ...parent,
      path: '/settings/alerts',
      component: lazyRouteComponent(() => import('./pages/alerts/page.tsx'), 'AlertsPage'),
    }),
    createRoute({
      ...parent,
      path: '/settings/alerts/log',
      component: lazyRouteComponent(() => import('./pages/alerts/log-page.tsx'), 'AlertLogPage'),
    }),
    createRoute({
      ...parent,
      path: '/settings/access',
      component: lazyRouteComponent(() => import('./pages/settings/access-page.tsx'), 'AccessPage'),
    }),
    createRoute({
      ...parent,
      path: '/settings/data',
      component: lazyRouteComponent(() => import('./pages/settings/data-page.tsx'), 'DataPage'),
    }),
    createRoute({
      ...parent,
      path: '/settings/data/import',
      component: lazyRouteComponent(() => import('./pages/import/page.tsx'), 'ImportPage'),
    }),
    createRoute({
      ...parent,
      path: '/settings/account',
      component: lazyRouteComponent(
        () => import('./pages/settings/account-page.tsx'),
        'AccountPage',
      ),
    }),
    // Addresses of before.
    createRoute({
      ...parent,
      path: '/home',
      beforeLoad: () => {
        throw redirect({ to: '/settings/home', replace: true });
      },
    }),
    createRoute({
      ...parent,
      path: '/import',
      beforeLoad: () => {
        throw redirect({ to: '/settings/data/import', replace: true });
      },
    }),
    createRoute({
      ...parent,
      path: '/help',
      component: lazyRouteComponent(() => import('./pages/help/page.tsx'), 'HelpPage'),
    }),
    createRoute({
      ...parent,
      path: '/help/$topic',
      component: lazyRouteComponent(() => import('./pages/help/page.tsx'), 'HelpTopicPage'),
    }),
    createRoute({
      ...parent,
      path: '/people',
      component: lazyRouteComponent(() => import('./pages/people/page.tsx'), 'PeoplePage'),
    }),
    createRoute({
      ...parent,
      path: '/people/$id',
      component: lazyRouteComponent(() => import('./pages/people/person-page.tsx'), 'PersonPage'),
    }),
    createRoute({
      ...parent,
      path: '/rules',
      component: lazyRouteComponent(() => import('./pages/rules/page.tsx'), 'RulesPage'),
    }),
    createRoute({
      ...parent,
      path: '/join/$secret',
      component: lazyRouteComponent(() => import('./pages/invitation/page.tsx'), 'InvitationPage'),
    }),
    createRoute({
      ...parent,
      path: '/policy',
      // Its address until the modes came to the rules.
      beforeLoad: () => {
        throw redirect({ to: '/rules', replace: true });
      },
    }),
    createRoute({
      ...parent,
      path: '/routers/$routerId/devices/$id',
      component: lazyRouteComponent(() => import('./pages/device/page.tsx'), 'DevicePage'),
    }),
    // Every other address, in the frame too.
    createRoute({
      ...parent,
      path: '$',
      component: lazyRouteComponent(() => import('./shell/not-found.tsx'), 'NotFound'),
    }),
  ]),
]);

/** The router of the pages. In the browser it follows the address, on the server a `history` of one entry. */
export function createAppRouter(queryClient: QueryClient, history?: RouterHistory) {
  return createRouter({
    ...(history && { history }),
    routeTree: tree,
    context: { queryClient },
    defaultPreload: 'intent',
    // On the server it would add a script to the page.
    scrollRestoration: history === undefined,
    defaultPreloadStaleTime: 0,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}

type DevicesSearch = Filter & {
  /** The device whose panel is open: `<router_id>/<id>`. */
  device?: string | undefined;
};

/** What the list of devices shows, and which of them is open. */
function devicesSearch(search: Record<string, unknown>): DevicesSearch {
  const text = (name: string) => {
    const value = search[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    state: STATES.find((known) => known === search['state']),
    type: text('type'),
    person: text('person'),
    router: text('router'),
    network: text('network'),
    device: text('device'),
  };
}

/** The filter of the activity. Unknown values become undefined: the router would leave them as they are. */
function activitySearch({ what, router, who, token }: Record<string, unknown>): {
  what?: Subject | undefined;
  router?: string | undefined;
  who?: string | undefined;
  token?: string | undefined;
} {
  return {
    what: SUBJECTS.find((known) => known === what),
    router: typeof router === 'string' ? router : undefined,
    who: typeof who === 'string' ? who : undefined,
    token: typeof token === 'string' ? token : undefined,
  };
}

/** Opened by a key: not part of the first page, but there soon after it if there is a keyboard. */
const loadPalette = () => import('./palette/palette.tsx');
const Palette = lazy(loadPalette);

function SignedIn() {
  useEffect(
    () =>
      whenQuiet(() => {
        if (matchMedia('(hover: hover)').matches) void loadPalette();
      }),
    [],
  );
  return <Shell palette={Palette} />;
}

const ChildPage = lazy(async () => ({
  default: (await import('./pages/child/page.tsx')).ChildPage,
}));

/** What a person sees first: the home, or a child what holds for them. */
function FirstPage() {
  const { role } = useRights();
  if (role !== 'child') return <HomePage />;
  return (
    <Suspense fallback={<Skeleton height={320} />}>
      <ChildPage />
    </Suspense>
  );
}
