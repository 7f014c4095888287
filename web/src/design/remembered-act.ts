import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type Me, meQuery } from '../api/queries.ts';

/** What needs a new sign-in. */
export type Act =
  | 'addChannel'
  | 'createToken'
  | 'signInDevice'
  | 'export'
  | 'linkRouter'
  | 'removeRouter'
  | 'replaceRouter'
  | 'deleteAccount'
  | 'invite'
  | 'changeMember';

/** Kept in this tab while the person is away to sign in again. */
type Remembered = { act: Act; details: string; userId: string; at: number };

const KEY = 'netpilot_act';
/** As long as a sign-in may take. */
const LONGEST_MS = 10 * 60_000;

/** Keeps what the person was about to do, with what the page needs to go on. */
export function rememberAct(act: Act, details: string, userId: string): void {
  const remembered: Remembered = { act, details, userId, at: Date.now() };
  sessionStorage.setItem(KEY, JSON.stringify(remembered));
}

/** Goes on with an act when the same person is back from signing in again, once. `isMine` decides by the details. */
export function useResumedAct(
  act: Act,
  resume: (details: string) => void,
  isMine: (details: string) => boolean = () => true,
): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    const me = queryClient.getQueryData<Me>(meQuery.queryKey);
    const remembered = read();
    if (remembered?.act !== act || !isMine(remembered.details)) return;
    sessionStorage.removeItem(KEY);
    const isInTime = Date.now() - remembered.at < LONGEST_MS;
    if (isInTime && remembered.userId === me?.id) resume(remembered.details);
    // Only what is there when the page opens.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
}

/** Whether an act waits for the page that goes on with it. */
export function isRemembered(act: Act): boolean {
  return read()?.act === act;
}

function read(): Remembered | undefined {
  const text = sessionStorage.getItem(KEY);
  if (text === null) return undefined;
  const remembered: Remembered = JSON.parse(text);
  return remembered;
}
