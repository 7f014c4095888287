import type { paths } from '../../../client/src/client.ts';
import { type Api, dataOf } from './api.ts';
import type { NamedHome } from './homes.ts';
import { type Named, findNamed } from './names.ts';

export type Person =
  paths['/api/v1/homes/{home_id}/people']['get']['responses'][200]['content']['application/json']['items'][number];
export type NamedPerson = Person & Named;

/** The people of homes. */
export async function listPeople(api: Api, homes: readonly NamedHome[]): Promise<NamedPerson[]> {
  const lists = await Promise.all(
    homes.map(async ({ id: home_id, name: home }) => {
      const path = { params: { path: { home_id } } };
      const { items } = await dataOf(api.GET('/api/v1/homes/{home_id}/people', path));
      return items.map((person) => ({
        ...person,
        names: [person.name],
        keys: [person.id],
        description: `"${person.name}" (${home})`,
      }));
    }),
  );
  return lists.flat();
}

/** The person of a home that a text names. Throws NotFoundError, or InvalidInputError with the candidates. */
export async function findPerson(
  api: Api,
  home: NamedHome,
  text: string,
  field = 'person',
): Promise<NamedPerson> {
  return findNamed(await listPeople(api, [home]), { field, text, what: 'person' });
}
