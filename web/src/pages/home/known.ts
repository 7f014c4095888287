import { useQueries, useQuery } from '@tanstack/react-query';
import { useNow } from 'use-intl';
import { type Ask, asksQuery } from '../../api/health-queries.ts';
import { homesQuery, peopleQuery } from '../../api/home-queries.ts';
import { type Policy, devicesQuery, policyQuery, routersQuery } from '../../api/queries.ts';
import { useRights } from '../../homes/current.ts';
import { useIsBrowser } from '../../homes/time.tsx';
import type { Known } from './facts.ts';

/** Whether a router is late does not change from one second to the next. */
const NOW_MS = 30_000;
const NONE: readonly Ask[] = [];

/** What the page shows, and what it waits for; `known` is undefined until all of it is there. */
export function useKnown() {
  const routers = useQuery(routersQuery);
  const devices = useQuery(devicesQuery);
  const people = useQuery(peopleQuery);
  const homes = useQuery(homesQuery);
  const policies = usePolicies();
  const { data: asks = NONE } = useQuery(asksQuery);
  const { canChange } = useRights();
  const now = useNow({ updateInterval: NOW_MS }).getTime();
  const isBrowser = useIsBrowser();
  const queries = [routers, devices, people, homes];
  const known: Known | undefined =
    routers.isSuccess && devices.isSuccess && people.isSuccess && homes.isSuccess
      ? {
          routers: routers.data,
          devices: devices.data,
          policies,
          asks,
          canDecide: canChange,
          now: isBrowser ? now : undefined,
        }
      : undefined;
  return { known, queries };
}

/** The policies of the routers that are linked, as far as they are there. */
function usePolicies(): ReadonlyMap<string, Policy> {
  const { data: routers = [] } = useQuery(routersQuery);
  return useQueries({
    queries: routers
      .filter(({ is_active }) => is_active)
      .map(({ router_id }) => policyQuery(router_id)),
    combine: (found) =>
      new Map(found.flatMap(({ data }) => (data ? [[data.router_id, data] as const] : []))),
  });
}
