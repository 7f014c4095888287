import type { Selectable } from 'kysely';
import type { JsonValue, UserSettings } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';

/** A setting as stored: the user's own if `router_id` is null. */
export type Setting = Selectable<UserSettings>;

/** The user's own settings (`router_id` null), or those of one router. */
export type SettingScope = Pick<Setting, 'user_id' | 'router_id'>;

/** A query for the settings of a scope, or for one of them. */
export function selectSettings(
  transaction: TenantTransaction,
  { user_id, router_id }: SettingScope,
  key?: string,
) {
  const settings = transaction
    .selectFrom('user_settings')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('router_id', router_id === null ? 'is' : '=', router_id);
  return key === undefined ? settings : settings.where('setting_key', '=', key);
}

/** Sets a value, whether or not there was one. */
export function putSetting(
  transaction: TenantTransaction,
  scope: SettingScope,
  setting_key: string,
  value: JsonValue,
): Promise<Setting> {
  const setting_value = JSON.stringify(value);
  return transaction
    .insertInto('user_settings')
    .values({ ...scope, setting_key, setting_value })
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'router_id', 'setting_key']).doUpdateSet({ setting_value }),
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
    .where((row) => row.and({ user_id, id }))
    .execute();
}
