import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, type paths, unwrap } from './client.ts';
import type { Answer, Items } from './queries.ts';

export type Channels = Answer<'/api/v1/homes/{home_id}/alert-channels'>;
export type Channel = Items<Channels>;
export type Delivery = Items<Answer<'/api/v1/homes/{home_id}/alert-deliveries'>>;

/** The person's own channels in a home, and what this NetPilot can send by. */
export const channelsQuery = (home_id: string) =>
  queryOptions({
    queryKey: ['alert-channels', home_id],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/homes/{home_id}/alert-channels', {
          signal,
          params: { path: { home_id } },
        }),
      ),
  });

type PreferenceRoutes = paths['/api/v1/homes/{home_id}/alert-preferences'];
export type Preferences = Answer<'/api/v1/homes/{home_id}/alert-preferences'>;
/** What is sent to change them. */
export type Wish = NonNullable<
  PreferenceRoutes['put']['requestBody']
>['content']['application/json'];

/** Quiet hours, the digest of the week and the devices that the person watches in a home. */
export const preferencesQuery = (home_id: string) =>
  queryOptions({
    queryKey: ['alert-preferences', home_id],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/homes/{home_id}/alert-preferences', {
          signal,
          params: { path: { home_id } },
        }),
      ),
  });

const PAGE = 50;

/** What became of the alerts of a home, newest first. */
export const deliveriesQuery = (home_id: string, state?: Delivery['state']) =>
  infiniteQueryOptions({
    queryKey: ['alert-deliveries', home_id, state ?? 'all'],
    queryFn: ({ signal, pageParam }) =>
      unwrap(
        api.GET('/api/v1/homes/{home_id}/alert-deliveries', {
          signal,
          params: {
            path: { home_id },
            query: {
              limit: PAGE,
              ...(state !== undefined && { state }),
              ...(pageParam !== '' && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next_cursor }) => next_cursor,
    // No event says that something was sent.
    refetchInterval: 30_000,
  });
