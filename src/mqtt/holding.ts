import type { Decided, House, HouseDevice, HouseRouter } from './house.ts';

/** What is known to hold, by the ids of devices and people. What is missing is not known. */
export type Held = {
  internet: ReadonlyMap<string, boolean>;
  isHome: ReadonlyMap<string, boolean>;
};

export const NOTHING_HELD: Held = { internet: new Map(), isHome: new Map() };

/**
 * What holds now. A decision holds once each router that it concerns has confirmed it; until then, and while such a router is not
 * connected, what held before does, as far as it is known. The same for who is at home: a router that is away does not see anybody leave.
 */
export function holdNow(house: House, before: Held): Held {
  const routers = new Map(house.routers.map((router) => [router.router_id, router]));
  const internet = new Map<string, boolean>();
  const isHome = new Map<string, boolean>();
  const keep = (map: Map<string, boolean>, id: string, value: boolean | undefined) => {
    if (value !== undefined) map.set(id, value);
  };
  for (const device of house.devices) {
    const router = routers.get(device.router_id);
    const holds = isHeld(device, router)
      ? isAllowed(device.access)
      : before.internet.get(device.id);
    keep(internet, device.id, holds);
    const seen = router?.is_connected === true ? device.is_online : before.isHome.get(device.id);
    keep(isHome, device.id, seen);
  }
  for (const { id, access } of house.people) {
    const own = house.devices.filter(({ person_id }) => person_id === id);
    const holds = own.every((device) => isHeld(device, routers.get(device.router_id)));
    keep(internet, id, holds ? isAllowed(access) : before.internet.get(id));
  }
  return { internet, isHome };
}

function isHeld({ id }: HouseDevice, router: HouseRouter | undefined): boolean {
  return router?.is_applied ?? (router !== undefined && !router.refused.has(id));
}

/** Slow internet is internet. */
function isAllowed({ access }: Decided): boolean {
  return access !== 'block';
}
