/** A node that stops, or has lost the database, sends its routers to others: as fast as those take them. */
import type { Database } from '../database/pool.ts';
import { findConnectedAnew } from '../routers/presence.ts';
import { delay } from '../timeout.ts';
import type { HeldConnection } from './connection.ts';
import type { RouterConnections } from './connections.ts';

/** Milliseconds in which a balancer learns to send nobody any more: it asks every second. */
const NOTICE = 2_000;
/** 200 a second at most. */
const PACE = { routers: 10, milliseconds: 50 };
/** So many are on their way at a time: more would only wait for each other to log in. */
const ON_THEIR_WAY = 25;
/** Milliseconds after which one is not waited for any more: a slow router, or one that is away. */
const LONGEST_WAY = 5_000;
/** Milliseconds within which all are sent, however slowly they log in elsewhere: a service manager does not wait for ever. */
const LONGEST = 60_000;
/** Milliseconds for the last ones to be elsewhere. */
const LAST = 10_000;

/** Gives which of these connections another one has taken the place of. Never rejects. */
export type FindBack = (sent: readonly HeldConnection[]) => Promise<ReadonlySet<string>>;

/** While the database does not say it, nobody is back. */
export function findBackIn(database: Database): FindBack {
  return (sent) => findConnectedAnew(database, sent).catch(() => new Set());
}

/**
 * Sends all routers elsewhere, also those that still come. Resolves when none is left, or the last have not gone in time.
 * @param findBack who has arrived; undefined: nobody can say
 * @param isWanted whether it goes on
 */
export async function sendElsewhere(
  connections: Pick<RouterConnections, 'held' | 'leave' | 'letGo' | 'size'>,
  findBack?: FindBack,
  isWanted: () => boolean = () => true,
): Promise<void> {
  const sent = new Set<string>();
  const way = createWay(connections, findBack);
  const least = Math.ceil((connections.size() * PACE.milliseconds) / LONGEST);
  if (connections.size() > 0) await delay(NOTICE);
  for (let waited = 0; isWanted() && connections.size() > 0 && waited < LAST;) {
    const next = connections
      .held()
      .filter(({ connection_id }) => !sent.has(connection_id))
      .slice(0, Math.max(least, Math.min(PACE.routers, way.places())));
    for (const router of next) {
      sent.add(router.connection_id);
      way.enter(router);
      connections.leave(router);
    }
    waited = next.length > 0 ? 0 : waited + PACE.milliseconds;
    await delay(PACE.milliseconds);
    void way.look();
  }
}

/** Who is on the way, as far as anybody can say it. Who has arrived, or is not waited for any more, is let go. */
function createWay({ letGo }: Pick<RouterConnections, 'letGo'>, findBack: FindBack | undefined) {
  const away = new Map<string, HeldConnection>();
  let isLooking = false;
  const leave = (connection_id: string, isElsewhere: boolean) => {
    const router = away.get(connection_id);
    if (router === undefined) return;
    away.delete(connection_id);
    letGo(router, isElsewhere);
  };
  return {
    places: () => (findBack === undefined ? Infinity : ON_THEIR_WAY - away.size),
    enter: (router: HeldConnection): void => {
      const { connection_id } = router;
      away.set(connection_id, router);
      setTimeout(() => leave(connection_id, false), LONGEST_WAY).unref();
    },
    /** One question at a time: a database that is slow holds up nobody. */
    look: async (): Promise<void> => {
      if (findBack === undefined || isLooking || away.size === 0) return;
      isLooking = true;
      for (const connection_id of await findBack([...away.values()])) leave(connection_id, true);
      isLooking = false;
    },
  };
}
