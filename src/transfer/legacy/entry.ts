import { isDeviceAddress, isDeviceMac } from '../../devices/address.ts';
import { remark } from '../remarks.ts';
import type { Address } from './address.ts';
import { readAddress, readDateField, readMac, readName, type Reading } from './device.ts';
import { type Fields, isFields, isProblem, type Problem, readText } from './record.ts';
import type { Microseconds } from './timestamp.ts';

/** A device on one of the lists, or blocked. */
export type Entry = {
  mac: number | null;
  ip: Address;
  name: string | null;
  /** Why it is there, in its user's words. */
  remark: string | null;
  /** When it was put there; null where the old program did not say. */
  at: Microseconds | null;
};

/** The tables whose records are entries. */
export type List = 'whitelist' | 'blacklist';

const REMARK_LIMIT = 100_000;
const DATES = { whitelist: ['added_at'], blacklist: ['blocked_at', 'added_at'] } as const;
const REMARKS = {
  whitelist: ['description', 'reason'],
  blacklist: ['reason', 'description'],
} as const;
const KNOWN_FIELDS = new Set(
  'ip mac name device_name description reason added_at blocked_at'.split(' '),
);

/** Reads a record of the table `whitelist` or `blacklist`. */
export function readEntry(list: List, value: unknown, reading: Reading): Entry | Problem {
  if (!isFields(value)) return { field: 'record', value, reason: remark('not_an_object') };
  const ip = readAddress(value);
  if (isProblem(ip)) return ip;
  const mac = readListedMac(value, reading);
  if (isProblem(mac)) return mac;
  const name = firstOf(['name', 'device_name'], (field) => readName(value, field));
  if (isProblem(name)) return name;
  const words = firstOf(REMARKS[list], (field) => readText(value, field, REMARK_LIMIT));
  if (isProblem(words)) return words;
  const at = firstOf(DATES[list], (field) => readDateField(value, field, reading));
  if (isProblem(at)) return at;
  if (at === null) reading.note(remark('undated_entry'));
  return { mac: mac === 'router' ? null : mac, ip, name, remark: words, at };
}

/** Whether an entry says something that no column takes. */
export function hasUnknownEntryFields(value: unknown): boolean {
  return isFields(value) && Object.keys(value).some((field) => !KNOWN_FIELDS.has(field));
}

/**
 * Reads a record of the table `device_rules`. Gives the block it asks for, or null for every other
 * rule, which is kept as it is: so is a block of the router itself, which cannot be.
 */
export function readRule(value: unknown, reading: Reading): Entry | null | Problem {
  if (!isFields(value)) return null;
  if (value['rule_name'] !== 'block' || String(value['rule_value']) !== '1') return null;
  const ip = readAddress(value);
  if (isProblem(ip)) return ip;
  const mac = readListedMac(value, reading);
  if (isProblem(mac)) return mac;
  if (mac === 'router') {
    reading.note(remark('block_of_router'));
    return null;
  }
  reading.note(remark('undated_block'));
  return { mac, ip, name: null, remark: null, at: null };
}

/** The hardware address of what a router is to act on: one device, as the API asks for it too. */
function readListedMac(fields: Fields, reading: Reading): ReturnType<typeof readMac> {
  const mac = readMac(fields, reading);
  const { mac: macText, ip } = fields;
  if (typeof mac === 'number' && typeof macText === 'string' && !isDeviceMac(macText))
    return { field: 'mac', value: macText, reason: remark('mac_of_group') };
  if (mac === null && typeof ip === 'string' && !isDeviceAddress(ip))
    return { field: 'ip', value: ip, reason: remark('no_device_address') };
  return mac;
}

/** The first field that says something, or has a problem. */
function firstOf<Value>(
  fields: readonly string[],
  read: (field: string) => Value | null | Problem,
): Value | null | Problem {
  for (const field of fields) {
    const value = read(field);
    if (value !== null) return value;
  }
  return null;
}
