import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client.ts';
import type { Answer } from './queries.ts';

export type HomeUsage = Answer<'/api/v1/homes/{home_id}/usage'>;
export type UsagePeriod = HomeUsage['period'];

/** Minutes come once a minute; what is by days changes little within five. */
const everyOf = (period: UsagePeriod) =>
  period === 'hour' || period === 'today' || period === 'day' ? 60_000 : 300_000;

/** Without `format` the answer is never a table. */
async function withoutTable<Body extends object>(answer: Promise<Body | string>): Promise<Body> {
  const body = await answer;
  if (typeof body === 'string') throw new TypeError('The usage came as a table.');
  return body;
}

/** What a home used, with its devices and people, who used most first. */
export const homeUsageQuery = (home_id: string, period: UsagePeriod) =>
  queryOptions({
    queryKey: ['usage-history', 'home', home_id, period],
    queryFn: ({ signal }) =>
      withoutTable(
        unwrap(
          api.GET('/api/v1/homes/{home_id}/usage', {
            signal,
            params: { path: { home_id }, query: { period } },
          }),
        ),
      ),
    // No event says so.
    refetchInterval: everyOf(period),
  });

/** What a device used, as its router counted it. */
export const deviceUsageQuery = (router_id: string, id: string, period: UsagePeriod) =>
  queryOptions({
    queryKey: ['usage-history', 'device', router_id, id, period],
    queryFn: ({ signal }) =>
      withoutTable(
        unwrap(
          api.GET('/api/v1/routers/{router_id}/devices/{id}/usage', {
            signal,
            params: { path: { router_id, id }, query: { period } },
          }),
        ),
      ),
    refetchInterval: everyOf(period),
  });

/** What the devices of a person used. */
export const personUsageQuery = (home_id: string, id: string, period: UsagePeriod) =>
  queryOptions({
    queryKey: ['usage-history', 'person', home_id, id, period],
    queryFn: ({ signal }) =>
      withoutTable(
        unwrap(
          api.GET('/api/v1/homes/{home_id}/people/{id}/usage', {
            signal,
            params: { path: { home_id, id }, query: { period } },
          }),
        ),
      ),
    refetchInterval: everyOf(period),
  });

/** Where a device's usage is as a table: a link that downloads it. */
export const deviceUsageTable = (router_id: string, id: string, period: UsagePeriod) =>
  `/api/v1/routers/${encodeURIComponent(router_id)}/devices/${id}/usage?period=${period}&format=csv`;

/** The same of a person. */
export const personUsageTable = (home_id: string, id: string, period: UsagePeriod) =>
  `/api/v1/homes/${home_id}/people/${id}/usage?period=${period}&format=csv`;
