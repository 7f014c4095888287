import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Static, Type } from 'typebox';
import { requireAudited } from '../activity/record-audit.ts';
import { Timestamp } from '../api/schema.ts';
import type { OfRouter, Policy, Router } from '../database/models.ts';
import { PREPARED } from '../database/prepared.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';
import { findPolicy } from './queries.ts';
import { RefusedLine, refusedLinesOf } from './refused-lines.ts';
import { RULES, type Rules } from './rules.ts';

/** Whether a router does what its policy says. */
export const Delivery = Type.Object({
  state: Type.Enum(['applied', 'partial', 'pending', 'unknown'], {
    description:
      '`applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but ' +
      'for what `refused` lists, which does not hold. `unknown` once it has ' +
      'disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.',
  }),
  policy_revision: Type.Integer({ description: 'The current revision of the policy.' }),
  applied_revision: Type.Integer({ description: 'The revision that the router has confirmed.' }),
  unknown_since: Type.Optional(
    Timestamp('When the router was last connected, if the state is unknown.'),
  ),
  refused: Type.Optional(
    Type.Array(RefusedLine, {
      description:
        'What does not hold of the revision that the router has confirmed: the first 100.',
    }),
  ),
  reason: Type.Optional(Type.String({ description: 'Why it is not applied.' })),
  reason_code: Type.Optional(
    Type.Enum(
      [
        'unlinked',
        'never_connected',
        'offline',
        'away',
        'unconfirmed',
        'partial',
        'refused_incomplete',
        'refused_invalid',
        'refused_nft',
        'refused_storage',
        'refused_too_long',
        'refused',
      ],
      { description: 'The same as a code, for programs and translations.' },
    ),
  ),
});
export type Delivery = Static<typeof Delivery>;

/** What decides whether a policy is applied, and why not. */
type PolicyState = Pick<
  Policy,
  'policy_revision' | 'applied_revision' | 'refused_revision' | 'refused_reason' | 'refused_lines'
> &
  Pick<Router, 'is_active' | 'last_seen' | 'is_connected'>;

/**
 * Raises the policy's revision by one, so that the router applies it. Must be part of the transaction of every
 * change of its mode, rates, lists, blocks or access rules; a trigger makes it the event `policy.pending`. Throws NotFoundError if
 * the user does not have the router.
 * @param rules its new mode and rates, if those change
 */
export async function raiseRevision(
  transaction: TenantTransaction,
  key: OfRouter,
  rules?: Rules,
): Promise<Delivery> {
  const { rows } = await sql<RouterState>`${PREPARED}${raisingOne(key, rules)}`.execute(
    transaction,
  );
  const [state] = rows;
  if (state === undefined) throw new NotFoundError('router', key.router_id);
  return deliveryOf(state);
}

/**
 * The same for several routers of a user at once, in one round trip.
 * @param concerned a condition on `router`, a row of user_routers
 */
export async function raiseRevisions(
  transaction: TenantTransaction,
  userId: string,
  concerned: RawBuilder<SqlBool>,
): Promise<RouterDelivery[]> {
  const { rows } = await sql<RouterState>`${PREPARED}${raisingOf(userId, concerned)}`.execute(
    transaction,
  );
  return rows.map(routerDeliveryOf);
}

/** The statement of `raiseRevision`, to be part of a larger one (`with raised as (…)`). */
export function raisingOne(
  { user_id, router_id }: OfRouter,
  rules?: Rules,
): RawBuilder<RouterState> {
  const changes = [
    sql`policy_revision = policy.policy_revision + 1`,
    ...(rules ? RULES.map((rule) => sql`${sql.ref(rule)} = ${rules[rule]}`) : []),
  ];
  return sql<RouterState>`
    update router_policies policy set ${sql.join(changes)}
    from user_routers router
    where policy.user_id = ${user_id} and policy.router_id = ${router_id}
      and router.user_id = policy.user_id and router.router_id = policy.router_id
    returning ${STATE}`;
}

/** What the statements below give for each router, by router. */
export type RouterState = Pick<Router, 'router_id'> & PolicyState;
export type RouterDelivery = { router_id: string; delivery: Delivery };

/** The statement of `raiseRevisions`, to be part of a larger one (`with raised as (…)`). Policies are locked in one order. */
export function raisingOf(userId: string, concerned: RawBuilder<SqlBool>): RawBuilder<RouterState> {
  return sql<RouterState>`
    update router_policies policy set policy_revision = policy.policy_revision + 1
    from user_routers router
    where policy.user_id = ${userId} and router.user_id = policy.user_id and router.router_id = policy.router_id
      and (policy.user_id, policy.router_id) in (
        select locked.user_id, locked.router_id
        from router_policies locked join user_routers router using (user_id, router_id)
        where locked.user_id = ${userId} and ${concerned}
        order by locked.router_id for update of locked)
    returning ${STATE}`;
}

