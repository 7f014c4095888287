/** A node that stops, or has lost the database, sends its routers to others, few at a time, so that those are not flooded. */
import type { RouterConnections } from './connections.ts';

const delay = (milliseconds: number) =>
  new Promise<void>((resolve) => void setTimeout(resolve, milliseconds));

/** Milliseconds in which a balancer learns to send nobody any more: it asks every second. */
const NOTICE = 2_000;
/** 200 a second. */
const PACE = { routers: 10, milliseconds: 50 };
/** Milliseconds for the last ones to be elsewhere. */
const LAST = 10_000;

/**
 * Sends all routers elsewhere, also those that still come. Resolves when none is left, or the last have not gone in time.
 * @param isWanted whether it goes on
 */
export async function sendElsewhere(
  connections: Pick<RouterConnections, 'held' | 'leave' | 'size'>,
  isWanted: () => boolean = () => true,
): Promise<void> {
  const sent = new Set<string>();
  if (connections.size() > 0) await delay(NOTICE);
  for (let waited = 0; isWanted() && connections.size() > 0 && waited < LAST;) {
    const next = connections
      .held()
      .filter(({ connection_id }) => !sent.has(connection_id))
      .slice(0, PACE.routers);
    for (const router of next) {
      sent.add(router.connection_id);
      connections.leave(router);
    }
    waited = next.length > 0 ? 0 : waited + PACE.milliseconds;
    await delay(PACE.milliseconds);
  }
}
