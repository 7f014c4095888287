/** How a connection ends that a newer one has replaced. */
import { noteRival } from '../routers/look-alikes.ts';
import type { ConnectionOf } from '../routers/presence.ts';
import { within } from '../timeout.ts';
import type { RouterSession, SessionWatcher } from './driver.ts';
import type { RouterDatabase } from './router-database.ts';
import type { RouterQuotas } from './router-limits.ts';

/** Milliseconds for an answer of a connection that a newer one has replaced. */
const STILL_THERE = 2_000;

/**
 * Gives what ends a connection that was replaced. If the router still answers on it, it is another box than the one on the newer
 * connection: one agent has one connection. What it says meanwhile is not heard. (Of a router that is dialled, the newest call ends
 * the one before.)
 */
export function createGivingWay(
  { database, quotas }: { database: RouterDatabase; quotas: RouterQuotas },
  { fingerprint, ...connection }: ConnectionOf & { fingerprint: Buffer | undefined },
  session: RouterSession,
  stop: () => void,
): () => void {
  let isGivingWay = false;
  const note = async () => {
    const isThere = session.status().then(
      () => true,
      () => false, // it has ended
    );
    if (fingerprint === undefined || !(await within(STILL_THERE, isThere, () => false))) return;
    await database.asUser(connection.user_id, (transaction) =>
      noteRival(transaction, { ...connection, fingerprint }, session.capabilities.lan),
    );
  };
  return () => {
    if (isGivingWay) return;
    isGivingWay = true;
    stop();
    session.watch(NOBODY);
    void note()
      .catch((error: unknown) =>
        quotas
          .logOf(connection)
          .error({ err: error }, 'could not store that two boxes have one key'),
      )
      .finally(() => session.close('a newer connection replaced it'));
  };
}

const NOBODY: SessionWatcher = {
  onNeighbour: () => undefined,
  onFact: () => undefined,
  onComplaint: () => undefined,
};
