import { type Static, Type } from 'typebox';
import type { TenantTransaction } from '../database/transaction.ts';
import { type Standing, incrementRevision } from './queries.ts';

/** Whether the router does already what it is to do. */
export const Delivery = Type.Object({
  state: Type.Enum(['applied', 'pending'], {
    description: '`applied` once the router has confirmed this revision or a later one.',
  }),
  policy_revision: Type.Integer({ description: 'Revision of what the router is to do.' }),
  applied_revision: Type.Integer({ description: 'Revision that the router has confirmed.' }),
  reason: Type.Optional(Type.String({ description: 'Why it is pending.' })),
  reason_code: Type.Optional(
    Type.Enum(
      [
        'unlinked',
        'never_connected',
        'offline',
        'unconfirmed',
        'refused_incomplete',
        'refused_invalid',
        'refused_nft',
        'refused_storage',
        'refused',
      ],
      { description: 'The same for programs, and for those who say it in another language.' },
    ),
  ),
});
export type Delivery = Static<typeof Delivery>;

/**
 * Says that a router is to do something else from now on. Belongs into the transaction of every change
 * of its mode, rates, lists or blocks; a trigger makes it an event, `policy.pending`. Throws NotFoundError where the user has no such router.
 */
export async function raiseRevision(
  transaction: TenantTransaction,
  userId: string,
  routerId: string,
): Promise<Delivery> {
  return deliveryOf(await incrementRevision(transaction, { user_id: userId, router_id: routerId }));
}

/** Where a policy stands with its router. */
export function deliveryOf(standing: Standing): Delivery {
  const { policy_revision, applied_revision } = standing;
  const revisions = { policy_revision, applied_revision };
  if (applied_revision >= policy_revision) return { state: 'applied', ...revisions };
  return { state: 'pending', ...revisions, ...reasonOf(standing) };
}

type Reason = Required<Pick<Delivery, 'reason' | 'reason_code'>>;

function reasonOf(standing: Standing): Reason {
  const { is_active, last_seen, is_connected } = standing;
  const { policy_revision, refused_revision, refused_reason } = standing;
  if (!is_active) return { reason_code: 'unlinked', reason: 'The router is linked no more.' };
  if (last_seen === null)
    return { reason_code: 'never_connected', reason: 'The router has not connected yet.' };
  if (!is_connected)
    return {
      reason_code: 'offline',
      reason: `The router is offline since ${last_seen}: it does this once it is back.`,
    };
  if (refused_revision === policy_revision && refused_reason !== null) {
    const { reason_code, why } = REFUSALS[refused_reason] ?? {
      reason_code: 'refused',
      why: refused_reason,
    };
    return { reason_code, reason: `The router refused it: ${why}.` };
  }
  return { reason_code: 'unconfirmed', reason: 'The router has not confirmed this change yet.' };
}

/** The reasons of docs/protocol.md, for a person to read. */
const REFUSALS: Record<string, { reason_code: Reason['reason_code']; why: string }> = {
  incomplete: { reason_code: 'refused_incomplete', why: 'it did not get all of it' },
  invalid: {
    reason_code: 'refused_invalid',
    why: 'its agent does not know what this asks for',
  },
  nft: { reason_code: 'refused_nft', why: 'its firewall does not take the rules' },
  storage: { reason_code: 'refused_storage', why: 'it has no room to store it' },
};
