/** Reading the fields of a record. Each function throws Problem for a value that cannot be imported. */
import { parseAddress } from '../../parse-address.ts';
import { parseMac } from '../../parse-mac.ts';
import { Problem, type Remark, remark } from '../problem.ts';
import { type Fields, unstorable } from './record.ts';

/** What the records of a file are read with. */
export type Reading = {
  /** Gives a date in UTC (legacy/timestamp.ts). */
  readDate: (text: string) => string | undefined;
  /** Counts something that a person should know about the file. */
  note: (remark: Remark) => void;
};

/** MAC addresses that mean "none": what an incomplete neighbour entry shows, and broadcast. */
const NO_MACS = new Set(['00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff']);
const NAME_LIMIT = 255;

/** A text for a column of `limit` characters; null if it is missing, null or blank. */
export function readText(fields: Fields, field: string, limit = NAME_LIMIT): string | null {
  const value = fields[field];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw new Problem(field, value, remark('not_a_text'));
  const reason = unstorable(value);
  if (reason !== undefined) throw new Problem(field, value, reason);
  // PostgreSQL counts code points, JavaScript UTF-16 units: never fewer.
  const length = value.length > limit ? Array.from(value).length : 0;
  if (length > limit) throw new Problem(field, value, remark('too_long', { length, limit }));
  return value.trim() === '' ? null : value;
}

/** A name that a person gave; null for one that the old program made from the address. */
export function readName(fields: Fields, field: string): string | null {
  const name = readText(fields, field);
  if (name === null || !name.startsWith('Device-')) return name;
  return parseAddress(name.slice('Device-'.length)) === undefined ? name : null;
}

/** A text that is null if it says "Unknown", in any case. */
export function readKnown(fields: Fields, field: string, limit = NAME_LIMIT): string | null {
  const text = readText(fields, field, limit);
  return text?.trim().toLowerCase() === 'unknown' ? null : text;
}

/** The address of a record; null if it is not known: missing, or `0.0.0.0`. */
export function readAddress({ ip }: Fields): string | null {
  if (ip === undefined || ip === null || ip === '') return null;
  if (typeof ip === 'string' && /^\s*(unknown|none|n\/a|-)?\s*$/i.test(ip)) return null;
  const address = typeof ip === 'string' ? parseAddress(ip) : undefined;
  if (address === undefined) throw new Problem('ip', ip, remark('not_an_address'));
  return address === '0.0.0.0' || address === '::' ? null : address;
}

/** What a record without any address is rejected for. */
export function noAddress({ ip }: Fields): Problem {
  const isGiven = ip !== undefined && ip !== null && ip !== '';
  return new Problem('ip', ip, remark(isGiven ? 'no_device_address' : 'missing'));
}

/** Whether it is the MAC address of an incomplete neighbour entry. */
export function isZeroMac(value: unknown): boolean {
  return typeof value === 'string' && parseMac(value) === '00:00:00:00:00:00';
}

/** The MAC address of a record: `router` for the router itself, null if none is known. */
export function readMac({ mac: value }: Fields, { note }: Reading): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string') {
    const mac = parseMac(value);
    if (mac !== undefined && !NO_MACS.has(mac)) return mac;
    if (/^router$/i.test(value)) return 'router';
    if (mac !== undefined || /^unknown$/i.test(value)) {
      note(remark('no_mac'));
      return null;
    }
  }
  throw new Problem('mac', value, remark('not_a_mac'));
}

/** A date of a record; null if it has none. */
export function readDate(
  fields: Fields,
  field: string,
  { readDate: parse }: Reading,
): string | null {
  const value = fields[field];
  if (value === undefined || value === null || value === '') return null;
  const date = typeof value === 'string' ? parse(value) : undefined;
  if (date === undefined) throw new Problem(field, value, remark('not_a_date'));
  return date;
}
