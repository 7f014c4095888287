/** The first scan of a new connection: put off while many come at once, and repeated while the database is away. */
import { explainOutage } from '../database/outage.ts';
import { NotFoundError, UnavailableError } from '../errors.ts';
import { type RouterSession, SessionEndedError } from './driver.ts';

/** Milliseconds within which routers are scanned that have only gone to another node, and whose devices are known. */
const SPREAD = 60_000;
/** Milliseconds until it is tried again while the database is away. */
const RETRY = 2_000;
/** So many that connect within so many milliseconds are a rush. */
const RUSH = { routers: 10, milliseconds: 1_000 };
/** Milliseconds between two looks whether it is over, and for which it is waited for at most. */
const [LOOK, LONGEST_RUSH] = [250, 100_000];

/** Many routers connect at once: their logins and their policies come before anybody's scan. */
export interface Rush {
  /** One has connected. */
  note: () => void;
  /** Resolves when it is over, or has been waited for long enough. */
  over: () => Promise<void>;
}

export function createRush(): Rush {
  const last: number[] = [];
  /** In the order in which they came. Thousands wait: one timer looks for all. */
  const waiting = new Set<{ until: number; go: () => void }>();
  let timer: NodeJS.Timeout | undefined;
  const isOn = () =>
    last.length === RUSH.routers && performance.now() - (last[0] ?? -Infinity) < RUSH.milliseconds;

  function look(): void {
    const now = performance.now();
    const mustWait = isOn();
    for (const one of waiting) {
      if (mustWait && one.until > now) return;
      waiting.delete(one);
      one.go();
    }
    clearInterval(timer);
    timer = undefined;
  }

  return {
    note: () => {
      last.push(performance.now());
      if (last.length > RUSH.routers) last.shift();
    },
    over: async () => {
      if (!isOn()) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.add({ until: performance.now() + LONGEST_RUSH, go: resolve });
      timer ??= setInterval(look, LOOK);
      await promise;
    },
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
  rush: Pick<Rush, 'over'>,
): Promise<void> {
  const pause = pausesUntil(session.ended);
  if (isKnown) await pause(Math.random() * SPREAD);
  await rush.over();
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

/** Pauses that end when the session does. It is listened to once, as each listener would stay for as long as the session. */
function pausesUntil(ended: Promise<unknown>): (milliseconds: number) => Promise<void> {
  let isOver = false;
  let resume = () => {};
  void ended.finally(() => {
    isOver = true;
    resume();
  });
  return async (milliseconds) => {
    if (isOver) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    resume = resolve;
    await promise;
    clearTimeout(timer);
  };
}
