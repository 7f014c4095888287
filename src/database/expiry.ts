import { sql } from 'kysely';
import type { Database } from './pool.ts';
import { repeat } from '../repeat.ts';

const EVERY_MS = 10 * 60_000;
/** The most rows of one table that delete_expired() deletes at a time. */
const BATCH = 10_000;

/**
 * Deletes what has expired (sessions ended long ago, unfinished sign-ins, kept answers, events older than a
 * day) and makes the partitions that come next, now and every ten minutes. Any number of processes may do it at once.
 * @returns a function that stops it
 */
export function startExpiry(database: Database, onError: (error: unknown) => void): () => void {
  return repeat(
    async (isStopped) => {
      await keepPartitions(database, isStopped);
      await deleteExpired(database, isStopped);
    },
    EVERY_MS,
    onError,
  );
}

/** Makes the partitions that come next, and drops those of events that have expired, each in a transaction of its own. */
export async function keepPartitions(database: Database, isStopped = () => false): Promise<void> {
  for (let more = true; more && !isStopped();) {
    const { rows } = await sql<{ done: string | null }>`
      select keep_partitions() as done`.execute(database);
    more = rows.some(({ done }) => done !== null);
  }
}

/** Deletes what has expired, in short transactions, until all is deleted or `isStopped`. */
export async function deleteExpired(database: Database, isStopped = () => false): Promise<void> {
  for (let more = true; more && !isStopped();) {
    const { rows } = await sql<{ deleted: number }>`
      select max(deleted) as deleted from delete_expired()`.execute(database);
    more = rows.some(({ deleted }) => deleted >= BATCH);
  }
}
