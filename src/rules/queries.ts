/** Rules as they are stored: each statement does all of its step, so that a change is few round trips. */
import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import { insertAudit, requireAudited } from '../activity/record-audit.ts';
import type { Actor } from '../api/actor.ts';
import type { Position } from '../api/page.ts';
import type { AccessRules, JsonObject } from '../database/schema.generated.ts';
import { QUOTAS } from '../database/quotas.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError, NotFoundError, QuotaExceededError } from '../errors.ts';
import { pick } from '../pick.ts';
import {
  type RouterDelivery,
  type RouterState,
  raisingOf,
  routerDeliveryOf,
  statesOf,
} from '../policy/revision.ts';
import { RULE_FIELDS, type RuleFields } from './rule-fields.ts';
import type { RuleQuery, Window } from './schema.ts';

/** A row of access_rules. */
export type Rule = Omit<Selectable<AccessRules>, 'windows'> & { windows: Window[] | null };
export type HomeKey = { user_id: string; home_id: string };
export type RuleKey = HomeKey & { id: string };

/** A home while its rules are changed: nobody else changes them until the transaction ends. */
export type LockedHome = Found & {
  timezone: string | null;
  /** Of the transaction, in whole milliseconds. */
  now: string;
};

/** Its time is over: nothing is left of it but its row. */
const IS_OVER = sql`coalesce(rule.until_at <= now(), false)`;
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
  const states = await statesOf(key.user_id, concernedBy(key, rule)).execute(transaction);
  return { rule, deliveries: states.rows.map(routerDeliveryOf) };
}

/**
 * Locks a home for a new rule, and looks for what the rule names (`requireFound`), in one round trip. Throws NotFoundError if
 * there is no such home.
 */
export async function lockHome(
  transaction: TenantTransaction,
  key: HomeKey,
  named: Named,
): Promise<LockedHome> {
  const { rows } = await sql<LockedHome>`
    select ${lockedColumns(key, named)}, pg_advisory_xact_lock(${QUOTA_LOCK}) is null as is_waiting
    from homes home
    where home.user_id = ${key.user_id} and home.id = ${key.home_id}
    for no key update`.execute(transaction);
  const [home] = rows;
  if (home === undefined) throw new NotFoundError('home', key.home_id);
  return home;
}

/** The same for a rule that is stored. */
export async function lockRule(
  transaction: TenantTransaction,
  key: RuleKey,
  named: Named,
): Promise<{ home: LockedHome; rule: Rule }> {
  const { rows } = await sql<Rule & LockedHome>`
    select rule.*, ${lockedColumns(key, named)}
    from homes home join access_rules rule on rule.user_id = home.user_id and rule.home_id = home.id
    where home.user_id = ${key.user_id} and home.id = ${key.home_id} and rule.id = ${key.id}
    for no key update`.execute(transaction);
  const [row] = rows;
  if (row === undefined) throw await whatIsMissing(transaction, key);
  return { home: row, rule: row };
}

/**
 * Stores a rule, raises the revisions of all routers that it concerns, and audits it, in one statement.
 * @throws {QuotaExceededError}
 * @throws {ConflictError} there is a rule for new devices there already
 */
export async function insertRule(
  transaction: TenantTransaction,
  actor: Actor,
  key: HomeKey,
  fields: RuleFields,
): Promise<{ rule: Rule; deliveries: RouterDelivery[] }> {
  const { rows } = await sql<Written>`
    with rule as (
      insert into access_rules (user_id, home_id, ${columnsOf(fields)})
      select ${key.user_id}, ${key.home_id}, ${valuesOf(fields)}
      where (${COUNT}) < ${QUOTAS.access_rules}
      on conflict do nothing
      returning *
    ), raised as (
      ${raisingOf(key.user_id, sql`exists (select from rule) and ${concernedBy(key, fields)}`)}
    ), audit as (
      ${insertAudit(actor, 'rule.created', { id: sql`(select id from rule)` }, auditedOf(fields))}
      returning id
    )
    select rule.*, ${WRITTEN} from rule`.execute(transaction);
  const [row] = rows;
  if (row === undefined) throw await whyNotInserted(transaction, key, fields);
  return writtenOf(row);
}

