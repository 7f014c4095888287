import { type RawBuilder, sql } from 'kysely';
import { QuotaExceededError } from '../errors.ts';
import { instant } from './instants.ts';
import type { TenantTransaction } from './transaction.ts';

const KB = 1024;
const MB = 1024 * KB;

/** What one user may have, by the name that problems say; docs/quotas.md lists the same. Sizes are in bytes. */
export const QUOTAS = {
  homes: 50,
  members: 50,
  invitations: 20,
  memberships: 50,
  routers: 50,
  devices: 300_000,
  device_history: 1_000_000,
  list_entries: 10_000,
  list_bytes: 20 * MB,
  blocks: 10_000,
  people: 100,
  picture_bytes: 25 * MB,
  access_rules: 500,
  alert_channels: 20,
  settings: 200,
  setting_bytes: 64 * KB,
  changes_in_an_hour: 2_000,
  audit_detail_bytes: 4 * KB,
  imported_audit_bytes: 50 * MB,
  imports_bytes: 10 * MB,
  tokens: 100,
  sessions: 100,
  pairing_codes: 10,
  event_streams: 20,
} as const;

export type Quota = keyof typeof QUOTAS;

/** Throws QuotaExceededError if there are more of it than one user may have. */
export function requireWithin(quota: Quota, used: number): void {
  if (used > QUOTAS[quota]) throw new QuotaExceededError(quota, QUOTAS[quota], used);
}

const own = sql`user_id = current_user_id()`;

/** What counts before one more is added; for the transaction's user. */
const COUNTS = {
  routers: sql`select count(*) as used from user_routers where ${own}`,
  homes: sql`select count(*) as used from homes where ${own}`,
  members: sql`
    select count(*) as used from home_members where ${own} and home_id = current_home_id()`,
  invitations: sql`
    select count(*) as used from home_invitations
    where ${own} and home_id = current_home_id() and used_at is null and expires_at > now()`,
  memberships: sql`select count(*) as used from home_members where member_id = current_user_id()`,
  list_entries: sql`
    select (select count(*) from user_whitelists where ${own})
         + (select count(*) from user_blacklists where ${own}) as used`,
  blocks: sql`select count(*) as used from user_blocked_devices where ${own} and is_active`,
  // Of who acts, in all homes of the owner; the policy shows no others.
  alert_channels: sql`select count(*) as used from alert_channels where ${own}`,
  settings: sql`select count(*) as used from user_settings where ${own}`,
  tokens: sql`
    select count(*) as used from user_sessions
    where ${own} and token_name is not null and is_active and expires_at > now()`,
  devices: sql`
    select count(*) as used from user_devices
    where ${own} and (imported_at is not null or device_name is not null or device_type is not null or person_id is not null)`,
} satisfies Partial<Record<Quota, RawBuilder<unknown>>>;

const DAY_MS = 86_400_000;

/**
 * What the transaction's user has changed within an hour. Ids are in the order of time: it reads no more than that hour. The
 * planner opens every partition that it cannot rule out, so it gets the day before and after this process's time as well.
 */
export function countChanges(now = Date.now()): RawBuilder<number> {
  return sql<number>`(
    select count(*) from audit_entries
    where ${own} and actor = 'user' and imported_at is null and at > now() - interval '1 hour'
      and id > first_id_at(now() - interval '1 hour')
      and id between first_id_at(${instant(now - DAY_MS)}) and first_id_at(${instant(now + DAY_MS)}))`;
}

/**
 * Throws QuotaExceededError if the transaction's user may not have one more. Of simultaneous transactions that add one,
 * the second waits here for the end of the first, and counts what that added.
 */
export async function requireRoomFor(
  transaction: TenantTransaction,
  quota: keyof typeof COUNTS,
): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended('netpilot.quota ' || ${quota} || current_user_id(), 0))`.execute(
    transaction,
  );
  const { rows } = await sql<{ used: number }>`${COUNTS[quota]}`.execute(transaction);
  const used = rows[0]?.used ?? 0;
  if (used >= QUOTAS[quota]) throw new QuotaExceededError(quota, QUOTAS[quota], used);
}

/** Everything that an import can add, counted after it: it may add any number at once. */
export const IMPORTED_QUOTAS = [
  'routers',
  'devices',
  'device_history',
  'list_entries',
  'list_bytes',
  'blocks',
  'settings',
  'setting_bytes',
  'imported_audit_bytes',
  'imports_bytes',
  'homes',
  'people',
  'picture_bytes',
  'access_rules',
] as const;
export type ImportedQuota = (typeof IMPORTED_QUOTAS)[number];

/** Gives one row with a column for each of them. */
export const COUNT_IMPORTED = `
  select
    (select count(*) from user_routers where user_id = current_user_id()) as routers,
    (select count(*) from user_devices where user_id = current_user_id()
      and (imported_at is not null or device_name is not null or device_type is not null or person_id is not null)) as devices,
    (select count(*) from device_addresses where user_id = current_user_id())
      + (select count(*) from device_presence where user_id = current_user_id()) as device_history,
    (select count(*) from user_whitelists where user_id = current_user_id())
      + (select count(*) from user_blacklists where user_id = current_user_id()) as list_entries,
    (select coalesce(sum(pg_column_size(t.*)), 0) from user_whitelists t where user_id = current_user_id())
      + (select coalesce(sum(pg_column_size(t.*)), 0) from user_blacklists t where user_id = current_user_id()) as list_bytes,
    (select greatest(count(*) filter (where is_active), count(*) filter (where not is_active))
      from user_blocked_devices where user_id = current_user_id()) as blocks,
    (select count(*) from user_settings where user_id = current_user_id()) as settings,
    (select coalesce(max(pg_column_size(setting_value)), 0) from user_settings
      where user_id = current_user_id()) as setting_bytes,
    (select coalesce(sum(pg_column_size(t.*)), 0) from audit_entries t
      where user_id = current_user_id() and imported_at is not null) as imported_audit_bytes,
    (select coalesce(sum(pg_column_size(t.*)), 0) from imports t where user_id = current_user_id())
      + (select coalesce(sum(pg_column_size(t.*)), 0) from import_rejects t
        where user_id = current_user_id()) as imports_bytes,
    (select count(*) from homes where user_id = current_user_id()) as homes,
    (select coalesce(max(n), 0) from (
      select count(*) as n from people where user_id = current_user_id() group by home_id) of_home) as people,
    (select coalesce(sum(octet_length(picture)), 0) from people where user_id = current_user_id()) as picture_bytes,
    (select count(*) from access_rules where user_id = current_user_id()
      and coalesce(until_at, 'infinity') > now()) as access_rules`;
