/** Changes of rules: each statement does all of its step, so that a change is at most five round trips. */
import { type RawBuilder, sql } from 'kysely';
import { type HomeRows } from '../access/load-home.ts';
import { ownDevice } from '../access/own-device.ts';
import { insertAudit } from '../activity/record-audit.ts';
import type { Actor } from '../api/actor.ts';
import type { FastifyRequest } from '../api/app.ts';
import type { JsonObject } from '../database/schema.generated.ts';
import { QUOTAS } from '../database/quotas.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError, NotFoundError, QuotaExceededError } from '../errors.ts';
import { pick } from '../pick.ts';
import {
  type RouterDelivery,
  WRITTEN,
  type Written,
  raisingOf,
  readWritten,
  statesOf,
} from '../policy/revision.ts';
import {
  type HomeKey,
  IS_OVER,
  type Rule,
  type RuleKey,
  concernedBy,
  whatIsMissing,
} from './queries.ts';
import { RULE_FIELDS, type RuleFields } from './rule-fields.ts';

/** A home while its rules are changed: nobody else changes them until the transaction ends. */
export type LockedHome = Found & {
  timezone: string | null;
  /** Of the transaction, in whole seconds, as routers know time. */
  now: string;
  /** The device that sends the request, if it is known by its address. */
  own: HomeRows;
};

/**
 * Locks a home for a new rule, and looks for what the rule names (`requireFound`), in one round trip. Throws NotFoundError if
 * there is no such home.
 */
export async function lockHome(
  transaction: TenantTransaction,
  key: HomeKey,
  request: FastifyRequest,
  named: Named,
): Promise<LockedHome> {
  const { rows } = await sql<LockedHome>`
    select ${lockedColumns(key, request, named)}, pg_advisory_xact_lock(${QUOTA_LOCK}) is null as is_waiting
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
  request: FastifyRequest,
  named: Named,
): Promise<{ home: LockedHome; rule: Rule }> {
  const { rows } = await sql<Rule & LockedHome>`
    select rule.*, ${lockedColumns(key, request, named)}
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
  const { rows } = await sql<WrittenRule>`
    with rule as (
      insert into access_rules (user_id, home_id, ${columnsOf(fields)})
      select ${key.user_id}, ${key.home_id}, ${valuesOf(fields)}
      where (${COUNT}) < ${QUOTAS.access_rules}
      on conflict do nothing
      returning *
    ), raised as (
      ${raisingOf(key.user_id, sql`exists (select from rule) and ${concernedBy(key)}`)}
    ), audit as (
      ${insertAudit(actor, 'rule.created', { id: sql`(select id from rule)`, home_id: key.home_id }, auditedOf(fields))}
      returning id
    )
    select rule.*, ${WRITTEN} from rule`.execute(transaction);
  const [row] = rows;
  if (row === undefined) throw await whyNotInserted(transaction, key, fields);
  return writtenOf(row);
}

/** The same for a change of a stored rule; a new name alone is nothing to a router. */
export async function updateRule(
  transaction: TenantTransaction,
  actor: Actor,
  key: RuleKey,
  before: RuleFields,
  after: RuleFields,
): Promise<{ rule: Rule; deliveries: RouterDelivery[] }> {
  const concerned = concernedBy(key);
  const hasEffect =
    JSON.stringify({ ...before, name: null }) !== JSON.stringify({ ...after, name: null });
  const details = { before: auditedOf(before), after: auditedOf(after) };
  const { rows } = await sql<WrittenRule>`
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
  const { rows } = await sql<WrittenRule>`
    with rule as (
      delete from access_rules where user_id = ${key.user_id} and id = ${key.id} returning *
    ), raised as (
      ${raisingOf(key.user_id, concernedBy(key))}
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

function lockedColumns(
  { user_id, home_id }: HomeKey,
  request: FastifyRequest,
  named: Named,
): RawBuilder<unknown> {
  const inHome = sql`user_id = ${user_id} and home_id = ${home_id}`;
  const routers = sql`select router_id from user_routers where ${inHome}`;
  const { person_id = null, device_id = null, router_id = null } = named;
  return sql`home.timezone, date_trunc('second', now()) as now, (select to_jsonb(own) from ${ownDevice(user_id, request)} own) as own,
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

/** What a statement that writes a rule gives. */
type WrittenRule = Rule & Written;

function writtenOf({ written, states, ...rule }: WrittenRule) {
  return { rule, deliveries: readWritten({ written, states }) };
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