/** The same for a change of a stored rule; what it concerned before, it concerns too. */
export async function updateRule(
  transaction: TenantTransaction,
  actor: Actor,
  key: RuleKey,
  before: RuleFields,
  after: RuleFields,
): Promise<{ rule: Rule; deliveries: RouterDelivery[] }> {
  const concerned = sql<SqlBool>`(${concernedBy(key, before)} or ${concernedBy(key, after)})`;
  const hasEffect =
    JSON.stringify({ ...before, name: null }) !== JSON.stringify({ ...after, name: null });
  const details = { before: auditedOf(before), after: auditedOf(after) };
  const { rows } = await sql<Written>`
    with rule as (
      update access_rules set (${columnsOf(after)}) = row (${valuesOf(after)})
      where user_id = ${key.user_id} and id = ${key.id}
      returning *
    ), raised as (
      ${hasEffect ? raisingOf(key.user_id, concerned) : statesOf(key.user_id, concerned)}
    ), audit as (
      ${insertAudit(actor, 'rule.changed', key, details)} returning id
    )
    select rule.*, ${WRITTEN} from rule`.execute(transaction);
  const [row] = rows;
  if (row === undefined) throw new NotFoundError('rule', key.id);
  return writtenOf(row);
}

/** The same for deleting it: its pause ends, its schedule says nothing any more. */
export async function deleteRule(
  transaction: TenantTransaction,
  actor: Actor,
  key: RuleKey,
  fields: RuleFields,
): Promise<RouterDelivery[]> {
  const { rows } = await sql<Written>`
    with rule as (
      delete from access_rules where user_id = ${key.user_id} and id = ${key.id} returning *
    ), raised as (
      ${raisingOf(key.user_id, concernedBy(key, fields))}
    ), audit as (
      ${insertAudit(actor, 'rule.deleted', key, auditedOf(fields))} returning id
    )
    select rule.*, ${WRITTEN} from rule`.execute(transaction);
  const [row] = rows;
  if (row === undefined) throw new NotFoundError('rule', key.id);
  return writtenOf(row).deliveries;
}

/** What a request names of the home. */
type Named = Partial<Record<'person_id' | 'device_id' | 'router_id', string | null | undefined>>;
type Found = Record<'has_person' | 'has_device' | 'has_router', boolean>;

function lockedColumns({ user_id, home_id }: HomeKey, named: Named): RawBuilder<unknown> {
  const inHome = sql`user_id = ${user_id} and home_id = ${home_id}`;
  const routers = sql`select router_id from user_routers where ${inHome}`;
  const { person_id = null, device_id = null, router_id = null } = named;
  return sql`home.timezone, date_trunc('milliseconds', now()) as now,
    exists (select from people where ${inHome} and id = ${person_id}) as has_person,
    exists (select from user_devices where user_id = ${user_id} and id = ${device_id} and router_id in (${routers})) as has_device,
    ${router_id}::varchar in (${routers}) as has_router`;
}

/** Throws NotFoundError if what a request names is not in the home. */
export function requireFound(found: Found, { person_id, device_id, router_id }: Named): void {
  if (typeof person_id === 'string' && !found.has_person)
    throw new NotFoundError('person', person_id);
  if (typeof device_id === 'string' && !found.has_device)
    throw new NotFoundError('device', device_id);
  if (typeof router_id === 'string' && !found.has_router)
    throw new NotFoundError('router', router_id);
}

