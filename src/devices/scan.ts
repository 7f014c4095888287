/** Stores in the inventory which devices a router reports on its network. */
import { isIP } from 'node:net';
import { sql } from 'kysely';
import type { Database } from '../database/pool.ts';
import { NotFoundError } from '../errors.ts';
import { isDeviceAddress, isDeviceMac } from './address.ts';
import { manufacturers } from './manufacturer.ts';

/** One address of one device. A device with several addresses is seen several times. */
export type Sighting = { mac: string; ip: string; online: boolean; hostname: string | null };

export type Scan = {
  userId: string;
  routerId: string;
  devices: readonly Sighting[];
  /** Whether these are all: other devices are offline. False for an event, which only changes the devices it has. */
  complete: boolean;
  /** When it was taken; default: now. */
  at?: Date;
};

/** What a scan changed. */
export type ScanOutcome = {
  discovered: number;
  came_online: number;
  went_offline: number;
  moved: number;
  /** The policy's new revision, if the scan changed which devices an entry applies to; else null. */
  raised_revision: number | null;
};

/**
 * Stores a scan, all of it or nothing, in one round trip: record_scan() in 0009_device_inventory.up.sql says
 * whose transaction it is, takes the router's lock, and writes rows, history, audit and events. A device is its
 * MAC; of two that claim one address the one named last has it. What no device can have (a group's MAC, a
 * loopback address) is passed over. Throws NotFoundError where the user has no such router.
 */
export async function recordScan(
  database: Database,
  { userId, routerId, devices, complete, at }: Scan,
): Promise<ScanOutcome> {
  const sightings = devices.filter(({ mac, ip }) => isMac(mac) && isAddress(ip));
  const macs = sightings.map(({ mac }) => mac.toLowerCase());
  const hostnames = latestHostnames(sightings);
  const manufacturerOf = await manufacturers();
  const { rows } = await sql<ScanOutcome>`select * from record_scan(
    ${userId}, ${routerId}, ${at?.toISOString() ?? null}, ${complete},
    ${macs}, ${sightings.map(({ ip }) => ip)}, ${sightings.map(({ online }) => online)},
    ${macs.map((mac) => hostnames.get(mac) ?? null)}, ${macs.map(manufacturerOf)})`.execute(
    database,
  );
  const [outcome] = rows;
  if (outcome === undefined) throw new NotFoundError('router', routerId);
  return outcome;
}

/** The last name of each device, with any of its addresses. */
function latestHostnames(sightings: readonly Sighting[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { mac, hostname } of sightings) {
    const name = hostname === null ? '' : storable(hostname);
    if (name !== '') names.set(mac.toLowerCase(), name);
  }
  return names;
}

/** A device can have any name. PostgreSQL's text stores everything but NUL and halves of surrogate pairs. */
function storable(hostname: string): string {
  const text = hostname.replaceAll('\0', '').toWellFormed().trim();
  return text.length <= 255 ? text : Array.from(text).slice(0, 255).join('');
}

function isMac(mac: string): boolean {
  return /^[\da-f]{2}(:[\da-f]{2}){5}$/i.test(mac) && isDeviceMac(mac);
}

/** Node.js accepts an address with a zone (`fe80::1%eth0`), PostgreSQL does not. */
function isAddress(ip: string): boolean {
  return isIP(ip) !== 0 && !ip.includes('%') && isDeviceAddress(ip);
}
