import type { Policy } from '../api/queries.ts';

/** How far a change is on its way to its router: nothing more is to come of the last three for now. */
type DeliveryStage = 'working' | 'done' | 'refused' | 'waiting';

/** What the delivery of a policy says about the last change to it. Pure. */
export function stageOf({
  state,
  reason_code,
}: Pick<Policy['delivery'], 'state' | 'reason_code'>): DeliveryStage {
  if (state === 'applied') return 'done';
  if (state === 'partial' || reason_code?.startsWith('refused')) return 'refused';
  // The router is there, and has not answered yet.
  return reason_code === 'unconfirmed' ? 'working' : 'waiting';
}
