/** What a program may look at. */
import type { McpServer } from '@modelcontextprotocol/server';
import { Type } from 'typebox';
import { STATES } from '../devices/states.ts';
import type { OwnApi } from './own-api.ts';
import { registerReading, toolInput } from './tool.ts';

export const HomeId = Type.String({
  format: 'uuid',
  description: 'The `id` of a home, from `list_homes`.',
});
export const DeviceId = Type.String({
  format: 'uuid',
  description: 'The `id` of a device, from `list_devices`.',
});
export const RouterId = Type.String({ description: 'The `router_id` of the device.' });

const limit = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 200, description: '50 by default.' }),
);
const MANY = 50;

const LIST_HOMES = toolInput(Type.Object({}));
const LIST_DEVICES = toolInput(
  Type.Object({
    home_id: Type.Optional(HomeId),
    text: Type.Optional(
      Type.String({ maxLength: 255, description: 'Part of its name, maker or address.' }),
    ),
    state: Type.Optional(Type.Enum(STATES)),
    person_id: Type.Optional(Type.String({ format: 'uuid', description: 'Only of this person.' })),
    limit,
  }),
);
const GET_DEVICE = toolInput(Type.Object({ router_id: RouterId, device_id: DeviceId }));
const LIST_RULES = toolInput(Type.Object({ home_id: HomeId }));
const LIST_ACTIVITY = toolInput(
  Type.Object({
    home_id: Type.Optional(HomeId),
    device_id: Type.Optional(DeviceId),
    since: Type.Optional(Type.String({ format: 'date-time' })),
    limit,
  }),
);

export function registerReadingTools(server: McpServer, ownApi: OwnApi): void {
  registerReading(
    server,
    {
      name: 'list_homes',
      title: 'Homes, routers and people',
      description:
        'Lists the homes that you may see, with their routers (whether they are connected, and have taken all changes) and their people (what holds for them now, why and until when). Begin here: other tools need the ids.',
    },
    LIST_HOMES,
    async () => listHomes(ownApi),
  );
  registerReading(
    server,
    {
      name: 'list_devices',
      title: 'Devices',
      description:
        'Lists devices, the last seen first. `access` says what a device may do now (allow, limit or block), because of what, until when, and what comes next.',
    },
    LIST_DEVICES,
    ({ home_id: homeId, limit: most = MANY, ...query }) =>
      ownApi({ path: '/devices', query: { ...query, limit: most }, homeId }),
  );
  registerReading(
    server,
    {
      name: 'get_device',
      title: 'A device, and why it has internet or not',
      description:
        'Everything about one device: its access with the reason, its addresses, when it was there, and where it is connected.',
    },
    GET_DEVICE,
    ({ router_id, device_id }) => ownApi({ path: devicePath(router_id, device_id) }),
  );
  registerReading(
    server,
    {
      name: 'list_rules',
      title: 'Rules',
      description:
        'Lists the rules of a home: pauses, exceptions, schedules such as bedtimes, and what new devices get.',
    },
    LIST_RULES,
    ({ home_id }) => ownApi({ path: `/homes/${home_id}/rules` }),
  );
  registerReading(
    server,
    {
      name: 'list_activity',
      title: 'Who did what',
      description: 'Lists who changed what, and what routers reported, the newest first.',
    },
    LIST_ACTIVITY,
    ({ home_id: homeId, limit: most = MANY, ...query }) =>
      ownApi({ path: '/audit', query: { ...query, limit: most }, homeId }),
  );
}

export function devicePath(routerId: string, deviceId: string): string {
  return `/routers/${encodeURIComponent(routerId)}/devices/${deviceId}`;
}

type Listed = { items: { id: string; home_id?: string }[] };

/** Every home with what is in it. */
async function listHomes(ownApi: OwnApi): Promise<object[]> {
  const [homes, routers] = await Promise.all([
    ownApi({ path: '/homes' }),
    ownApi({ path: '/routers' }),
  ]);
  return Promise.all(
    itemsOf(homes).map(async (home) => ({
      ...home,
      routers: itemsOf(routers).filter(({ home_id }) => home_id === home.id),
      people: itemsOf(await ownApi({ path: `/homes/${home.id}/people` })),
    })),
  );
}

/** The entries of a list, which is our own API's. */
function itemsOf(list: unknown): Listed['items'] {
  return isList(list) ? list.items : [];
}

function isList(list: unknown): list is Listed {
  return typeof list === 'object' && list !== null && Array.isArray(Reflect.get(list, 'items'));
}
