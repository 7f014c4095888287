import { isDeviceAddress, isDeviceMac, UNKNOWN_ADDRESS } from '../../devices/address.ts';
import { Problem, remark } from '../problem.ts';
import {
  isZeroMac,
  noAddress,
  readAddress,
  readDate,
  readKnown,
  readMac,
  readName,
  readText,
  type Reading,
} from './fields.ts';
import { readSwitch } from './mode.ts';
import { type Fields, isFields, requireFields } from './record.ts';

const HOUR_MS = 3_600_000;

/** One sighting of a device. */
export type Device = {
  mac: string | null;
  /** `0.0.0.0` if it is not known: the MAC then is. */
  ip: string;
  isRouter: boolean;
  hostname: string | null;
  deviceName: string | null;
  deviceType: string | null;
  manufacturer: string | null;
  firstSeen: string;
  lastSeen: string;
};

/** Reads a record of the table `devices`. Throws Problem for the first thing wrong with it. */
export function readDevice(value: unknown, reading: Reading): Device {
  const fields = requireFields(value);
  const hostname = readKnown(fields, 'hostname');
  const deviceType = readKnown(fields, 'device_type', 100);
  // An incomplete neighbour entry of the router has no MAC.
  const isZero = hostname?.toLowerCase() === 'router' && isZeroMac(fields['mac']);
  const mac = isZero ? 'router' : readMac(fields, reading);
  const ip = readAddress(fields);
  if (ip === null && (mac === null || mac === 'router')) throw noAddress(fields);
  return {
    mac: mac === 'router' ? null : mac,
    ip: ip ?? UNKNOWN_ADDRESS,
    isRouter: mac === 'router' || deviceType?.toLowerCase() === 'router',
    hostname,
    deviceName: readName(fields, 'device_name'),
    deviceType,
    manufacturer: readKnown(fields, 'manufacturer'),
    ...readSeen(fields, reading),
  };
}

function readSeen(fields: Fields, reading: Reading): { firstSeen: string; lastSeen: string } {
  const first = readDate(fields, 'first_seen', reading);
  const last = readDate(fields, 'last_seen', reading);
  const [firstSeen, lastSeen] = [first ?? last, last ?? first];
  const { first_seen, last_seen } = fields;
  if (firstSeen === null || lastSeen === null) {
    throw new Problem('last_seen', last_seen, remark('never_seen'));
  }
  if (first === null) reading.note(remark('no_first_seen'));
  if (last === null) reading.note(remark('no_last_seen'));
  if (firstSeen <= lastSeen) return { firstSeen, lastSeen };
  const seconds = (date: string) => Date.parse(`${date.slice(0, 19)}Z`);
  if (seconds(firstSeen) - seconds(lastSeen) <= HOUR_MS) {
    // The clocks went back in between: the second of the two hours.
    reading.note(remark('hour_twice'));
    const later = new Date(seconds(lastSeen) + HOUR_MS).toISOString().slice(0, 19);
    const moved = later + lastSeen.slice(19);
    return { firstSeen, lastSeen: moved < firstSeen ? firstSeen : moved };
  }
  const reason = remark('seen_backwards', { last_seen: JSON.stringify(last_seen) });
  throw new Problem('first_seen', first_seen, reason);
}

/** A device on one of the lists, or blocked. */
export type Entry = {
  mac: string | null;
  /** Null if it is that of the device with this MAC. */
  ip: string | null;
  name: string | null;
  /** Why it is there, in the user's words. */
  remark: string | null;
  /** When it was put there; null if the old program did not say. */
  at: string | null;
};

/** The tables whose records are entries. */
export type List = 'whitelist' | 'blacklist';

/** The fields that have columns; a record that has others too is kept whole besides. */
export const DEVICE_FIELDS = new Set(
  'ip mac hostname device_name device_type manufacturer first_seen last_seen'.split(' '),
);
export const ENTRY_FIELDS = new Set(
  'ip mac name device_name description reason added_at blocked_at'.split(' '),
);

const REMARK_LIMIT = 100_000;
const DATES = { whitelist: ['added_at'], blacklist: ['blocked_at', 'added_at'] } as const;
const REMARKS = {
  whitelist: ['description', 'reason'],
  blacklist: ['reason', 'description'],
} as const;

/** Reads a record of the table `whitelist` or `blacklist`. Throws Problem for the first thing wrong with it. */
export function readEntry(list: List, value: unknown, reading: Reading): Entry {
  const fields = requireFields(value);
  const entry = {
    ...readListedDevice(fields, reading),
    name: firstOf(['name', 'device_name'], (field) => readName(fields, field)),
    remark: firstOf(REMARKS[list], (field) => readText(fields, field, REMARK_LIMIT)),
    at: firstOf(DATES[list], (field) => readDate(fields, field, reading)),
  };
  if (entry.at === null) reading.note(remark('undated_entry'));
  if (entry.mac === 'router' && entry.ip === null) throw noAddress(fields);
  return { ...entry, mac: entry.mac === 'router' ? null : entry.mac };
}

/**
 * Reads a record of the table `device_rules`. Gives the block it asks for, or null for every other
 * rule, which is kept unchanged: so is a block of the router itself, which is not possible.
 */
export function readRule(value: unknown, reading: Reading): Entry | null {
  if (!isFields(value)) return null;
  if (value['rule_name'] !== 'block') return null;
  const isBlocked = readSwitch(value['rule_value']);
  if (isBlocked === undefined)
    reading.note(remark('unclear_block', { value: JSON.stringify(value['rule_value']) }));
  if (isBlocked !== true) return null;
  const { mac, ip } = readListedDevice(value, reading);
  if (mac === 'router') reading.note(remark('block_of_router'));
  return mac === 'router' ? null : { mac, ip, name: null, remark: null, at: null };
}

/** The addresses of what a router has to act on: one device, as the API requires too. */
function readListedDevice(
  fields: Fields,
  reading: Reading,
): { mac: string | null; ip: string | null } {
  const ip = readAddress(fields);
  const mac = readMac(fields, reading);
  if (mac === 'router') return { mac, ip };
  if (ip === null && mac === null) throw noAddress(fields);
  if (mac !== null && !isDeviceMac(mac))
    throw new Problem('mac', fields['mac'], remark('mac_of_group'));
  if (mac === null && ip !== null && !isDeviceAddress(ip))
    throw new Problem('ip', ip, remark('no_device_address'));
  return { mac, ip };
}

/** The first field that has a value. */
function firstOf<Value>(
  fields: readonly string[],
  read: (field: string) => Value | null,
): Value | null {
  for (const field of fields) {
    const value = read(field);
    if (value !== null) return value;
  }
  return null;
}
