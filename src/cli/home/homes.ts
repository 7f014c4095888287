import type { paths } from '../../../client/src/client.ts';
import { InvalidInputError } from '../../errors.ts';
import { type Api, ServiceError, dataOf } from './api.ts';
import { type Named, findNamed, findOnly } from './names.ts';

export type Home =
  paths['/api/v1/homes']['get']['responses'][200]['content']['application/json']['items'][number];
export type NamedHome = Home & Named;

/** The homes that the user owns or is a member of; none with a token that is for one router alone. */
export async function listHomes(api: Api): Promise<NamedHome[]> {
  try {
    const { items } = await dataOf(api.GET('/api/v1/homes'));
    return items.map((home) => ({
      ...home,
      names: [home.name],
      keys: [home.id],
      description: `"${home.name}"${home.is_own ? '' : ` of ${home.owner_name ?? 'somebody else'}`}`,
    }));
  } catch (error) {
    if (error instanceof ServiceError && error.kind === 'forbidden') return [];
    throw error;
  }
}

/** The home that `--home` names; without it the only one, or the only one with routers; else undefined. Throws NotFoundError, InvalidInputError. */
export function chooseHome(
  homes: readonly NamedHome[],
  wanted: string | undefined,
): NamedHome | undefined {
  if (wanted !== undefined)
    return findNamed(homes, { field: '--home', text: wanted, what: 'home' });
  const [only, another] = homes;
  if (another === undefined) return only;
  const [used, more] = homes.filter(({ routers }) => routers > 0);
  return more === undefined ? used : undefined;
}

/** The homes that a list is about: the chosen one, or all of one's own. */
export function ownHomes({
  home,
  homes,
}: {
  home: NamedHome | undefined;
  homes: readonly NamedHome[];
}): readonly NamedHome[] {
  return home === undefined ? homes.filter(({ is_own }) => is_own) : [home];
}

/** The home that a change is for. Throws InvalidInputError if several can be meant. */
export function requireHome({
  home,
  homes,
}: {
  home: NamedHome | undefined;
  homes: readonly NamedHome[];
}): NamedHome {
  if (home !== undefined) return home;
  return findOnly(homes, { field: '--home', what: 'home' });
}

/** A time zone of the IANA database. Throws InvalidInputError. */
export function parseZone(text: string, field: string): string {
  try {
    if (/^[A-Za-z]/.test(text))
      return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new InvalidInputError([
    { field, value: text, expected: 'a time zone of the IANA database, such as Europe/Berlin' },
  ]);
}
