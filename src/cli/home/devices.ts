import type { paths } from '../../../client/src/client.ts';
import { type Api, dataOf } from './api.ts';
import { type Named, findNamed } from './names.ts';
import { readPages } from './pages.ts';
import { type NamedRouter, listRouters, routerName } from './routers.ts';

type Page = paths['/api/v1/devices']['get']['responses'][200]['content']['application/json'];
export type Device = Page['items'][number];
export type NamedDevice = Device & Named;
type Query = Partial<
  Omit<
    NonNullable<paths['/api/v1/devices']['get']['parameters']['query']>,
    'limit' | 'cursor' | 'sort'
  >
>;

/** Every device that the query allows, by name, as the API has it. */
export function listDevices(api: Api, query: Query = {}): Promise<Device[]> {
  return readPages({ atOnce: 10_000 }, (page) =>
    dataOf(api.GET('/api/v1/devices', { params: { query: { ...query, sort: 'name', ...page } } })),
  );
}

/** What people call a device: the name that its owner gave it, else the one that it reports, else its address. */
export function deviceName({
  device_name,
  hostname,
  ip,
}: Pick<Device, 'device_name' | 'hostname' | 'ip'>): string {
  return device_name ?? hostname ?? ip;
}

/** Devices as they can be named; each router's name is in the description. */
export function nameDevices(
  devices: readonly Device[],
  routers: readonly NamedRouter[],
): NamedDevice[] {
  const byId = new Map(routers.map((router) => [router.router_id, routerName(router)]));
  return devices.map((device) => ({
    ...device,
    names: [device.device_name, device.hostname],
    keys: [device.id, device.ip, ...device.macs],
    description: `"${deviceName(device)}" (${device.ip}, ${byId.get(device.router_id) ?? device.router_id})`,
  }));
}

/** The device that a text names. Throws NotFoundError, or InvalidInputError with the candidates. */
export async function findDevice(
  api: Api,
  text: string,
  { field = 'device', router_id }: { field?: string; router_id?: string } = {},
): Promise<NamedDevice> {
  const devices = await listNamedDevices(api, router_id === undefined ? {} : { router_id });
  return findNamed(devices, { field, text, what: 'device' });
}

/** The devices that the query allows, as they can be named. */
export async function listNamedDevices(api: Api, query: Query = {}): Promise<NamedDevice[]> {
  const [devices, routers] = await Promise.all([listDevices(api, query), listRouters(api)]);
  return nameDevices(devices, routers);
}
