/** The first scan of a new connection: put off while many come at once, and repeated while the database is away. */
import { explainOutage } from '../database/outage.ts';
import { NotFoundError, UnavailableError } from '../errors.ts';
import { within } from '../timeout.ts';
import { type RouterSession, SessionEndedError } from './driver.ts';

/** Milliseconds within which routers are scanned that have only gone to another node, and whose devices are known. */
const SPREAD = 60_000;
/** Milliseconds until it is tried again while the database is away. */
const RETRY = 2_000;
/** So many that connect within so many milliseconds are a rush. */
const RUSH = { routers: 10, milliseconds: 1_000 };
/** Milliseconds between two looks whether it is over, and for which it is waited for at most. */
const [LOOK, LONGEST_RUSH] = [250, 30_000];

/** Many routers connect at once: their logins and their policies come before anybody's scan. */
export interface Rush {
  /** One has connected. */
  note: () => void;
  isOn: () => boolean;
}

export function createRush(): Rush {
  const last: number[] = [];
  return {
    note: () => {
      last.push(performance.now());
      if (last.length > RUSH.routers) last.shift();
    },
    isOn: () =>
      last.length === RUSH.routers &&
      performance.now() - (last[0] ?? -Infinity) < RUSH.milliseconds,
  };
}

/**
 * Scans until that is stored, or the session has ended; never rejects. If it cannot be stored for another reason than an outage, the session is closed.
 * @param isKnown what the router sees was stored on a connection just before
 */
export async function scanFirst(
  session: Pick<RouterSession, 'ended' | 'close'>,
  scan: () => Promise<unknown>,
  isKnown: boolean,
  rush: Pick<Rush, 'isOn'>,
): Promise<void> {
  const pause = (milliseconds: number) => within(milliseconds, session.ended, () => undefined);
  if (isKnown) await pause(Math.random() * SPREAD);
  for (let waited = 0; waited < LONGEST_RUSH && rush.isOn(); waited += LOOK) await pause(LOOK);
  for (;;) {
    try {
      await scan();
      return;
    } catch (error) {
      // Of a router that was deleted, the reconciler takes care.
      if (error instanceof SessionEndedError || error instanceof NotFoundError) return;
      if (!(explainOutage(error) instanceof UnavailableError)) {
        session.close('its scan could not be stored');
        return;
      }
    }
    await pause(RETRY);
  }
}
