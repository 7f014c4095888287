/** What waits for the end of somebody's quiet hours, as stored. */
import { sql } from 'kysely';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { instant, millisecondsOf } from '../database/instants.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import type { Alert, AlertAction, AlertFacts } from './alerts-of.ts';
import { kindOf } from './kinds.ts';
import { type Listener, keyOf } from './listener.ts';

/** What the column `alert` has, beside the columns. */
const StoredAlert = Type.Object({
  path: Type.String(),
  facts: Type.Unsafe<AlertFacts>(Type.Object({})),
  actions: Type.Array(Type.Unsafe<AlertAction>(Type.Object({}))),
});

/** @param until when somebody looks again */
export async function holdAlerts(
  transaction: TenantTransaction,
  listener: Listener,
  alerts: readonly Alert[],
  until: number,
): Promise<void> {
  for (const { kind, at, thing, path, facts, actions } of alerts)
    await transaction
      .insertInto('alert_held')
      .values({
        ...keyOf(listener),
        kind,
        thing: thing.slice(0, 300),
        alert: JSON.stringify({ path, facts, actions }),
        at: instant(at),
        due_at: instant(until),
      })
      .execute();
}

/** What waits already is looked at then, too. Gives the things that it is about. */
export async function postponeHeld(
  transaction: TenantTransaction,
  { userId, homeId, memberId }: Listener,
  until: number,
): Promise<Set<string>> {
  const { rows } = await sql<{ thing: string }>`
    update alert_held set due_at = ${instant(until)}
    where user_id = ${userId} and home_id = ${homeId} and member_id = ${memberId} and told_at is null
    returning thing`.execute(transaction);
  return new Set(rows.map(({ thing }) => thing));
}

/** All that waits, in the order in which it happened; it counts as told then. */
export async function takeHeld(
  transaction: TenantTransaction,
  { userId, homeId, memberId }: Listener,
  now: number,
): Promise<Alert[]> {
  const { rows } = await sql<{ kind: string; thing: string; at: number; alert: unknown }>`
    with taken as (
      update alert_held set told_at = ${instant(now)}
      where user_id = ${userId} and home_id = ${homeId} and member_id = ${memberId} and told_at is null
      returning id, kind, thing, at, alert
    )
    select kind, thing, ${millisecondsOf('at')} as at, alert from taken order by taken.at, id`.execute(
    transaction,
  );
  return rows.flatMap(({ kind: name, thing, at, alert }) => {
    const kind = kindOf(name);
    return kind === undefined ? [] : [{ kind, thing, at, ...Value.Parse(StoredAlert, alert) }];
  });
}
