import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '../database/pool.ts';
import { repeat } from '../repeat.ts';

const EVERY_MS = 5 * 60_000;
/** Routers in one transaction: their samples wait for it. */
const AT_ONCE = 50;
/** Milliseconds between two: all routers' hours end at the same time, and others want the database, too. */
const PAUSE = 100;

/**
 * Sums minutes to hours and these to days, and deletes what was kept long enough, now and every five minutes. Any number of
 * processes may do it at once.
 * @returns a function that stops it
 */
export function startSumming(database: Database, onError: (error: unknown) => void): () => void {
  return repeat((isStopped) => sumUsage(database, isStopped), EVERY_MS, onError);
}

/** Sums what is over, of all routers, until all is summed or `isStopped`. */
export async function sumUsage(database: Database, isStopped = () => false): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ summed: number }>`select sum_usage(${AT_ONCE}) as summed`.execute(
      database,
    );
    if ((rows[0]?.summed ?? 0) < AT_ONCE || isStopped()) return;
    await delay(PAUSE);
  }
}
