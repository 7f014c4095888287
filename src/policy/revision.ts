import { type Static, Type } from 'typebox';
import type { Policy, Router } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { recordEvent } from '../events/record.ts';
import { incrementRevision } from './queries.ts';

/** Whether the router does already what it is to do. */
export const Delivery = Type.Object({
  state: Type.Enum(['applied', 'pending'], {
    description: '`applied` once the router has confirmed this revision or a later one.',
  }),
  policy_revision: Type.Integer({ description: 'Revision of what the router is to do.' }),
  applied_revision: Type.Integer({ description: 'Revision that the router has confirmed.' }),
  reason: Type.Optional(Type.String({ description: 'Why it is pending.' })),
});
export type Delivery = Static<typeof Delivery>;

/**
 * Says that a router is to do something else from now on. Belongs into the transaction of every change
 * of its mode, rates, lists or blocks; whoever watches hears of it (`policy.pending`). Throws NotFoundError where the user has no such router.
 */
export async function raiseRevision(
  transaction: TenantTransaction,
  userId: string,
  routerId: string,
): Promise<Delivery> {
  const raised = await incrementRevision(transaction, { user_id: userId, router_id: routerId });
  const { policy_revision, applied_revision } = raised;
  await recordEvent(transaction, {
    type: 'policy.pending',
    routerId,
    data: { policy_revision, applied_revision },
  });
  return deliveryOf(raised, raised);
}

/** Where a policy stands with its router. */
export function deliveryOf(
  { policy_revision, applied_revision }: Pick<Policy, 'policy_revision' | 'applied_revision'>,
  { last_seen }: Pick<Router, 'last_seen'>,
): Delivery {
  const revisions = { policy_revision, applied_revision };
  if (applied_revision >= policy_revision) return { state: 'applied', ...revisions };
  const reason =
    last_seen === null
      ? 'The router has not connected yet.'
      : 'The router has not confirmed this change yet.';
  return { state: 'pending', ...revisions, reason };
}
