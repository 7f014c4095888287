import { queryOptions } from '@tanstack/react-query';
import { api, expectOk, type paths, unwrap } from './client.ts';
import { eachHome } from './home-queries.ts';
import type { Answer, Items } from './queries.ts';

export type HealthHistory = Answer<'/api/v1/routers/{router_id}/health'>;
export type Ask = Items<Answer<'/api/v1/homes/{home_id}/asks'>>;

type AnswerPath = paths['/api/v1/homes/{home_id}/asks/{id}/answer']['post'];
/** What somebody answers. */
export type AskAnswer = AnswerPath['requestBody']['content']['application/json'];

/** Outages and the series of a router. */
export const routerHealthQuery = (router_id: string, period: HealthHistory['period'] = 'day') =>
  queryOptions({
    queryKey: ['health', router_id, period],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/routers/{router_id}/health', {
          signal,
          params: { path: { router_id }, query: { period } },
        }),
      ),
    // Events report outages; of the series none does.
    refetchInterval: 60_000,
  });

/** Of each device of the homes that are shown, by its id, the strip of the last 24 hours; those that were not there have none. */
export const presenceStripsQuery = queryOptions({
  queryKey: ['presence'],
  queryFn: async ({ signal, client }) => {
    const found = await eachHome(
      client,
      async (home_id) => [
        await unwrap(
          api.GET('/api/v1/homes/{home_id}/presence', {
            signal,
            params: { path: { home_id }, query: { hours: 24 } },
          }),
        ),
      ],
      ({ routers, role }) => routers > 0 && role !== 'child',
    );
    return new Map(found.flatMap(({ devices }) => Object.entries(devices)));
  },
  // A slot is half an hour: an event each time a device comes or goes would be too often.
  refetchInterval: 5 * 60_000,
  staleTime: 60_000,
});

/** Who waits for an answer in the homes that are shown, the newest of each home first. */
export const asksQuery = queryOptions({
  queryKey: ['asks'],
  queryFn: ({ signal, client }) =>
    eachHome(
      client,
      async (home_id) =>
        (
          await unwrap(
            api.GET('/api/v1/homes/{home_id}/asks', {
              signal,
              params: { path: { home_id }, query: { state: 'open' } },
            }),
          )
        ).items,
      ({ people, role }) => people > 0 && role !== 'child',
    ),
});

/** Grants or refuses; look at `still_blocked` of the answer, and at its `deliveries`. */
export function answerAsk({ home_id, id }: Pick<Ask, 'home_id' | 'id'>, body: AskAnswer) {
  return unwrap(
    api.POST('/api/v1/homes/{home_id}/asks/{id}/answer', {
      params: { path: { home_id, id } },
      body,
    }),
  );
}

/** A child asks for more time. */
export function askForTime(home_id: string, minutes: number, message: string) {
  return expectOk(
    api.POST('/api/v1/homes/{home_id}/asks', {
      params: { path: { home_id } },
      body: { minutes, ...(message.trim() !== '' && { message: message.trim() }) },
    }),
  );
}
