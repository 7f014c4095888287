/** What a person wants of alerts in a home, whatever channels they have there: as stored. */
import { type Selectable, sql } from 'kysely';
import { Value } from 'typebox/value';
import { Type } from 'typebox';
import type { WeeklyWindow } from '../access/types.ts';
import { zoneOf } from '../access/wall-clock.ts';
import { recordAudit } from '../activity/record-audit.ts';
import type { Sender as Actor } from '../api/actor.ts';
import { deviceNameOf } from '../database/models.ts';
import type { AlertPreferences } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ForbiddenError, InvalidInputError } from '../errors.ts';
import { findHome } from '../homes/homes.ts';
import { Window } from '../rules/schema.ts';
import { type Listener, keyOf } from './listener.ts';
import { type DigestTime, isAlwaysQuiet, quietUntil } from './quiet.ts';

/** What a person chooses. */
export type PreferencesWish = {
  quiet_hours: WeeklyWindow[];
  /** Kinds of alerts. */
  let_through: string[];
  digest: DigestTime | null;
  /** Ids of devices. */
  watched_devices: string[];
};

type Chosen = Omit<PreferencesWish, 'watched_devices'> & {
  /** When the digest comes next, in milliseconds of the epoch; null: it has yet to be found out. */
  digestAt: number | null;
};

/** The same as it holds now, in the home. */
export type Preferences = Chosen & { homeName: string; zone: string };

export type WatchedDevice = {
  device_id: string;
  router_id: string;
  name: string;
  is_home: boolean;
};

/** What holds for somebody who has chosen nothing: the defaults of the columns. */
const DEFAULTS: Chosen = {
  quiet_hours: [],
  let_through: ['access_answered'],
  digest: { day: 7, time: '18:00' },
  digestAt: null,
};

/** Those of the person, or those by default. Throws NotFoundError for a home that is not theirs. */
export async function findPreferences(
  transaction: TenantTransaction,
  listener: Listener,
): Promise<Preferences> {
  const home = await findHome(transaction, { user_id: listener.userId, id: listener.homeId });
  const chosen = await findChosen(transaction, listener);
  return { ...chosen, homeName: home.name, zone: zoneOf(home.timezone) };
}

async function findChosen(transaction: TenantTransaction, listener: Listener): Promise<Chosen> {
  const row = await transaction
    .selectFrom('alert_preferences')
    .selectAll()
    .where((each) => each.and(keyOf(listener)))
    .executeTakeFirst();
  return row === undefined ? DEFAULTS : readRow(row);
}

function readRow(row: Selectable<AlertPreferences>): Chosen {
  const { quiet_hours, let_through, digest_day, digest_time, digest_at } = row;
  return {
    quiet_hours: Value.Parse(Type.Array(Window), quiet_hours ?? []),
    let_through,
    digest:
      digest_day === null || digest_time === null ? null : { day: digest_day, time: digest_time },
    digestAt: digest_at === null ? null : Date.parse(digest_at),
  };
}

