import { type Static, Type } from 'typebox';
import type { TenantTransaction } from '../database/transaction.ts';
import { recordEvent } from '../events/record.ts';
import { type Standing, incrementRevision } from './queries.ts';

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
  return deliveryOf(raised);
}

/** Where a policy stands with its router. */
export function deliveryOf(standing: Standing): Delivery {
  const { policy_revision, applied_revision } = standing;
  const revisions = { policy_revision, applied_revision };
  if (applied_revision >= policy_revision) return { state: 'applied', ...revisions };
  return { state: 'pending', ...revisions, reason: reasonOf(standing) };
}

function reasonOf(standing: Standing): string {
  const { is_active, last_seen, is_connected } = standing;
  const { policy_revision, refused_revision, refused_reason } = standing;
  if (!is_active) return 'The router is linked no more.';
  if (last_seen === null) return 'The router has not connected yet.';
  if (!is_connected)
    return `The router is offline since ${last_seen}: it does this once it is back.`;
  if (refused_revision === policy_revision && refused_reason !== null)
    return `The router refused it: ${REFUSALS[refused_reason] ?? refused_reason}.`;
  return 'The router has not confirmed this change yet.';
}

/** The reasons of docs/protocol.md, for a person to read. */
const REFUSALS: Record<string, string> = {
  incomplete: 'it did not get all of it',
  invalid: 'its agent does not know what this asks for',
  nft: 'its firewall does not take the rules',
  storage: 'it has no room to store it',
};
