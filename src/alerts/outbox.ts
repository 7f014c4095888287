/** From the outbox to the channels: what has happened becomes messages, in one transaction for each person and home. */
import { sql } from 'kysely';
import { instant, millisecondsOf } from '../database/instants.ts';
import type { JsonValue } from '../database/schema.generated.ts';
import type { Database } from '../database/pool.ts';
import { type TenantTransaction, enterHome, tenantTransaction } from '../database/transaction.ts';
import { type Alert, type AlertEvent, type Person, alertsOf, foldAlerts } from './alerts-of.ts';
import { loadFacts } from './facts.ts';
import { type Listener, keyOf, tenantOf } from './listener.ts';
import type { QueueRules } from './queue.ts';
import { openHome, tellAll } from './telling.ts';

/** Rows of the outbox that one transaction takes. */
const BATCH = 200;

/** Those who have something that is due, the longest due first. */
export async function findDueListeners(database: Database, most: number): Promise<Listener[]> {
  const { rows } = await sql<{ user_id: string; home_id: string; member_id: string }>`
    select user_id, home_id, member_id from due_alerts(${most})`.execute(database);
  return rows.map(({ user_id, home_id, member_id }) => ({
    userId: user_id,
    homeId: home_id,
    memberId: member_id,
  }));
}

/**
 * Makes messages of what is due for one person in one home; waits for nobody who does the same: then it does nothing.
 * @param clock milliseconds of the epoch; default: the database's clock
 * @returns whether there may be more
 */
export async function spreadAlerts(
  database: Database,
  listener: Listener,
  rules: QueueRules,
  clock?: number,
): Promise<boolean> {
  const account = await readAccount(database, listener.memberId);
  if (account === undefined) return false;
  const outcome = await tenantTransaction(database, tenantOf(listener), async (transaction) => {
    const entered = await enter(transaction, listener);
    if (entered === undefined) return 'done';
    const now = clock ?? entered.now;
    const person = await personOf(transaction, listener);
    if (person === undefined) return 'gone';
    const due = await takeDue(transaction, listener, now);
    const decided = await decideAll(transaction, listener, { due, person, now });
    const told = { ...(await openHome(transaction, listener, account)), person, now, rules };
    await tellAll(transaction, listener, foldAlerts(decided), told);
    return due.length === BATCH ? 'more' : 'done';
  });
  if (outcome === 'gone') await forgetAll(database, listener);
  return outcome === 'more';
}

/** What becomes of each event. That a device came or left is known from then on, whether or not a channel gets it. */
async function decideAll(
  transaction: TenantTransaction,
  listener: Listener,
  { due, person, now }: { due: readonly Due[]; person: Person; now: number },
): Promise<Alert[]> {
  const alerts: Alert[] = [];
  for (const { id, ...event } of due) {
    const facts = await loadFacts(transaction, listener, event, now);
    const verdict = alertsOf(event, facts, person);
    if (verdict !== 'nothing' && 'wait' in verdict) {
      await postpone(transaction, listener, id, now + verdict.wait);
      continue;
    }
    await forget(transaction, listener, id);
    if (verdict === 'nothing') continue;
    alerts.push(verdict);
    if (facts.watched !== undefined)
      await noteWatched(transaction, listener, facts.watched.id, verdict);
  }
  return alerts;
}

/** What a device is watched as: what its person knows of it. */
async function noteWatched(
  transaction: TenantTransaction,
  { userId, homeId, memberId }: Listener,
  deviceId: string,
  { kind, at }: Alert,
): Promise<void> {
  await sql`
    update alert_watches w set is_home = ${kind === 'device_came'}, since = ${instant(at)}
    where w.user_id = ${userId} and w.home_id = ${homeId} and w.member_id = ${memberId}
      and w.device_id in (select p.id from user_devices p where p.user_id = w.user_id and ${deviceId} in (p.id, p.shown_as))`.execute(
    transaction,
  );
}

