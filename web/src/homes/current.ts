import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CHOSEN_HOME, type Home, type Role, homesQuery, homesShown } from '../api/home-queries.ts';
import { forgetCookie, setCookie } from '../cookie.ts';

/** Where the chosen home is kept. */
export const HOME_COOKIE = 'netpilot_home';
const NONE: readonly Home[] = [];

/** The homes that the pages show: the chosen one, else all own ones. */
export function useShownHomes(): readonly Home[] {
  const { data: homes = NONE } = useQuery(homesQuery);
  return homesShown(homes, useChosenHome());
}

/** The id of the chosen home; undefined if all own homes are shown. */
export function useChosenHome(): string | undefined {
  const chosen = useQueryClient().getQueryData<string>(CHOSEN_HOME);
  return chosen === '' ? undefined : chosen;
}

/** Shows another home from now on; undefined stands for all own ones. Starts the app anew: nothing of the other home may stay. */
export function chooseHome(id: string | undefined): void {
  if (id === undefined) forgetCookie(HOME_COOKIE);
  else setCookie(HOME_COOKIE, id);
  location.assign('/');
}

/** Whether and what the person may change in the homes that are shown: what they may not has no button. */
export function useRights(): { role: Role; canChange: boolean; isOwner: boolean } {
  const [home] = useShownHomes();
  const role = home?.role ?? 'owner';
  return { role, canChange: role === 'owner' || role === 'admin', isOwner: role === 'owner' };
}
