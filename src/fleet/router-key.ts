import type { OfRouter } from '../database/models.ts';

/** One text for a router, as notify_router() in the database writes it. */
export function routerKey({ user_id, router_id }: OfRouter): string {
  return `${user_id} ${router_id}`;
}