/** After an error: so that one person's rows do not keep the others' from being looked at. */
export async function postponeAll(
  database: Database,
  listener: Listener,
  seconds: number,
): Promise<void> {
  const { userId, homeId, memberId } = listener;
  const mine = sql`user_id = ${userId} and home_id = ${homeId} and member_id = ${memberId}`;
  const later = sql`now() + make_interval(secs => ${seconds})`;
  await tenantTransaction(database, tenantOf(listener), async (transaction) => {
    await sql`
      with events as (update alert_outbox set due_at = ${later} where ${mine} and due_at <= now()),
        held as (update alert_held set due_at = ${later} where ${mine} and told_at is null and due_at <= now())
      update alert_preferences set digest_at = ${later}
      where ${mine} and digest_day is not null and coalesce(digest_at, '-infinity') <= now()`.execute(
      transaction,
    );
  });
}

/** Two workers that made messages for one person at once could send them in another order. Undefined: another one does it. */
async function enter(
  transaction: TenantTransaction,
  listener: Listener,
): Promise<{ now: number } | undefined> {
  const name = `netpilot.alerts ${listener.homeId} ${listener.memberId}`;
  const { rows } = await sql<{ is_alone: boolean; now: number }>`
    select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as is_alone, extract(epoch from now())::float8 * 1000 as now`.execute(
    transaction,
  );
  const [row] = rows;
  return row?.is_alone === true ? row : undefined;
}

type Due = AlertEvent & { id: string };

async function takeDue(
  transaction: TenantTransaction,
  listener: Listener,
  now: number,
): Promise<Due[]> {
  const { rows } = await sql<{
    id: string;
    type: string;
    at: number;
    router_id: string | null;
    subject_id: string | null;
    data: Record<string, JsonValue>;
  }>`
    select id, type, ${millisecondsOf('at')} as at, router_id, subject_id, data from alert_outbox
    where user_id = ${listener.userId} and home_id = ${listener.homeId} and member_id = ${listener.memberId}
      and due_at <= ${instant(now)}
    order by alert_outbox.at, id limit ${BATCH} for update`.execute(transaction);
  return rows.map(({ router_id, subject_id, ...row }) => ({
    ...row,
    routerId: router_id,
    subjectId: subject_id,
  }));
}

/** Undefined for somebody who is not a member any more. */
async function personOf(
  transaction: TenantTransaction,
  { userId, homeId, memberId }: Listener,
): Promise<Person | undefined> {
  const entry = await enterHome(transaction, { actorId: memberId, homeId });
  if (entry?.ownerId !== userId) return undefined;
  return { role: entry.role, personId: entry.personId ?? null };
}

/** Where e-mail goes; undefined for an account that may not be used any more. */
async function readAccount(
  database: Database,
  memberId: string,
): Promise<{ email: string } | undefined> {
  return tenantTransaction(database, memberId, (transaction) =>
    transaction
      .selectFrom('users')
      .select('email')
      .where('id', '=', memberId)
      .where('is_active', '=', true)
      .executeTakeFirst(),
  );
}

async function forget(
  transaction: TenantTransaction,
  listener: Listener,
  id: string,
): Promise<void> {
  await transaction
    .deleteFrom('alert_outbox')
    .where((row) => row.and({ ...keyOf(listener), id }))
    .execute();
}

/** Whatever is left of somebody who is not a member any more. */
async function forgetAll(database: Database, listener: Listener): Promise<void> {
  await tenantTransaction(database, tenantOf(listener), async (transaction) => {
    for (const table of ['alert_outbox', 'alert_held', 'alert_preferences'] as const)
      await transaction
        .deleteFrom(table)
        .where((row) => row.and(keyOf(listener)))
        .execute();
  });
}

async function postpone(
  transaction: TenantTransaction,
  listener: Listener,
  id: string,
  until: number,
): Promise<void> {
  await transaction
    .updateTable('alert_outbox')
    .set({ due_at: instant(until) })
    .where((row) => row.and({ ...keyOf(listener), id }))
    .execute();
}
