import { type Remark, remark } from '../remarks.ts';
import { type Address, parseAddress, parseMac } from './address.ts';
import { type Fields, isFields, isProblem, type Problem, readText } from './record.ts';
import type { Microseconds } from './timestamp.ts';

/** One sighting of a device. */
export type Device = {
  mac: number | null;
  ip: Address;
  isRouter: boolean;
  hostname: string | null;
  deviceName: string | null;
  firstSeen: Microseconds;
  lastSeen: Microseconds;
};

/** What the records of a file are read with. */
export type Reading = {
  readDate: (text: string) => Microseconds | undefined;
  /** Counts something a person should know of the file. */
  note: (remark: Remark) => void;
};

/** Addresses that mean "none": what an incomplete neighbour entry shows, and everybody. */
const NO_MACS = new Set([0, 0xff_ff_ff_ff_ff_ff]);
const NAME_LIMIT = 255;
const KNOWN_FIELDS = new Set(['ip', 'mac', 'hostname', 'device_name', 'first_seen', 'last_seen']);

/** Reads a record of the table `devices`; gives the first problem with it where there is one. */
export function readDevice(value: unknown, reading: Reading): Device | Problem {
  if (!isFields(value)) return { field: 'record', value, reason: remark('not_an_object') };
  const ip = readAddress(value);
  if (isProblem(ip)) return ip;
  const mac = readMac(value, reading);
  if (isProblem(mac)) return mac;
  const hostname = readText(value, 'hostname', NAME_LIMIT);
  if (isProblem(hostname)) return hostname;
  const deviceName = readName(value, 'device_name');
  if (isProblem(deviceName)) return deviceName;
  const seen = readSeen(value, reading);
  if (isProblem(seen)) return seen;
  return {
    mac: mac === 'router' ? null : mac,
    ip,
    isRouter: mac === 'router',
    hostname: hostname === 'Unknown' ? null : hostname,
    deviceName,
    ...seen,
  };
}

/** Whether a device's record says something that no column takes. */
export function hasUnknownFields(value: unknown): boolean {
  if (!isFields(value)) return false;
  for (const field in value) if (!KNOWN_FIELDS.has(field)) return true;
  return false;
}

/** The address of a record, which must have one. */
export function readAddress(fields: Fields): Address | Problem {
  const value = fields['ip'];
  const ip = typeof value === 'string' ? parseAddress(value) : undefined;
  if (ip !== undefined) return ip;
  return { field: 'ip', value, reason: remark('not_an_address') };
}

/** The hardware address of a record: `router` for the router itself, null where none is known. */
export function readMac(fields: Fields, { note }: Reading): number | 'router' | null | Problem {
  const value = fields['mac'];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string') {
    const mac = parseMac(value);
    if (mac !== undefined && !NO_MACS.has(mac)) return mac;
    if (mac !== undefined || /^unknown$/i.test(value)) {
      note(remark('no_mac'));
      return null;
    }
    if (/^router$/i.test(value)) return 'router';
  }
  return { field: 'mac', value, reason: remark('not_a_mac') };
}

/** A name somebody gave; null for the one the old program made of the address. */
export function readName(fields: Fields, field: string): string | null | Problem {
  const name = readText(fields, field, NAME_LIMIT);
  if (typeof name !== 'string' || !name.startsWith('Device-')) return name;
  return parseAddress(name.slice('Device-'.length)) === undefined ? name : null;
}

/** A date of a record; null where there is none. */
export function readDateField(
  fields: Fields,
  field: string,
  { readDate }: Reading,
): Microseconds | null | Problem {
  const value = fields[field];
  if (value === undefined || value === null || value === '') return null;
  const date = typeof value === 'string' ? readDate(value) : undefined;
  return date ?? { field, value, reason: remark('not_a_date') };
}

function readSeen(
  fields: Fields,
  reading: Reading,
): { firstSeen: Microseconds; lastSeen: Microseconds } | Problem {
  const first = readDateField(fields, 'first_seen', reading);
  if (isProblem(first)) return first;
  const last = readDateField(fields, 'last_seen', reading);
  if (isProblem(last)) return last;
  if (first === null && last === null) {
    const reason = remark('never_seen');
    return { field: 'last_seen', value: fields['last_seen'], reason };
  }
  if (first === null) reading.note(remark('no_first_seen'));
  if (last === null) reading.note(remark('no_last_seen'));
  const seen = { firstSeen: first ?? last ?? 0, lastSeen: last ?? first ?? 0 };
  if (seen.firstSeen <= seen.lastSeen) return seen;
  return {
    field: 'first_seen',
    value: fields['first_seen'],
    reason: remark('seen_backwards', { last_seen: JSON.stringify(fields['last_seen']) }),
  };
}