/** The routers of the home on which a rule's target can be, as a condition on `router`. */
export function concernedBy(
  { user_id, home_id }: HomeKey,
  {
    target,
    person_id,
    device_id,
    router_id,
  }: Pick<RuleFields, 'target' | 'person_id' | 'device_id' | 'router_id'>,
): RawBuilder<SqlBool> {
  const inHome = sql<SqlBool>`router.home_id = ${home_id}`;
  if (target === 'network' && router_id !== null)
    return sql`(${inHome} and router.router_id = ${router_id})`;
  if (target !== 'person' && target !== 'device') return inHome;
  const ofTarget = target === 'person' ? sql`person_id = ${person_id}` : sql`id = ${device_id}`;
  return sql`(${inHome} and router.router_id in (
    select device.router_id from user_devices device where device.user_id = ${user_id} and device.${ofTarget}))`;
}

/** What a statement that writes gives: the rule, the states of its routers, and how many audit entries it wrote. */
type Written = Rule & { written: number; states: RouterState[] };

const WRITTEN = sql`(select count(*) from audit) as written, (
  select coalesce(jsonb_agg(to_jsonb(raised) || jsonb_build_object('last_seen',
    to_char(raised.last_seen at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) order by raised.router_id), '[]')
  from raised) as states`;

function writtenOf({ written, states, ...rule }: Written) {
  requireAudited(written);
  return { rule, deliveries: states.map(routerDeliveryOf) };
}

const COUNT = sql`select count(*) from access_rules rule where user_id = current_user_id() and not ${IS_OVER}`;
/** The lock under which `COUNT` is right, until the transaction ends. */
const QUOTA_LOCK = sql`hashtextextended('netpilot.quota access_rules' || current_user_id(), 0)`;

function columnsOf(fields: RuleFields): RawBuilder<unknown> {
  return sql.join(Object.keys(fields).map((column) => sql.ref(column)));
}

function valuesOf(fields: RuleFields): RawBuilder<unknown> {
  const windows = fields.windows === null ? null : JSON.stringify(fields.windows);
  return sql`${sql.join(Object.values({ ...fields, windows }))}`;
}

/** What the audit stores of a rule: all that a person decided, but for what it leaves open. */
function auditedOf(fields: RuleFields): JsonObject {
  return Object.fromEntries(
    Object.entries(pick(fields, RULE_FIELDS)).filter(([, value]) => value !== null),
  );
}

function rowsOfDevice(userId: string, deviceId: string): RawBuilder<unknown> {
  return sql`
    select id from user_devices
    where user_id = ${userId} and (
      select coalesce(shown_as, id) from user_devices where user_id = ${userId} and id = ${deviceId}) in (id, shown_as)`;
}

async function whyNotInserted(
  transaction: TenantTransaction,
  { user_id, home_id }: HomeKey,
  { kind, network, router_id }: RuleFields,
): Promise<Error> {
  const { rows } = await sql<{ present: string | null; used: number }>`
    select (${COUNT}) as used, (
      select id from access_rules
      where user_id = ${user_id} and home_id = ${home_id} and kind = 'new_device' and kind = ${kind}
        and (network, router_id) is not distinct from (${network}::varchar, ${router_id}::varchar)) as present`.execute(
    transaction,
  );
  const { present = null, used = 0 } = rows[0] ?? {};
  return present === null
    ? new QuotaExceededError('access_rules', QUOTAS.access_rules, used)
    : new ConflictError(`There is a rule for new devices there already: change rule ${present}.`);
}

async function whatIsMissing(transaction: TenantTransaction, key: RuleKey): Promise<NotFoundError> {
  await requireHome(transaction, key);
  return new NotFoundError('rule', key.id);
}

async function requireHome(
  transaction: TenantTransaction,
  { user_id, home_id }: HomeKey,
): Promise<void> {
  const { rows } = await sql`
    select from homes where user_id = ${user_id} and id = ${home_id}`.execute(transaction);
  if (rows.length === 0) throw new NotFoundError('home', home_id);
}
