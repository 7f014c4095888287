import type { Selectable } from 'kysely';
import type { ImportRejects, Imports } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import type { Position } from '../api/page.ts';
import { NotFoundError } from '../errors.ts';

/** The user's imports, newest first, after a position. */
export function listImports(
  transaction: TenantTransaction,
  userId: string,
  count: number,
  after: Position | undefined,
): Promise<Selectable<Imports>[]> {
  let query = transaction.selectFrom('imports').selectAll().where('user_id', '=', userId);
  if (after !== undefined) query = query.where('id', '<', after.id);
  return query.orderBy('id', 'desc').limit(count).execute();
}

/** One import. Throws NotFoundError if the user has none of that id. */
export async function findImport(
  transaction: TenantTransaction,
  userId: string,
  id: string,
): Promise<Selectable<Imports>> {
  const found = await transaction
    .selectFrom('imports')
    .selectAll()
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (found === undefined) throw new NotFoundError('import', id);
  return found;
}

/** The records that an import rejected, in the order of reading, after a position. */
export function listRejects(
  transaction: TenantTransaction,
  userId: string,
  importId: string,
  count: number,
  after: Position | undefined,
): Promise<Selectable<ImportRejects>[]> {
  let query = transaction
    .selectFrom('import_rejects')
    .selectAll()
    .where('user_id', '=', userId)
    .where('import_id', '=', importId);
  if (after !== undefined) query = query.where('id', '>', after.id);
  return query.orderBy('id').limit(count).execute();
}
