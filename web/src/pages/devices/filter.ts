import { parseAddress } from '../../../../src/parse-address.ts';
import { parseMac } from '../../../../src/parse-mac.ts';
import type { Device } from '../../api/queries.ts';
import { deviceLabel, shownAddress, typeOf } from './label.ts';
import type { State } from './states.ts';

export const COLUMNS = ['name', 'manufacturer', 'ip', 'state', 'last_seen'] as const;
export type Column = (typeof COLUMNS)[number];
export type Order = { column: Column; isDescending: boolean };
export type Filter = { text: string; state: State; type: string; person: string; router: string };

export const NO_FILTER: Filter = {
  text: '',
  state: 'all',
  type: 'all',
  person: 'all',
  router: 'all',
};
/** Stands for the devices that are nobody's. */
export const NOBODY = 'nobody';

const IS_IN_STATE: Record<State, (device: Device) => boolean> = {
  all: () => true,
  online: (device) => device.is_online,
  offline: (device) => !device.is_online && device.unknown_since === null,
  unknown: (device) => device.unknown_since !== null,
  blocked: ({ access }) => access.access === 'block',
  limited: ({ access }) => access.access === 'limit',
  new: (device) => device.is_new,
  whitelisted: (device) => device.is_whitelisted,
  blacklisted: (device) => device.is_blacklisted,
};

/** Lower-case text of each device, made once and not for each letter typed. */
const searchable = new WeakMap<Device, string>();

/** The devices that match, in order. 5,000 of them take a few milliseconds. */
export function arrange(devices: readonly Device[], filter: Filter, order: Order): Device[] {
  // A MAC and an address may be written in other ways than ours.
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((text) => ({ text: parseAddress(text) ?? text, mac: parseMac(text) }));
  return devices
    .filter(
      (device) =>
        IS_IN_STATE[filter.state](device) &&
        (filter.type === 'all' || typeOf(device) === filter.type) &&
        (filter.person === 'all' || (device.person_id ?? NOBODY) === filter.person) &&
        (filter.router === 'all' || device.router_id === filter.router) &&
        words.every(({ text, mac }) => textOf(device).includes(text) || device.mac === mac),
    )
    .toSorted(comparison(order));
}

function textOf(device: Device): string {
  const known = searchable.get(device);
  if (known !== undefined) return known;
  const { device_name, hostname, manufacturer, mac, ip, place } = device;
  const said = [device_name, hostname, manufacturer, mac, shownAddress(ip), typeOf(device)];
  const text = [...said, place?.network, place?.port, place?.ssid].join('\n').toLowerCase();
  searchable.set(device, text);
  return text;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const COMPARE: Record<Column, (one: Device, other: Device) => number> = {
  name: (one, other) => collator.compare(deviceLabel(one), deviceLabel(other)),
  manufacturer: (one, other) =>
    collator.compare(one.manufacturer ?? '\u{10ffff}', other.manufacturer ?? '\u{10ffff}'),
  ip: (one, other) => collator.compare(one.ip, other.ip),
  state: (one, other) => rank(one) - rank(other),
  // All moments of the API have the same length and zone: their texts sort by time.
  last_seen: (one, other) => (one.last_seen < other.last_seen ? -1 : 1),
};

function comparison({ column, isDescending }: Order) {
  const compare = COMPARE[column];
  return isDescending
    ? (one: Device, other: Device) => compare(other, one)
    : (one: Device, other: Device) => compare(one, other);
}

function rank({ access: { access }, is_online }: Device): number {
  if (access === 'block') return 3;
  if (access === 'limit') return 2;
  return is_online ? 0 : 1;
}
