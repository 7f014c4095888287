/** Where those live now who were moved away from this cell. */
import { sql } from 'kysely';
import type { Database } from '../database/pool.ts';
import { credentialTransaction } from '../database/transaction.ts';

/**
 * The cell of who has a secret, or a router's key, by its SHA-256: undefined for one that nobody was moved with. This cell itself: they
 * are on the way here, and will have arrived in a moment.
 */
export function findMoved(database: Database, hash: Buffer): Promise<number | undefined> {
  return credentialTransaction(database, hash, async (transaction) => {
    const moved = await transaction
      .selectFrom('moved_secrets')
      .select('cell')
      .where('hash', '=', hash)
      .where(sql<boolean>`coalesce(until > now(), true)`)
      .executeTakeFirst();
    return moved?.cell;
  });
}
