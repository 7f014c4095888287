import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ApiProblem, api, type components, type paths, unwrap } from './client.ts';

export type Answer<Path extends keyof paths> = paths[Path] extends {
  get: {
    responses: { 200: { content: { 'application/json': infer Body } } };
  };
}
  ? Body
  : never;
export type Items<Page> = Page extends { readonly items: readonly (infer Item)[] } ? Item : never;

export type Me = Answer<'/api/v1/me'>;
export type Session = Items<Answer<'/api/v1/sessions'>>;
export type Token = Items<Answer<'/api/v1/tokens'>>;
/** A code just made, with the line to paste. */
export type PairingCode =
  paths['/api/v1/pairing-codes']['post']['responses'][201]['content']['application/json'];
export type Router = Items<Answer<'/api/v1/routers'>>;
export type Device = Items<Answer<'/api/v1/routers/{router_id}/devices'>>;
export type DeviceDetail = Answer<'/api/v1/routers/{router_id}/devices/{id}'>;
export type Policy = Answer<'/api/v1/routers/{router_id}/policy'>;
export type WhitelistEntry = Items<Answer<'/api/v1/routers/{router_id}/whitelist'>>;
export type BlacklistEntry = Items<Answer<'/api/v1/routers/{router_id}/blacklist'>>;
export type AuditEntry = Items<Answer<'/api/v1/audit'>>;
export type Event = components['schemas']['Event'];
/** `device` for `device.changed`. */
export type SubjectOf<Name> = Name extends `${infer Subject}.${string}` ? Subject : never;

/** The largest page of the API, and of its devices. */
const PAGE = 500;
const DEVICES = 10_000;

/** Key of the number of the last event before the page's first answers. */
export const EVENT_POSITION = ['event-position'];

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/me', { signal })),
  staleTime: Infinity,
});

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async ({ signal }) => (await unwrap(api.GET('/api/v1/sessions', { signal }))).items,
});

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: async ({ signal }) => (await unwrap(api.GET('/api/v1/tokens', { signal }))).items,
});

export const routersQuery = queryOptions({
  queryKey: ['routers'],
  queryFn: async ({ signal }) => (await unwrap(api.GET('/api/v1/routers', { signal }))).items,
});

/** What a router says of itself; null until it has said it. */
export const routerFactsQuery = (router_id: string) =>
  queryOptions({
    queryKey: ['routers', router_id, 'facts'],
    queryFn: async ({ signal }) => {
      try {
        return await unwrap(
          api.GET('/api/v1/routers/{router_id}/facts', { signal, params: { path: { router_id } } }),
        );
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 404) return null;
        throw error;
      }
    },
    // No event says so.
    refetchInterval: 60_000,
  });

export type AgentUpdate = Answer<'/api/v1/routers/{router_id}/update'>;

const UNDER_WAY = ['wanted', 'sending', 'trying'] as const;

/** Whether a newer agent is on its way to the router. */
export function isUpdateUnderWay(
  update: AgentUpdate,
): update is AgentUpdate & { update_state: (typeof UNDER_WAY)[number] } {
  return UNDER_WAY.some((state) => state === update.update_state);
}

/** The agent that this NetPilot has for a router, and how far bringing it there has come. */
export const agentUpdateQuery = ({ router_id, is_active, agent_version }: Router) =>
  queryOptions({
    queryKey: ['routers', router_id, 'update'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/routers/{router_id}/update', { signal, params: { path: { router_id } } }),
      ),
    enabled: is_active && agent_version !== null,
    // No event says what the router answers.
    refetchInterval: ({ state }) => (state.data && isUpdateUnderWay(state.data) ? 1_000 : false),
  });

/** How NetPilot dials a router; null if the router dials in. */
export const dialQuery = (router_id: string) =>
  queryOptions({
    queryKey: ['dial', router_id],
    queryFn: async ({ signal }) => {
      try {
        return await unwrap(
          api.GET('/api/v1/routers/{router_id}/dial', { signal, params: { path: { router_id } } }),
        );
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 404) return null;
        throw error;
      }
    },
    // No event reports a failed connection.
    refetchInterval: ({ state }) => (state.data ? 30_000 : false),
  });

/** All devices of all routers: the browser searches, filters and sorts them at once. */
export const devicesQuery = queryOptions({
  queryKey: ['devices'],
  queryFn: ({ signal }) =>
    everyPage((cursor) =>
      unwrap(
        api.GET('/api/v1/devices', {
          signal,
          params: { query: { limit: DEVICES, sort: '-last_seen', ...cursor } },
        }),
      ),
    ),
});

/** The devices that this page may be shown on, as far as its address says. */
export const ownDevicesQuery = queryOptions({
  queryKey: ['own-devices'],
  queryFn: async ({ signal }) => (await unwrap(api.GET('/api/v1/devices/own', { signal }))).items,
  staleTime: 5 * 60_000,
});

export const deviceQuery = (router_id: string, id: string) =>
  queryOptions({
    queryKey: ['devices', router_id, id],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/routers/{router_id}/devices/{id}', {
          signal,
          params: { path: { router_id, id } },
        }),
      ),
  });

export const policyQuery = (router_id: string) =>
  queryOptions({
    queryKey: ['policy', router_id],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/routers/{router_id}/policy', { signal, params: { path: { router_id } } }),
      ),
  });

/** The entries of one of a router's two lists. */
export const listQuery = (name: 'whitelist' | 'blacklist', router_id: string) =>
  queryOptions({
    queryKey: [name, router_id],
    queryFn: ({ signal }) =>
      everyPage<WhitelistEntry | BlacklistEntry>((cursor) =>
        unwrap(
          api.GET(`/api/v1/routers/{router_id}/${name}`, {
            signal,
            params: { path: { router_id }, query: { limit: PAGE, ...cursor } },
          }),
        ),
      ),
  });

export const blocksQuery = (router_id: string) =>
  queryOptions({
    queryKey: ['blocks', router_id],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        unwrap(
          api.GET('/api/v1/routers/{router_id}/blocks', {
            signal,
            params: { path: { router_id }, query: { limit: PAGE, state: 'all', ...cursor } },
          }),
        ),
      ),
  });

/** The activity, newest first, a page at a time. */
export const auditQuery = (
  filter: Partial<Record<'action' | 'router_id' | 'device_id' | 'actor_id' | 'token_name', string>>,
) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ signal, pageParam }) =>
      unwrap(
        api.GET('/api/v1/audit', {
          signal,
          params: { query: { limit: 50, ...filter, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });

/** Fetches all pages of a list. */
export async function everyPage<Item>(
  page: (cursor: { cursor?: string }) => Promise<{
    readonly items: readonly Item[];
    readonly next_cursor: string | null;
  }>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const { items: more, next_cursor } = await page(cursor === null ? {} : { cursor });
    items.push(...more);
    cursor = next_cursor;
  } while (cursor !== null);
  return items;
}
