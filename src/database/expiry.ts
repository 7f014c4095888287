import { sql } from 'kysely';
import type { Database } from './pool.ts';

const EVERY_MS = 10 * 60_000;

/**
 * Deletes what has run out (sessions ended long ago, sign-ins never finished, kept answers) now and
 * every ten minutes. Any number of processes may do it at once.
 * @returns a function that stops it
 */
export function startExpiry(database: Database, onError: (error: unknown) => void): () => void {
  const run = () => void sql`select * from delete_expired()`.execute(database).catch(onError);
  run();
  const timer = setInterval(run, EVERY_MS);
  return () => clearInterval(timer);
}
