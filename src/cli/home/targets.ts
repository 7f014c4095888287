import { listDevices, nameDevices } from './devices.ts';
import { type NamedHome, ownHomes, requireHome } from './homes.ts';
import { type Named, findNamed, fold } from './names.ts';
import { listPeople } from './people.ts';
import { listRouters } from './routers.ts';
import type { Session } from './session.ts';

/** Who a rule is for, as the API takes it. */
export type TargetBody =
  | { target: 'everyone' }
  | { person_id: string }
  | { device_id: string }
  | { network: string };

export type Target = Named & {
  home_id: string;
  body: TargetBody;
  /** In a sentence: `Tim`, `the network guest`, `everyone`. */
  called: string;
  /** Of a device: its router. */
  router_id?: string;
};

const EVERYONE = new Set(['everyone', 'everybody', 'all']);

/** Everything that a rule can be for, in the chosen home, or in all of one's own. */
export async function listTargets(session: Session): Promise<Target[]> {
  const { api, homes } = session;
  const [people, devices, routers] = await Promise.all([
    listPeople(api, ownHomes(session)),
    listDevices(api),
    listRouters(api),
  ]);
  const homeOf = new Map(routers.map(({ router_id, home_id }) => [router_id, home_id]));
  const networks = new Map<string, Target>();
  for (const { place, router_id } of devices) {
    const network = place?.network ?? null;
    const home_id = homeOf.get(router_id) ?? '';
    if (network !== null)
      networks.set(`${home_id} ${network}`, networkTarget(network, home_id, homes));
  }
  return [
    ...people.map((person) => ({
      ...person,
      body: { person_id: person.id },
      called: person.name,
    })),
    ...nameDevices(devices, routers).map((device) => ({
      names: device.names,
      keys: device.keys,
      description: device.description,
      home_id: homeOf.get(device.router_id) ?? '',
      body: { device_id: device.id },
      called: device.device_name ?? device.hostname ?? device.ip,
      router_id: device.router_id,
    })),
    ...networks.values(),
  ];
}

function networkTarget(network: string, home_id: string, homes: readonly NamedHome[]): Target {
  const home = homes.find(({ id }) => id === home_id)?.name ?? home_id;
  return {
    names: [network, `network ${network}`],
    keys: [],
    description: `the network ${network} (${home})`,
    home_id,
    body: { network },
    called: `the network ${network}`,
  };
}

/** Who a text names: a person, a device, a network, or `everyone`. Throws NotFoundError, or InvalidInputError with the candidates. */
export async function findTarget(session: Session, text: string, field = 'who'): Promise<Target> {
  if (EVERYONE.has(fold(text))) return everyoneIn(requireHome(session));
  return findNamed(await listTargets(session), { field, text, what: 'person, device or network' });
}

/** All devices of a home. */
export function everyoneIn({ id, description }: NamedHome): Target {
  return {
    names: ['everyone'],
    keys: [],
    description: `everyone in ${description}`,
    home_id: id,
    body: { target: 'everyone' },
    called: 'everyone',
  };
}
