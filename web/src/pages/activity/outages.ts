/** Outages as sentences among those of the audit. Pure but for the hook at the end. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { useNow } from 'use-intl';
import { type HealthHistory, routerHealthQuery } from '../../api/health-queries.ts';
import { type Home, homesQuery } from '../../api/home-queries.ts';
import type { Router } from '../../api/queries.ts';
import type { Sentence } from './fold.ts';

const MINUTE_MS = 60_000;
/** Of more routers at once nothing is asked, as each is a request: choosing one shows its outages. */
const MOST_ROUTERS = 50;

const NETPILOT = { is: 'netpilot', name: null, token: null, client: null, actor: null } as const;

type Outage = HealthHistory['outages'][number];
type Shown = Pick<Router, 'router_id' | 'router_name' | 'home_id'>;

/**
 * An outage that is over stands where it ended, one that lasts where it began.
 * @param home the home of the router, if it has no other router: then what has no internet is the home
 */
export function sentenceOfOutage(
  { kind, from, until }: Outage,
  router: Shown,
  home: Pick<Home, 'name'> | undefined,
  now: number,
): Sentence {
  const { router_id: id, router_name } = router;
  const name = router_name ?? id;
  const end = until === null ? now : Date.parse(until);
  const isDown = kind === 'internet_down';
  const say = isDown ? 'internetDown' : 'routerAway';
  return {
    id: `outage ${id} ${from} ${kind}`,
    at: until ?? from,
    isImported: false,
    who: NETPILOT,
    told: {
      say: until === null ? `${say}Still` : say,
      thing: {
        kind: isDown && home !== undefined ? 'home' : 'router',
        text: (isDown ? home?.name : undefined) ?? name,
        to: { page: 'routers' },
      },
      minutes: Math.max(1, Math.round((end - Date.parse(from)) / MINUTE_MS)),
    },
    count: 1,
    entries: [],
    router: { id, name },
  };
}

/**
 * Both, newest first; what was imported stays last.
 * @param isWhole whether there are no older entries to load: else outages before the oldest entry wait for them
 */
export function withOutages(
  sentences: readonly Sentence[],
  outages: readonly Sentence[],
  isWhole: boolean,
): readonly Sentence[] {
  if (outages.length === 0) return sentences;
  const imported = sentences.filter(({ isImported }) => isImported);
  const recorded = sentences.filter(({ isImported }) => !isImported);
  const [oldest] = recorded.at(-1)?.entries.slice(-1) ?? [];
  const since = isWhole || imported.length > 0 ? -Infinity : Date.parse(oldest?.at ?? '');
  const shown = outages.filter(({ at }) => Date.parse(at) >= since);
  const mixed = [...recorded, ...shown].toSorted(
    (one, other) => Date.parse(other.at) - Date.parse(one.at),
  );
  return [...mixed, ...imported];
}

/** Whether a filter leaves outages in the list: nobody did them. */
export function hasOutages(filter: {
  subject: string;
  who: string | undefined;
  token: string | undefined;
}): boolean {
  const { subject, who, token } = filter;
  return (subject === 'all' || subject === 'router') && who === undefined && token === undefined;
}

/** The outages of the last week of the routers that are shown; none if a filter leaves them out. Undefined until all have answered. */
export function useOutages(
  routers: readonly Router[] | undefined,
  filter: Parameters<typeof hasOutages>[0] & { router: string },
): readonly Sentence[] | undefined {
  const { data: homes = [] } = useQuery(homesQuery);
  const now = useNow({ updateInterval: MINUTE_MS }).getTime();
  const shown = (hasOutages(filter) ? (routers ?? []) : []).filter(
    ({ router_id }) => filter.router === 'all' || router_id === filter.router,
  );
  const asked = shown.length > MOST_ROUTERS ? [] : shown;
  return useQueries({
    queries: asked.map(({ router_id }) => routerHealthQuery(router_id, 'week')),
    combine: (answers) =>
      routers === undefined || answers.some(({ isPending }) => isPending)
        ? undefined
        : answers.flatMap(({ data }, index) => {
            const router = asked[index];
            if (data === undefined || router === undefined) return [];
            const home = homes.find(
              ({ id, routers: count }) => id === router.home_id && count === 1,
            );
            return data.outages.map((outage) => sentenceOfOutage(outage, router, home, now));
          }),
  });
}
