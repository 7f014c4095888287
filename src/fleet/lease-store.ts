/** Leases in PostgreSQL. */
import type { Database } from '../database/pool.ts';
import { repeat } from '../repeat.ts';
import {
  beginLease,
  endLease,
  endLostConnections,
  findLivingNodes,
  renewLease,
} from '../routers/leases.ts';
import { type LeaseStore, RENEW_EVERY, createContact } from './lease.ts';

export function leaseStore(database: Database): LeaseStore {
  return {
    begin: (holder) => beginLease(database, holder),
    renew: (holder, report) => renewLease(database, holder, report),
    end: (holder) => endLease(database, holder),
    endLost: (node) => endLostConnections(database, node),
  };
}

/**
 * In a process without routers: ends what nodes held whose lease is over.
 * @returns a function that stops it
 */
export function watchLeases(database: Database, onError: (error: unknown) => void): () => void {
  const contact = createContact(() => performance.now());
  return repeat(
    async () => {
      await findLivingNodes(database);
      contact.reached();
      if (contact.isTrusted()) await endLostConnections(database);
    },
    RENEW_EVERY,
    (error) => {
      contact.lost();
      onError(error);
    },
  );
}
