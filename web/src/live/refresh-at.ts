import type { QueryClient } from '@tanstack/react-query';
import { type Child, peopleQuery, rulesQuery } from '../api/home-queries.ts';
import { devicesQuery } from '../api/queries.ts';

/** What ends by itself ends by the server's clock: it is asked a little later. */
const LATER_MS = 300;
/** If it has not ended yet for the server, the clocks differ: it is asked again, after twice as long each time. */
const AGAIN_MS = 2_000;
/** A timer does not last longer than 24 days. */
const LONGEST_MS = 60 * 60 * 1000;

/** The queries that something of ends or begins by itself. */
const TIMED = ['devices', 'people', 'rules', 'child'];

/**
 * Fetches what holds anew at the instant at which something of it ends or begins by itself, which no event reports.
 * The returned function stops it.
 */
export function refreshAtSwitches(queryClient: QueryClient): () => void {
  let planned: number | undefined;
  let again = AGAIN_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (time: number) => {
    clearTimeout(timer);
    timer = setTimeout(ring, Math.min(time, LONGEST_MS));
  };
  const plan = () => {
    const next = nextSwitch(queryClient);
    if (next === planned) return;
    planned = next;
    again = AGAIN_MS;
    clearTimeout(timer);
    if (next !== undefined) wait(Math.max(next - Date.now(), 0) + LATER_MS);
  };
  const ring = () => {
    if (planned === undefined) return;
    const rest = planned - Date.now();
    if (rest > 0) return wait(rest + LATER_MS);
    // An answer that plans another instant starts another timer.
    wait(again);
    again = Math.min(2 * again, LONGEST_MS);
    for (const name of TIMED) void queryClient.invalidateQueries({ queryKey: [name] });
  };
  const unsubscribe = queryClient.getQueryCache().subscribe(({ type, query: { queryKey } }) => {
    if (type === 'updated' && TIMED.some((name) => name === queryKey[0])) plan();
  });
  plan();
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}

/** The first instant at which something of what is shown changes by itself, in ms; undefined if nothing does. */
function nextSwitch(queryClient: QueryClient): number | undefined {
  const own = queryClient.getQueriesData<Child>({ queryKey: ['child'] });
  const held = [
    ...(queryClient.getQueryData(devicesQuery.queryKey) ?? []),
    ...(queryClient.getQueryData(peopleQuery.queryKey) ?? []),
    ...own.flatMap(([, data]) => data?.devices ?? []),
  ];
  const rules = queryClient.getQueryData(rulesQuery.queryKey) ?? [];
  const moments = [
    ...held.flatMap(({ access: { until, next } }) => [until, next?.at ?? null]),
    ...rules.flatMap(({ from_at, until_at }) => [until_at, isAhead(from_at) ? from_at : null]),
  ];
  return moments
    .filter((moment) => moment !== null)
    .map((moment) => Date.parse(moment))
    .reduce<number | undefined>(
      (first, each) => (first === undefined || each < first ? each : first),
      undefined,
    );
}

function isAhead(moment: string): boolean {
  return Date.parse(moment) > Date.now();
}
