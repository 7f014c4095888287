import {
  type House,
  type HouseRouter,
  READ_AT_LEAST_EVERY_MS,
  type Rights,
} from '../../mqtt/house.ts';
import { NotFoundError } from '../../errors.ts';
import { type Api, ServiceError, dataOf } from '../home/api.ts';
import { type Device, listDevices } from '../home/devices.ts';
import { type Home, type NamedHome, listHomes } from '../home/homes.ts';
import { listPeople } from '../home/people.ts';
import { type Router, listRouters, routerName } from '../home/routers.ts';
import { deliveryOf } from '../home/delivery.ts';

/** The home that is published: with a token for one router alone only that one, and nothing of people and rules. */
export type Scope = {
  url: string;
  /** Without a home: sees which there are. */
  account: Api;
  /** About the home. */
  api: Api;
  home: { id: string; name: string };
  onlyRouterId: string | null;
  /** Whether the token may change what devices get. */
  mayControl: boolean;
};

type Usage = { devices: ReadonlyMap<string, number>; people: ReadonlyMap<string, number> };

/** Returns a function that reads the home. It throws ServiceError, or NotFoundError once the home is gone. */
export function createHouseReader(scope: Scope): () => Promise<House> {
  const { api, onlyRouterId } = scope;
  let usage: Usage | undefined;
  let usageAt = -Infinity;
  return async () => {
    if (onlyRouterId === null && Date.now() - usageAt >= READ_AT_LEAST_EVERY_MS) {
      usageAt = Date.now();
      usage = await readUsage(api, scope.home.id);
    }
    const home = onlyRouterId === null ? await findHome(scope) : undefined;
    const [found, people] = await Promise.all([
      listDevices(api),
      home === undefined ? [] : listPeople(api, [home]),
    ]);
    // After the devices: what is applied then holds of what was decided before, never the other way round.
    const linked = (await listRouters(api)).filter(
      (router) => router.is_active && router.home_id === scope.home.id,
    );
    const routers = await Promise.all(linked.map((router) => readRouter(api, router)));
    const counting = new Set(
      linked
        .filter(({ agent_features }) => agent_features?.includes('usage') === true)
        .map(({ router_id }) => router_id),
    );
    const isLinked = new Set(linked.map(({ router_id }) => router_id));
    return {
      home: home ?? scope.home,
      url: scope.url,
      may: rightsOf(scope, home),
      routers,
      people: people.map(({ id, name, access }) => {
        const used = usage === undefined ? null : (usage.people.get(id) ?? 0);
        return { id, name, access, used };
      }),
      devices: found
        .filter(({ router_id, is_router }) => isLinked.has(router_id) && !is_router)
        .map((device) => ({
          ...device,
          name: device.device_name ?? device.name_guess ?? device.hostname ?? device.ip,
          used: usedBy(device, usage, counting),
        })),
    };
  };
}

async function findHome({ account, home }: Scope): Promise<NamedHome> {
  const found = (await listHomes(account)).find(({ id }) => id === home.id);
  if (found === undefined) throw new NotFoundError('home', home.name);
  return found;
}

/** Of a member who only reads the token may not more. */
function rightsOf({ mayControl }: Scope, home: Home | undefined): Rights {
  const isAdmin = home === undefined || home.role === 'owner' || home.role === 'admin';
  return { block: mayControl && isAdmin, rule: mayControl && isAdmin && home !== undefined };
}

async function readRouter(api: Api, router: Router): Promise<HouseRouter> {
  const delivery = await deliveryOf(api, router).catch((error: unknown) => {
    // Unlinked or deleted since: an event says so.
    if (error instanceof ServiceError && error.kind === 'not-found') return undefined;
    throw error;
  });
  const refused = delivery?.refused ?? [];
  const isPartly = delivery?.state === 'partial' && refused.length < MOST_REFUSED;
  return {
    router_id: router.router_id,
    name: routerName(router),
    lan_mac: router.lan_mac,
    is_connected: router.is_connected,
    has_internet: { ok: true, internet_down: false, away: null, unknown: null }[
      router.health.state
    ],
    is_applied: isPartly ? undefined : delivery?.state === 'applied',
    refused: new Set(refused.flatMap(({ device_id }) => device_id ?? [])),
  };
}

/** The API lists no more of them: of those that it does not list nobody knows. */
const MOST_REFUSED = 100;
/** Nor more devices that used something. */
const MOST_USED = 1_000;

/** Undefined if nothing is counted. */
async function readUsage(api: Api, home_id: string): Promise<Usage | undefined> {
  const used = await dataOf(
    api.GET('/api/v1/homes/{home_id}/usage', {
      params: { path: { home_id }, query: { period: 'today', format: 'json' } },
      parseAs: 'json',
    }),
  );
  if (typeof used === 'string' || used.counting === 'none') return undefined;
  const { devices, people } = used;
  return {
    devices: new Map(devices.map(({ device_id, down, up }) => [device_id, down + up])),
    people: new Map(people.map(({ person_id, down, up }) => [person_id, down + up])),
  };
}

function usedBy(
  { id, router_id }: Device,
  usage: Usage | undefined,
  counting: ReadonlySet<string>,
): number | null {
  const used = usage?.devices.get(id);
  if (used !== undefined || usage === undefined) return used ?? null;
  return counting.has(router_id) && usage.devices.size < MOST_USED ? 0 : null;
}
