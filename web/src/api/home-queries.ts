import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { ApiProblem, api, unwrap } from './client.ts';
import { type Answer, type Items, everyPage } from './queries.ts';

export type Home = Items<Answer<'/api/v1/homes'>>;
export type Role = Home['role'];
export type Person = Items<Answer<'/api/v1/homes/{home_id}/people'>>;
export type Rule = Items<Answer<'/api/v1/homes/{home_id}/rules'>>;
export type Member = Items<Answer<'/api/v1/homes/{home_id}/members'>>;
export type Invitation = Items<Answer<'/api/v1/homes/{home_id}/invitations'>>;
/** What a child sees of a home. */
export type Child = Answer<'/api/v1/homes/{home_id}/me'>;

const PAGE = 500;

/** Key of the id of the home that was chosen in this browser; its data is '' for all own homes. It stays until the page is left. */
export const CHOSEN_HOME = ['chosen-home'];

export const homesQuery = queryOptions({
  queryKey: ['homes'],
  queryFn: async ({ signal }) => (await unwrap(api.GET('/api/v1/homes', { signal }))).items,
});

/** The homes that the pages show: the chosen one, else all own ones. */
export function homesShown(homes: readonly Home[], chosen: string | undefined): readonly Home[] {
  const found = homes.filter(({ id }) => id === chosen);
  return found.length > 0 ? found : homes.filter(({ is_own }) => is_own);
}

/** The people of the homes that are shown. */
export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal, client }) =>
    eachHome(
      client,
      async (home_id) => {
        const params = { path: { home_id } };
        return (await unwrap(api.GET('/api/v1/homes/{home_id}/people', { signal, params }))).items;
      },
      ({ people }) => people > 0,
    ),
});

/** Their rules, without those that are over. */
export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: ({ signal, client }) =>
    eachHome(client, (home_id) =>
      everyPage((cursor) =>
        unwrap(
          api.GET('/api/v1/homes/{home_id}/rules', {
            signal,
            params: { path: { home_id }, query: { limit: PAGE, state: 'current', ...cursor } },
          }),
        ),
      ),
    ),
});

export const membersQuery = (home_id: string) =>
  queryOptions({
    queryKey: ['members', home_id],
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          api.GET('/api/v1/homes/{home_id}/members', { signal, params: { path: { home_id } } }),
        )
      ).items,
  });

export const invitationsQuery = (home_id: string) =>
  queryOptions({
    queryKey: ['invitations', home_id],
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          api.GET('/api/v1/homes/{home_id}/invitations', { signal, params: { path: { home_id } } }),
        )
      ).items,
  });

/** What an invitation is for; null if it does not work (any more). */
export const invitationQuery = (secret: string) =>
  queryOptions({
    queryKey: ['invitation', secret],
    queryFn: async ({ signal }) => {
      try {
        return await unwrap(
          api.GET('/api/v1/invitations/{secret}', { signal, params: { path: { secret } } }),
        );
      } catch (error) {
        if (error instanceof ApiProblem && [400, 404, 409].includes(error.status)) return null;
        throw error;
      }
    },
  });

/** What holds for the child who asks. */
export const childQuery = (home_id: string) =>
  queryOptions({
    queryKey: ['child', home_id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/homes/{home_id}/me', { signal, params: { path: { home_id } } })),
    // A child gets no events (docs/web.md): who waits for an answer looks more often.
    refetchInterval: ({ state }) => (state.data?.last_ask?.answer === null ? 20_000 : 30_000),
  });

/** At most so many requests at once: a page that opens asks for more besides. */
const AT_ONCE = 4;

/** Something of each of the homes that are shown, together. @param isMeant which homes have it */
export async function eachHome<Item>(
  client: QueryClient,
  fetchOf: (home_id: string) => Promise<readonly Item[]>,
  isMeant: (home: Home) => boolean = () => true,
): Promise<readonly Item[]> {
  const homes = await client.fetchQuery(homesQuery);
  const ids = homesShown(homes, client.getQueryData(CHOSEN_HOME))
    .filter(isMeant)
    .map(({ id }) => id);
  const items: Item[] = [];
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const found = await Promise.all(ids.slice(start, start + AT_ONCE).map(fetchOf));
    items.push(...found.flat());
  }
  return items;
}
