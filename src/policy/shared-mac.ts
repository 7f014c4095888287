/** Several devices behind one MAC: a repeater puts its own on the frames of all who are behind it. */
import { sql } from 'kysely';
import type { Router } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { partIds } from '../devices/parts.ts';
import { ConflictError } from '../errors.ts';
import type { ResolvedTarget } from './target.ts';

/** One address behind a MAC, and the device that was seen there with a MAC of its own, if one was. */
export type Behind = { ip: string; device_id: string | null; name: string | null };

/** A conflict that the caller can resolve: the problem lists all who are behind the MAC, and names `confirm`. */
export class SharedMacError extends ConflictError {
  readonly behind: readonly Behind[];

  constructor(mac: string | null, behind: readonly Behind[]) {
    const all = behind.map(({ ip, name }) => (name === null ? ip : `${name} (${ip})`)).join(', ');
    super(
      `Several devices share the MAC ${mac ?? ''}, as they do behind a repeater. This blocks all of them: ${all}. Send "confirm": true if you want that.`,
    );
    this.behind = behind;
  }

  override get extensions() {
    return {
      errors: [{ field: 'confirm', expected: 'true, to block everybody behind this MAC' }],
      behind: this.behind,
    };
  }
}

/** Throws SharedMacError if one MAC of the device has several IPv4 addresses. (Of IPv6 ones every device has several.) */
export async function refuseSharedMac(
  transaction: TenantTransaction,
  { user_id, router_id, is_connected }: Router,
  { device, target }: ResolvedTarget,
): Promise<void> {
  if (device === undefined) return;
  const ids = await partIds(transaction, device);
  // While the router is away, nobody knows who is online.
  const isHeld = is_connected ? sql`is_online` : sql`is_current`;
  const { rows } = await sql<Behind>`
    with held as (
      select device_id, ip, count(*) over (partition by device_id) as together
      from device_addresses
      where user_id = ${user_id} and device_id = any (${ids}) and ${isHeld} and family(ip) = 4
    )
    select host(held.ip) as ip, other.id as device_id, other.name
    from held left join lateral (
      select d.id, coalesce(d.device_name, d.hostname) as name
      from device_addresses a join user_devices d on d.user_id = a.user_id and d.id = a.device_id
      where a.user_id = ${user_id} and a.router_id = ${router_id} and a.ip = held.ip and a.device_id <> all (${ids})
      order by a.last_seen desc limit 1
    ) other on true
    where held.together > 1
    order by held.ip`.execute(transaction);
  if (rows.length > 0) throw new SharedMacError(target.device_mac, rows);
}
