import type { paths } from '../../../client/src/client.ts';
import { type Api, dataOf } from './api.ts';
import type { Router } from './routers.ts';

/** Whether a router does what it should. */
export type Delivery =
  paths['/api/v1/routers/{router_id}/policy']['get']['responses'][200]['content']['application/json']['delivery'];

/** The present one of a router; undefined if it is not linked any more. */
export async function deliveryOf(
  api: Api,
  { router_id, is_active }: Router,
): Promise<Delivery | undefined> {
  if (!is_active) return undefined;
  const path = { params: { path: { router_id } } };
  return (await dataOf(api.GET('/api/v1/routers/{router_id}/policy', path))).delivery;
}

/** In a table. */
export function describeDelivery(delivery: Delivery | undefined): string {
  if (delivery === undefined) return '-';
  if (delivery.state === 'applied') return 'all in force';
  if (delivery.state === 'pending' && delivery.reason_code === 'unconfirmed') return 'on their way';
  return (delivery.reason ?? delivery.state).replace(/\.$/, '');
}

const LONGEST_WAIT_MS = 5_000;

/**
 * Waits, for some seconds, until a router that is connected has confirmed a change, or refused it: the delivery as it is then.
 */
export async function awaitDelivery(
  api: Api,
  router: Pick<Router, 'router_id'>,
  delivery: Delivery,
): Promise<Delivery> {
  const end = Date.now() + LONGEST_WAIT_MS;
  const revision = delivery.policy_revision;
  let now = delivery;
  while (now.reason_code === 'unconfirmed' && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const path = { params: { path: { router_id: router.router_id } } };
    now = (await dataOf(api.GET('/api/v1/routers/{router_id}/policy', path))).delivery;
    if (now.applied_revision >= revision) return now;
  }
  return now;
}

/** After a change: what it means that it was stored. */
export function describeOutcome(delivery: Delivery, router: string): string {
  const { state, reason_code, reason } = delivery;
  if (state === 'applied') return `${router} has confirmed it.`;
  if (reason_code === 'unconfirmed')
    return `${router} is connected, but has not confirmed it yet: \`netpilot status\` shows when it has.`;
  if (reason_code === 'offline' || reason_code === 'away')
    return `${router} is away: it applies when it is back.`;
  if (reason_code === 'never_connected')
    return `${router} has not connected yet: it applies when it does.`;
  if (reason_code === 'unlinked') return `${router} is not linked any more: nothing holds there.`;
  return `${router}: ${reason ?? state}`;
}
