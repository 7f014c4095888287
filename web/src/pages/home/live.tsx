import { Suspense, lazy } from 'react';
import { useTranslations } from 'use-intl';
import type { Router } from '../../api/queries.ts';
import { useQuiet } from '../../design/quiet.ts';

/** Nothing of it is part of the first page: it comes when that is done. */
const Traffic = lazy(() => import('./traffic.tsx'));
const Rate = lazy(async () => ({ default: (await import('./traffic.tsx')).Rate }));

type Counting = Pick<
  Router,
  'router_id' | 'home_id' | 'is_active' | 'is_connected' | 'agent_features'
>;

/** How much goes through the routers now, as a line; nothing if none of them counts. */
export function Live({ routers }: { routers: readonly Counting[] }) {
  const t = useTranslations('home');
  const counting = countingAmong(routers);
  const isQuiet = useQuiet();
  if (counting.length === 0) return undefined;
  return (
    <section className="home__part home__live">
      <h2>{t('traffic')}</h2>
      <div className="home__traffic">
        {isQuiet && (
          <Suspense>
            <Traffic
              routerIds={counting.map(({ router_id }) => router_id)}
              homeIds={[...new Set(counting.map(({ home_id }) => home_id))]}
            />
          </Suspense>
        )}
      </div>
    </section>
  );
}

/** The same in a few digits, for which there is room from the beginning. */
export function LiveRate({ routers }: { routers: readonly Counting[] }) {
  const counting = countingAmong(routers);
  const isQuiet = useQuiet();
  if (counting.length === 0) return undefined;
  return (
    <span className="home__rate">
      {isQuiet && (
        <Suspense>
          <Rate routerIds={counting.map(({ router_id }) => router_id)} />
        </Suspense>
      )}
    </span>
  );
}

function countingAmong(routers: readonly Counting[]): readonly Counting[] {
  return routers.filter(
    ({ is_active, is_connected, agent_features }) =>
      is_active && is_connected && agent_features?.includes('usage') === true,
  );
}
