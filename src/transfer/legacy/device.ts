import { Problem, remark } from '../problem.ts';
import { readAddress, readDate, readMac, readName, readText, type Reading } from './fields.ts';
import { type Fields, isFields, requireFields } from './record.ts';
import type { Microseconds } from './timestamp.ts';

/** One sighting of a device. */
export type Device = {
  mac: string | null;
  ip: string;
  isRouter: boolean;
  hostname: string | null;
  deviceName: string | null;
  firstSeen: Microseconds;
  lastSeen: Microseconds;
};

const KNOWN_FIELDS = new Set(['ip', 'mac', 'hostname', 'device_name', 'first_seen', 'last_seen']);

/** Reads a record of the table `devices`. Throws Problem for the first thing wrong with it. */
export function readDevice(value: unknown, reading: Reading): Device {
  const fields = requireFields(value);
  const ip = readAddress(fields);
  const mac = readMac(fields, reading);
  const hostname = readText(fields, 'hostname');
  return {
    mac: mac === 'router' ? null : mac,
    ip,
    isRouter: mac === 'router',
    hostname: hostname === 'Unknown' ? null : hostname,
    deviceName: readName(fields, 'device_name'),
    ...readSeen(fields, reading),
  };
}

/** Whether the record of a device has fields that no column takes. */
export function hasUnknownFields(value: unknown): boolean {
  if (!isFields(value)) return false;
  for (const field in value) if (!KNOWN_FIELDS.has(field)) return true;
  return false;
}

function readSeen(
  fields: Fields,
  reading: Reading,
): { firstSeen: Microseconds; lastSeen: Microseconds } {
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
  const reason = remark('seen_backwards', { last_seen: JSON.stringify(last_seen) });
  throw new Problem('first_seen', first_seen, reason);
}