/** Makes those by default a row, so that the digest of the week comes. */
export async function beginPreferences(
  transaction: TenantTransaction,
  listener: Listener,
): Promise<void> {
  await transaction
    .insertInto('alert_preferences')
    .values(keyOf(listener))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Stores what a person has chosen; audits it if anything is new. Throws InvalidInputError for quiet hours without an end and devices that
 * the home does not have, and ForbiddenError for devices that the person may not see.
 */
export async function storePreferences(
  transaction: TenantTransaction,
  actor: Actor,
  homeId: string,
  wish: PreferencesWish,
): Promise<void> {
  const listener = { userId: actor.userId, homeId, memberId: actor.actorId };
  if (isAlwaysQuiet(wish.quiet_hours))
    throw new InvalidInputError([
      { field: 'quiet_hours', expected: 'windows that leave some time of the week free' },
    ]);
  if (actor.role === 'child' && wish.watched_devices.length > 0)
    throw new ForbiddenError(
      'Only people who may see the devices of the home are told that they come.',
    );
  await beginPreferences(transaction, listener);
  await sql`
    select from alert_preferences
    where user_id = ${actor.userId} and home_id = ${homeId} and member_id = ${actor.actorId} for update`.execute(
    transaction,
  );
  const before = await describe(transaction, listener);
  await storeRow(transaction, listener, wish);
  await storeWatches(transaction, listener, wish.watched_devices);
  const after = await describe(transaction, listener);
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  await recordAudit(
    transaction,
    actor,
    'alert_preferences.changed',
    { home_id: homeId },
    { before, after },
  );
}

async function storeRow(
  transaction: TenantTransaction,
  listener: Listener,
  { quiet_hours, let_through, digest }: PreferencesWish,
): Promise<void> {
  const key = keyOf(listener);
  await transaction
    .updateTable('alert_preferences')
    .set({
      quiet_hours: quiet_hours.length === 0 ? null : JSON.stringify(quiet_hours),
      let_through,
      digest_day: digest?.day ?? null,
      digest_time: digest?.time ?? null,
      digest_at: null,
    })
    .where((row) => row.and(key))
    .execute();
  // They may be over already.
  await transaction
    .updateTable('alert_held')
    .set({ due_at: sql<string>`now()` })
    .where((row) => row.and(key))
    .where('told_at', 'is', null)
    .execute();
}

/** A part of a merged device stands for all of it. What is known of devices that were chosen before stays. */
async function storeWatches(
  transaction: TenantTransaction,
  listener: Listener,
  ids: readonly string[],
): Promise<void> {
  const { userId, homeId, memberId } = listener;
  const { rows } = await sql<{ asked: string; id: string; is_online: boolean }>`
    select p.id as asked, d.id, d.is_online
    from user_devices p join devices_now d on d.user_id = p.user_id and d.id = coalesce(p.shown_as, p.id)
    where p.user_id = ${userId} and p.id = any (${ids}::uuid[]) and d.home_id = ${homeId} and not d.is_router`.execute(
    transaction,
  );
  const found = new Set(rows.map(({ asked }) => asked));
  const missing = ids.find((id) => !found.has(id));
  if (missing !== undefined)
    throw new InvalidInputError([
      { field: 'watched_devices', value: missing, expected: 'devices of the home' },
    ]);
  const chosen = new Map(rows.map(({ id, is_online }) => [id, is_online]));
  const added = [...chosen].map(([device_id, is_home]) => ({
    ...keyOf(listener),
    device_id,
    is_home,
  }));
  await sql`
    delete from alert_watches
    where user_id = ${userId} and home_id = ${homeId} and member_id = ${memberId} and device_id <> all (${[...chosen.keys()]}::uuid[])`.execute(
    transaction,
  );
  if (added.length === 0) return;
  await transaction
    .insertInto('alert_watches')
    .values(added)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The devices of which a person is told that they come and leave; in the order of their names. */
export async function listWatched(
  transaction: TenantTransaction,
  { userId, homeId, memberId }: Listener,
): Promise<WatchedDevice[]> {
  const { rows } = await sql<WatchedDevice>`
    select distinct on (d.id) d.id as device_id, d.router_id, ${deviceNameOf('d')} as name, w.is_home
    from alert_watches w
    join user_devices p on p.user_id = w.user_id and p.id = w.device_id
    join devices_now d on d.user_id = p.user_id and d.id = coalesce(p.shown_as, p.id)
    where w.user_id = ${userId} and w.home_id = ${homeId} and w.member_id = ${memberId} and d.home_id = w.home_id
    order by d.id, w.is_home desc`.execute(transaction);
  return rows.toSorted((one, other) => one.name.localeCompare(other.name));
}

/** How many alerts wait for the end of quiet hours, and when that is. */
export async function findHeld(
  transaction: TenantTransaction,
  { userId, homeId, memberId }: Listener,
  { quiet_hours, zone }: Preferences,
  now: number,
): Promise<{ held: number; quietUntil: number | undefined }> {
  const { rows } = await sql<{ held: number }>`
    select count(*) as held from alert_held
    where user_id = ${userId} and home_id = ${homeId} and member_id = ${memberId} and told_at is null`.execute(
    transaction,
  );
  return { held: rows[0]?.held ?? 0, quietUntil: quietUntil(quiet_hours, zone, now) };
}

/** What the audit says. */
async function describe(transaction: TenantTransaction, listener: Listener) {
  const { quiet_hours, let_through, digest } = await findChosen(transaction, listener);
  const watched = await listWatched(transaction, listener);
  return { quiet_hours, let_through, digest, watched_devices: watched.map(({ name }) => name) };
}
