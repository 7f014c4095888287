/** The first scan of a new connection: put off if thousands may come at once, and repeated while the database is away. */
import { explainOutage } from '../database/outage.ts';
import { NotFoundError, UnavailableError } from '../errors.ts';
import { within } from '../timeout.ts';
import { type RouterSession, SessionEndedError } from './driver.ts';

/** Milliseconds within which routers are scanned that have only gone to another node, and whose devices are known. */
const SPREAD = 60_000;
/** Milliseconds until it is tried again while the database is away. */
const RETRY = 2_000;

/**
 * Scans until that is stored, or the session has ended; never rejects. If it cannot be stored for another reason than an outage, the session is closed.
 * @param isKnown what the router sees was stored on a connection just before
 */
export async function scanFirst(
  session: Pick<RouterSession, 'ended' | 'close'>,
  scan: () => Promise<unknown>,
  isKnown: boolean,
): Promise<void> {
  const pause = (milliseconds: number) => within(milliseconds, session.ended, () => undefined);
  if (isKnown) await pause(Math.random() * SPREAD);
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
