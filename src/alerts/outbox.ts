/** From the outbox to the channels: what has happened becomes messages, in one transaction for each person and home. */
import { sql } from 'kysely';
import { zoneOf } from '../access/wall-clock.ts';
import type { Role } from '../api/access.ts';
import type { JsonValue } from '../database/schema.generated.ts';
import type { Database } from '../database/pool.ts';
import { type TenantTransaction, enterHome, tenantTransaction } from '../database/transaction.ts';
import { type Alert, type AlertEvent, alertsOf, foldAlerts } from './alerts-of.ts';
import { loadFacts } from './facts.ts';
import { isWanted } from './kinds.ts';
import { type Listener, tenantOf } from './listener.ts';
import { type QueueRules, enqueue } from './queue.ts';

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
 * @returns whether there may be more
 */
export async function spreadAlerts(
  database: Database,
  listener: Listener,
  rules: QueueRules,
): Promise<boolean> {
  const account = await readAccount(database, listener.memberId);
  return tenantTransaction(database, tenantOf(listener), async (transaction) => {
    if (!(await isAlone(transaction, listener))) return false;
    const due = await takeDue(transaction, listener);
    const role = await roleOf(transaction, listener);
    const alerts: Alert[] = [];
    for (const { id, ...event } of due) {
      const verdict =
        role === undefined || account === undefined
          ? 'nothing'
          : alertsOf(event, await loadFacts(transaction, listener, event), { role });
      if (verdict === 'nothing') await forget(transaction, listener, id);
      else if ('wait' in verdict) await postpone(transaction, listener, id, verdict.wait);
      else {
        alerts.push(verdict);
        await forget(transaction, listener, id);
      }
    }
    if (alerts.length > 0 && account !== undefined)
      await tell(transaction, listener, foldAlerts(alerts), account, rules);
    return due.length === BATCH;
  });
}

/** After an error: so that one person's rows do not keep the others' from being looked at. */
export async function postponeAll(
  database: Database,
  listener: Listener,
  seconds: number,
): Promise<void> {
  await tenantTransaction(database, tenantOf(listener), (transaction) =>
    transaction
      .updateTable('alert_outbox')
      .set({ due_at: sql<string>`now() + make_interval(secs => ${seconds})` })
      .where((row) => row.and(keyOf(listener)))
      .where('due_at', '<=', sql<string>`now()`)
      .execute(),
  );
}

function keyOf({ userId, homeId, memberId }: Listener) {
  return { user_id: userId, home_id: homeId, member_id: memberId };
}

/** Two workers that made messages for one person at once could send them in another order. */
async function isAlone(transaction: TenantTransaction, listener: Listener): Promise<boolean> {
  const name = `netpilot.alerts ${listener.homeId} ${listener.memberId}`;
  const { rows } = await sql<{ is_alone: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as is_alone`.execute(
    transaction,
  );
  return rows[0]?.is_alone === true;
}

async function takeDue(
  transaction: TenantTransaction,
  listener: Listener,
): Promise<(AlertEvent & { id: string })[]> {
  const { rows } = await sql<{
    id: string;
    type: string;
    at: number;
    router_id: string | null;
    subject_id: string | null;
    data: Record<string, JsonValue>;
  }>`
    select id, type, extract(epoch from at)::float8 * 1000 as at, router_id, subject_id, data from alert_outbox
    where user_id = ${listener.userId} and home_id = ${listener.homeId} and member_id = ${listener.memberId} and due_at <= now()
    order by alert_outbox.at, id limit ${BATCH} for update`.execute(transaction);
  return rows.map(({ router_id, subject_id, ...row }) => ({
    ...row,
    routerId: router_id,
    subjectId: subject_id,
  }));
}

/** Undefined for somebody who is not a member any more. */
async function roleOf(
  transaction: TenantTransaction,
  { userId, homeId, memberId }: Listener,
): Promise<Role | undefined> {
  const entry = await enterHome(transaction, { actorId: memberId, homeId });
  return entry?.ownerId === userId ? entry.role : undefined;
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

async function postpone(
  transaction: TenantTransaction,
  listener: Listener,
  id: string,
  milliseconds: number,
): Promise<void> {
  await transaction
    .updateTable('alert_outbox')
    .set({ due_at: sql<string>`now() + make_interval(secs => ${milliseconds / 1_000}::float8)` })
    .where((row) => row.and({ ...keyOf(listener), id }))
    .execute();
}

/** To each channel that wants it. */
async function tell(
  transaction: TenantTransaction,
  listener: Listener,
  alerts: readonly Alert[],
  account: { email: string },
  rules: QueueRules,
): Promise<void> {
  const { name, timezone } = await transaction
    .selectFrom('homes')
    .select(['name', 'timezone'])
    .where((row) => row.and({ user_id: listener.userId, id: listener.homeId }))
    .executeTakeFirstOrThrow();
  const channels = await transaction
    .selectFrom('alert_channels')
    .select(['id', 'kind', 'name', 'wanted', 'language'])
    .where((row) => row.and({ ...keyOf(listener), is_enabled: true }))
    .orderBy('id')
    .execute();
  const home = { id: listener.homeId, name, zone: zoneOf(timezone) };
  for (const channel of channels) {
    const wanted = alerts.filter(({ kind }) => isWanted(kind, channel));
    if (wanted.length > 0)
      await enqueue(transaction, listener, channel, wanted, { home, to: account.email }, rules);
  }
}
