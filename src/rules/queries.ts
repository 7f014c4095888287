/** Reads rules as they are stored. */
import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { Position } from '../api/page.ts';
import { deviceNameOf } from '../database/models.ts';
import type { AccessRules } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';
import { type RouterDelivery, routerDeliveryOf, statesOf } from '../policy/revision.ts';
import type { RuleQuery, Window } from './schema.ts';

/** A row of access_rules. */
export type Rule = Omit<Selectable<AccessRules>, 'windows'> & { windows: Window[] | null };
export type HomeKey = { user_id: string; home_id: string };
export type RuleKey = HomeKey & { id: string };

/** Its time is over: nothing is left of it but its row. */
export const IS_OVER = sql`coalesce(rule.until_at <= now(), false)`;
const STATES = { current: sql`not ${IS_OVER}`, ended: IS_OVER, all: sql`true` };

/** One page of a home's rules, the newest first, and one row more than `limit` if there is a next page. */
export async function listRules(
  transaction: TenantTransaction,
  { user_id, home_id }: HomeKey,
  { state, kind, person_id, device_id, limit }: Omit<RuleQuery, 'cursor'>,
  after: Position | undefined,
): Promise<Rule[]> {
  const { rows } = await sql<Rule>`
    select rule.* from access_rules rule
    where user_id = ${user_id} and home_id = ${home_id} and ${STATES[state]}
      and ${kind === undefined ? sql`true` : sql`kind = ${kind}`}
      and ${person_id === undefined ? sql`true` : sql`person_id = ${person_id}`}
      and ${device_id === undefined ? sql`true` : sql`device_id in (${rowsOfDevice(user_id, device_id)})`}
      and ${after === undefined ? sql`true` : sql`id < ${after.id}`}
    order by id desc
    limit ${limit + 1}`.execute(transaction);
  if (rows.length === 0) await requireHome(transaction, { user_id, home_id });
  return rows;
}

/** One rule, and what its routers do of it. Throws NotFoundError if the home does not have it. */
export async function findRule(
  transaction: TenantTransaction,
  key: RuleKey,
): Promise<{ rule: Rule; deliveries: RouterDelivery[] }> {
  const { rows } = await sql<Rule>`
    select * from access_rules rule
    where user_id = ${key.user_id} and home_id = ${key.home_id} and id = ${key.id}`.execute(
    transaction,
  );
  const [rule] = rows;
  if (rule === undefined) throw await whatIsMissing(transaction, key);
  const states = await statesOf(key.user_id, concernedBy(key)).execute(transaction);
  return { rule, deliveries: states.rows.map(routerDeliveryOf) };
}

/**
 * The routers that a rule of a home concerns, as a condition on `router`: all of the home. What it says of a device holds at each, as the
 * device may come there, or has.
 */
export function concernedBy({ home_id }: Pick<HomeKey, 'home_id'>): RawBuilder<SqlBool> {
  return sql`router.home_id = ${home_id}`;
}

function rowsOfDevice(userId: string, deviceId: string): RawBuilder<unknown> {
  return sql`
    select id from user_devices
    where user_id = ${userId} and (
      select coalesce(shown_as, id) from user_devices where user_id = ${userId} and id = ${deviceId}) in (id, shown_as)`;
}

/** The rule, or its home. */
export async function whatIsMissing(
  transaction: TenantTransaction,
  key: RuleKey,
): Promise<NotFoundError> {
  await requireHome(transaction, key);
  return new NotFoundError('rule', key.id);
}

/** Throws NotFoundError. */
export async function requireHome(
  transaction: TenantTransaction,
  { user_id, home_id }: HomeKey,
): Promise<void> {
  const { rows } = await sql`
    select from homes where user_id = ${user_id} and id = ${home_id}`.execute(transaction);
  if (rows.length === 0) throw new NotFoundError('home', home_id);
}

/** What people call devices, by id. */
export async function findNames(
  transaction: TenantTransaction,
  userId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select d.id, ${deviceNameOf('d')} as name
    from user_devices d where user_id = ${userId} and id = any (${ids})`.execute(transaction);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
