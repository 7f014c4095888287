/** What of a home matters for one of its routers. */
import { type HomeRows, type LoadedDevice, readHomes } from '../access/load-home.ts';
import type { RouterMode } from '../access/types.ts';
import type { DocumentTarget, RouterHome } from './compile.ts';

/**
 * A device that was never seen at this router, but at another one of the home, is known all the same: the same holds for it, should it come
 * here. Blocks by hand and lists are the router's own. Undefined if the home is not among them.
 */
export function routerHome(
  rows: HomeRows,
  { home_id, router_id, mode }: { home_id: string; router_id: string; mode: RouterMode },
  listed: readonly DocumentTarget[],
): RouterHome | undefined {
  const { homes, devices } = readHomes(rows);
  const home = homes.get(home_id);
  if (home === undefined) return undefined;
  const own = devices.filter((device) => device.router_id === router_id);
  const seen = new Set(own.flatMap(({ macs }) => macs));
  const onList = new Set(
    listed.flatMap(({ mac, device_macs }) => [...(mac === null ? [] : [mac]), ...device_macs]),
  );
  const elsewhere = devices.flatMap((device): LoadedDevice[] => {
    const macs = device.macs.filter((mac) => !seen.has(mac));
    if (device.router_id === router_id || device.is_router || macs.length === 0) return [];
    for (const mac of macs) seen.add(mac);
    const is_listed = macs.some((mac) => onList.has(mac));
    return [{ ...device, router_id, macs, ip: null, blocked_since: null, is_listed }];
  });
  // The router itself is not among them if no rule is about a device that it has seen.
  const routers = new Map([[router_id, mode]]);
  return { home: { ...home, routers }, router_id, devices: [...own, ...elsewhere] };
}
