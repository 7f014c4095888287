/** Raises the revisions of a home's routers when it changes whose devices are, or which ones are known. */
import { sql } from 'kysely';
import type { TenantTransaction } from '../database/transaction.ts';
import type { DeviceChanges } from '../devices/assigning.ts';
import { type RouterDelivery, raiseRevisions } from '../policy/revision.ts';
import type { HomeKey } from './queries.ts';

/**
 * In one statement, of all routers of the home: each has its rules for the devices that were seen at the others too. None if there
 * is not a rule for any of the people, or for new devices if one has been reviewed.
 */
export function raiseForDevices(
  transaction: TenantTransaction,
  { user_id, home_id }: HomeKey,
  { people, was_new }: DeviceChanges,
): Promise<RouterDelivery[]> {
  return raiseRevisions(
    transaction,
    user_id,
    sql`router.home_id = ${home_id} and exists (
      select from access_rules rule
      where rule.user_id = ${user_id} and rule.home_id = ${home_id} and rule.is_active
        and coalesce(rule.until_at, 'infinity') > now()
        and (rule.person_id = any (${people}::uuid[]) or ${was_new} and rule.kind = 'new_device'))`,
  );
}
