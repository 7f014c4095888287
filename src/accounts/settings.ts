import type { Selectable } from 'kysely';
import type { JsonValue, UserSettings } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';

/** A setting as stored: the user's own where `router_id` is null. */
export type Setting = Selectable<UserSettings>;

/** Whose setting: the user's (`routerId` null) or one router's. */
export type Scope = { userId: string; routerId: string | null };

export function listSettings(transaction: TenantTransaction, scope: Scope): Promise<Setting[]> {
  return inScope(transaction, scope).orderBy('setting_key').execute();
}

/** One setting, locked until the transaction ends; undefined where it was never set. */
export function lockSetting(
  transaction: TenantTransaction,
  scope: Scope,
  key: string,
): Promise<Setting | undefined> {
  return inScope(transaction, scope).where('setting_key', '=', key).forUpdate().executeTakeFirst();
}

export function findSetting(
  transaction: TenantTransaction,
  scope: Scope,
  key: string,
): Promise<Setting | undefined> {
  return inScope(transaction, scope).where('setting_key', '=', key).executeTakeFirst();
}

/** Sets a value, whether or not there was one. */
export function putSetting(
  transaction: TenantTransaction,
  { userId, routerId }: Scope,
  key: string,
  value: JsonValue,
): Promise<Setting> {
  const json = JSON.stringify(value);
  return transaction
    .insertInto('user_settings')
    .values({ user_id: userId, router_id: routerId, setting_key: key, setting_value: json })
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'router_id', 'setting_key'])
        .doUpdateSet({ setting_value: json }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deleteSetting(
  transaction: TenantTransaction,
  { user_id, id }: Setting,
): Promise<void> {
  await transaction
    .deleteFrom('user_settings')
    .where('user_id', '=', user_id)
    .where('id', '=', id)
    .execute();
}

function inScope(transaction: TenantTransaction, { userId, routerId }: Scope) {
  return transaction
    .selectFrom('user_settings')
    .selectAll()
    .where('user_id', '=', userId)
    .where('router_id', routerId === null ? 'is' : '=', routerId);
}
