/** When a message that has failed may be tried again: what was told before quiet hours does not ring in them. */
import type { TenantTransaction } from '../database/transaction.ts';
import { isWanted, kindOf } from './kinds.ts';
import type { Listener } from './listener.ts';
import { findPreferences } from './preferences.ts';
import { quietUntil } from './quiet.ts';

/**
 * Seconds until then. A channel that may get something urgent in quiet hours goes on trying, as that would have to wait behind it. The answer to a
 * child that asked is not urgent enough for that.
 */
export async function waitForQuiet(
  transaction: TenantTransaction,
  listener: Listener & { channelId: string },
  seconds: number,
): Promise<number> {
  const { zone, quiet_hours, let_through } = await findPreferences(transaction, listener);
  if (quiet_hours.length === 0) return seconds;
  const channel = await transaction
    .selectFrom('alert_channels')
    .select(['kind', 'wanted'])
    .where((row) => row.and({ user_id: listener.userId, id: listener.channelId }))
    .executeTakeFirstOrThrow();
  const urgent = let_through.filter((kind) => kind !== 'access_answered');
  if (urgent.some((kind) => isUrgentFor(kind, channel))) return seconds;
  const again = Date.now() + seconds * 1_000;
  const end = quietUntil(quiet_hours, zone, again);
  // The transaction, from whose beginning they count, is older than this instant.
  return end === undefined ? seconds : Math.ceil(seconds + (end - again) / 1_000) + 1;
}

function isUrgentFor(name: string, channel: Parameters<typeof isWanted>[1]): boolean {
  const kind = kindOf(name);
  return kind !== undefined && isWanted(kind, channel);
}
