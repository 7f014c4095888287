import type { Ask } from '../../api/health-queries.ts';
import type { Home } from '../../api/home-queries.ts';
import type { Device, Policy, Router } from '../../api/queries.ts';
import { deviceLabel } from '../devices/label.ts';
import type { HomeFacts, RouterFacts } from './sentence.ts';

/** A router may take this long to say that it does what was decided. */
const LATE_MS = 60_000;

/** Everything the page knows; of a router of another home too. */
export type Known = {
  routers: readonly Router[];
  devices: readonly Device[];
  policies: ReadonlyMap<string, Policy>;
  asks: readonly Ask[];
  canDecide: boolean;
  /** In ms; undefined on the server and for the first rendering in a browser. */
  now: number | undefined;
};

/** What the sentence about a home is made of. */
export function factsOf(home: Pick<Home, 'id' | 'name'>, known: Known): HomeFacts {
  const routers = linkedRouters(home, known.routers);
  const ids = new Set(routers.map(({ router_id }) => router_id));
  const devices = known.devices.filter(({ router_id }) => ids.has(router_id));
  return {
    home: home.name,
    routers: routers.map((router) => routerFacts(router, devices, known)),
    newcomers: newcomersAmong(devices).map(deviceLabel),
    asks: known.asks
      .filter(({ home_id }) => home_id === home.id)
      .map(({ person_name: name, minutes }) => ({ name, minutes })),
    canDecide: known.canDecide,
  };
}

/** The routers of a home that are linked. */
export function linkedRouters<Linked extends Pick<Router, 'home_id' | 'is_active'>>(
  { id }: Pick<Home, 'id'>,
  routers: readonly Linked[],
): Linked[] {
  return routers.filter(({ home_id, is_active }) => home_id === id && is_active);
}

/** The new devices about which nobody has decided, those that are here first, then the latest. */
export function newcomersAmong(devices: readonly Device[]): Device[] {
  return devices
    .filter(({ is_new, is_router }) => is_new && !is_router)
    .toSorted(
      (one, other) =>
        Number(other.is_online) - Number(one.is_online) ||
        (one.first_seen < other.first_seen ? 1 : -1),
    );
}

function routerFacts(
  router: Router,
  devices: readonly Device[],
  { policies, now }: Pick<Known, 'policies' | 'now'>,
): RouterFacts {
  const own = devices.filter(
    ({ router_id, is_router }) => router_id === router.router_id && !is_router,
  );
  return {
    name: routerName(router),
    ...stateOf(router),
    devices: own.length,
    ...changesOf(policies.get(router.router_id), now),
  };
}

export function routerName({
  router_name,
  router_id,
}: Pick<Router, 'router_name' | 'router_id'>): string {
  return router_name ?? router_id;
}

/** How a router is, and since when. */
export function stateOf({
  health: { state, since },
  is_connected,
  last_seen,
}: Pick<Router, 'health' | 'is_connected' | 'last_seen'>): Pick<RouterFacts, 'state' | 'since'> {
  if (!is_connected && last_seen === null) return { state: 'never_connected', since: null };
  return { state, since };
}

/** How long the internet takes to answer, in ms: the slowest of the routers; undefined if none has measured it. */
export function roundTripOf(routers: readonly Pick<Router, 'health'>[]): number | undefined {
  const measured = routers.flatMap(({ health: { state, round_trip } }) =>
    state === 'ok' && round_trip !== null ? [Math.round(round_trip)] : [],
  );
  return measured.length === 0 ? undefined : Math.max(...measured);
}

/** Whether a router does what was decided. */
export function changesOf(
  policy: Policy | undefined,
  now: number | undefined,
): Pick<RouterFacts, 'changes' | 'refused'> {
  const applied = { changes: 'applied', refused: 0 } as const;
  if (policy === undefined) return applied;
  const { state, reason_code = '', refused = [] } = policy.delivery;
  if (state === 'partial') return { changes: 'refused', refused: refused.length };
  if (state !== 'pending') return applied;
  if (reason_code.startsWith('refused')) return { changes: 'refused', refused: 0 };
  const isLate = now !== undefined && now - Date.parse(policy.updated_at) > LATE_MS;
  return reason_code === 'unconfirmed' && isLate ? { ...applied, changes: 'late' } : applied;
}