/** The same columns, without a change. */
export function statesOf(userId: string, concerned: RawBuilder<SqlBool>): RawBuilder<RouterState> {
  return sql<RouterState>`
    select ${STATE} from router_policies policy join user_routers router using (user_id, router_id)
    where user_id = ${userId} and ${concerned}`;
}

const STATE = sql`router.router_id, policy.policy_revision, policy.applied_revision, policy.refused_revision,
  policy.refused_reason, policy.refused_lines, router.is_active, router.last_seen, router.is_connected`;

export function routerDeliveryOf(state: RouterState): RouterDelivery {
  return { router_id: state.router_id, delivery: deliveryOf(state) };
}

/** What a statement with the parts `audit` and `raised` gives of both, by `WRITTEN`. */
export type Written = { written: number; states: RouterState[] };

export const WRITTEN = sql`(select count(*) from audit) as written, (
  select coalesce(jsonb_agg(to_jsonb(raised) || jsonb_build_object('last_seen',
    to_char(raised.last_seen at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) order by raised.router_id), '[]')
  from raised) as states`;

/** Throws QuotaExceededError if the audit entry was not written. */
export function readWritten({ written, states }: Written): RouterDelivery[] {
  requireAudited(written);
  return states.map(routerDeliveryOf);
}

/** Whether the router does what its policy says, and if not, why. */
export function deliveryOf(state: PolicyState): Delivery {
  const { policy_revision, applied_revision, is_active, is_connected, last_seen } = state;
  const revisions = { policy_revision, applied_revision };
  if (applied_revision < policy_revision || !is_active || last_seen === null)
    return { state: 'pending', ...revisions, ...reasonOf(state) };
  const refused = refusedLinesOf(state.refused_lines);
  if (is_connected && refused.length === 0) return { state: 'applied', ...revisions };
  if (is_connected)
    return {
      state: 'partial',
      ...revisions,
      refused,
      reason_code: 'partial',
      reason: `The router has applied the rest, but cannot do this: ${refused.map(({ rule, address }) => `${rule} ${address}`).join(', ')}.`,
    };
  return {
    state: 'unknown',
    ...(refused.length > 0 && { refused }),
    unknown_since: last_seen,
    ...revisions,
    reason_code: 'away',
    reason: `The router has been offline since ${last_seen}. It had applied this until then.`,
  };
}

/** The same, for a router of the user. Throws NotFoundError. */
export async function findDelivery(
  transaction: TenantTransaction,
  key: OfRouter,
): Promise<Delivery> {
  return deliveryOf(await findPolicy(transaction, key));
}

type Reason = Required<Pick<Delivery, 'reason' | 'reason_code'>>;

function reasonOf(state: PolicyState): Reason {
  const { is_active, last_seen, is_connected } = state;
  const { policy_revision, refused_revision, refused_reason } = state;
  if (!is_active) return { reason_code: 'unlinked', reason: 'The router is not linked.' };
  if (last_seen === null)
    return { reason_code: 'never_connected', reason: 'The router has not connected yet.' };
  if (!is_connected)
    return {
      reason_code: 'offline',
      reason: `The router has been offline since ${last_seen}. The change applies when it reconnects.`,
    };
  if (refused_revision === policy_revision && refused_reason !== null) {
    const { reason_code, why } = REFUSALS[refused_reason] ?? {
      reason_code: 'refused',
      why: refused_reason,
    };
    return { reason_code, reason: `The router refused the change: ${why}.` };
  }
  return { reason_code: 'unconfirmed', reason: 'The router has not confirmed this change yet.' };
}

/** The reasons of docs/protocol.md, in words. */
const REFUSALS: Record<string, { reason_code: Reason['reason_code']; why: string }> = {
  incomplete: { reason_code: 'refused_incomplete', why: 'it did not receive all of it' },
  invalid: { reason_code: 'refused_invalid', why: 'its agent does not support it' },
  nft: { reason_code: 'refused_nft', why: 'its firewall does not accept the rules' },
  'too-long': {
    reason_code: 'refused_too_long',
    why: 'it is too long for the agent on it. Link the router again, which updates the agent',
  },
  storage: { reason_code: 'refused_storage', why: 'it has no space left to store it' },
};
