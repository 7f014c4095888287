import type { Database } from '../src/database/pool.ts';
import { type Neighbour, normalise } from '../src/devices/neighbour.ts';
import { recordScan } from '../src/devices/scan.ts';
import { rowsOf } from './data-folder.ts';
import { createRouter, createUser } from './database.ts';

export const PHONE = '00:03:93:00:00:01';
export const LAPTOP = '00:1b:63:00:00:02';
export const MADE_UP = '02:00:00:00:00:03';

/** One neighbour: online and nameless unless `more` says otherwise. */
export function seen(mac: string, ip: string, more: Partial<Neighbour> = {}): Neighbour {
  return { mac, ip, online: true, hostname: null, ...more };
}

/** A router of somebody's, and how to scan it: the hours count from the same midnight. */
export async function createHome(service: Database) {
  const userId = await createUser(service);
  const routerId = await createRouter(service, userId);
  const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
  const record = (complete: boolean) => (hour: number, neighbours: Neighbour[]) =>
    recordScan(service, {
      userId,
      routerId,
      neighbours: normalise(neighbours),
      complete,
      at: at(hour),
    });
  const query = (text: string) => rowsOf(service, userId, text);
  return {
    userId,
    routerId,
    scan: record(true),
    event: record(false),
    query,
    write: query,
    devices: () =>
      query(
        `select mac, host(ip) as ip, holds_ip, is_online, hostname from user_devices order by mac`,
      ),
    addresses: () =>
      query(
        `select mac, host(a.ip) as ip, extract(hour from a.first_seen)::int as first_seen,
           extract(hour from case when a.is_online then greatest(a.last_seen, devices_seen_at) else a.last_seen end)::int
             as last_seen, is_current
         from device_addresses a join user_devices d on d.id = device_id
           join user_routers r on r.router_id = d.router_id
         order by mac, a.ip`,
      ),
    stays: () =>
      query(
        `select mac, extract(hour from online_at)::int as online_at, extract(hour from offline_at)::int as offline_at
         from device_presence join user_devices d on d.id = device_id order by online_at, mac`,
      ),
    events: () =>
      query(`select type, mac, data - 'mac' as data from events join user_devices d on d.id::text = subject_id
             where type like 'device.%' order by number`),
  };
}
