import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { ApiProblem, api, unwrap } from '../api/client.ts';
import { type LiveRates, NO_RATES, type UsageSample, ratesOf } from './rates.ts';

/** Milliseconds between two looks, and between two requests that the routers go on measuring each 2 s: they do so for a minute. */
const [EVERY, WATCH_EVERY] = [2_000, 50_000];

type Store = { subscribe: (onChange: () => void) => () => void; read: () => LiveRates };

/** By the ids of their routers: who shows the same routers shares what is asked. */
const stores = new Map<string, Store>();

/**
 * What the devices of routers use right now. While it is shown, and the tab is visible, the routers measure each 2 s.
 * @param select what of it is shown, no new object each time: only a change of that renders again
 */
export function useLiveRates(routerIds: readonly string[]): LiveRates;
export function useLiveRates<Shown>(
  routerIds: readonly string[],
  select: (rates: LiveRates) => Shown,
): Shown;
export function useLiveRates(
  routerIds: readonly string[],
  select: (rates: LiveRates) => unknown = (rates) => rates,
): unknown {
  const key = routerIds.toSorted().join(' ');
  const store = useMemo(() => storeOf(key), [key]);
  const read = useCallback(() => select(store.read()), [select, store]);
  return useSyncExternalStore(store.subscribe, read, () => select(NO_RATES));
}

function storeOf(key: string): Store {
  const store = stores.get(key) ?? createStore(key === '' ? [] : key.split(' '));
  stores.set(key, store);
  return store;
}

/** It asks while somebody listens and the tab is visible. */
function createStore(routerIds: readonly string[]): Store {
  const listeners = new Set<() => void>();
  const samples = new Map<string, UsageSample>();
  let rates = NO_RATES;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watchedAt = -Infinity;
  let isAsking = false;

  async function look(): Promise<void> {
    if (performance.now() - watchedAt >= WATCH_EVERY) {
      watchedAt = performance.now();
      await Promise.all(routerIds.map(watch));
    }
    await Promise.all(
      routerIds.map(async (id) => {
        const sample = await readSample(id);
        // Without an answer the last one says how it is, until it is too old.
        if (sample !== undefined) samples.set(id, sample);
      }),
    );
    rates = ratesOf(rates, [...samples.values()], Date.now());
    for (const tell of listeners) tell();
  }

  const isWanted = () => listeners.size > 0 && document.visibilityState === 'visible';

  async function ask(): Promise<void> {
    clearTimeout(timer);
    if (isAsking || !isWanted()) return;
    isAsking = true;
    try {
      await look();
    } finally {
      isAsking = false;
    }
    if (isWanted()) timer = setTimeout(() => void ask(), EVERY);
  }
  const onVisibility = () => void ask();

  return {
    read: () => rates,
    subscribe: (onChange) => {
      listeners.add(onChange);
      if (listeners.size === 1) document.addEventListener('visibilitychange', onVisibility);
      void ask();
      return () => {
        listeners.delete(onChange);
        if (listeners.size > 0) return;
        document.removeEventListener('visibilitychange', onVisibility);
        clearTimeout(timer);
        watchedAt = -Infinity;
      };
    },
  };
}

/** The latest sample of a router; undefined if it has none, or does not answer now. */
async function readSample(router_id: string): Promise<UsageSample | undefined> {
  return ignoreProblems(
    unwrap(api.GET('/api/v1/routers/{router_id}/usage', { params: { path: { router_id } } })),
  );
}

/** Refused if the router is not connected or cannot, or the person only reads: then there is a sample each minute. */
async function watch(router_id: string): Promise<void> {
  await ignoreProblems(
    unwrap(
      api.POST('/api/v1/routers/{router_id}/usage/watch', { params: { path: { router_id } } }),
    ),
  );
}

async function ignoreProblems<Data>(call: Promise<Data>): Promise<Data | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ApiProblem) return undefined;
    throw error;
  }
}
