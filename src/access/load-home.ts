/** Reads what a home decides. */
import { sql } from 'kysely';
import type { TenantTransaction } from '../database/transaction.ts';
import type { AccessDevice, AccessHome, AccessRule, RouterMode } from './types.ts';

/** Which devices: of a home, of a router, or some, by the id of any part; what is left out does not matter. */
export type Selected = {
  user_id: string;
  home_id?: string | undefined;
  router_id?: string | undefined;
  device_ids?: readonly string[] | undefined;
};

/** With what names it in a document: its address, if no other device has that now, is for one without a MAC. */
export type LoadedDevice = AccessDevice & { macs: string[]; ip: string | null };

export type LoadedHomes = {
  homes: ReadonlyMap<string, AccessHome>;
  /** In the order of their ids; each in the home of its `home_id`. */
  devices: LoadedDevice[];
  /** By router: see `RouterTiming`. */
  timings: ReadonlyMap<string, RouterTiming>;
};

/** Whether a router has confirmed all that is decided and keeps time by itself, and the devices for which it refused something of it. */
export type RouterTiming = { is_armed: boolean; refused: readonly string[] };

/** As load_home() gives them. */
export type HomeRows = {
  homes: { id: string; timezone: string | null; rules: AccessRule[] }[];
  routers: (RouterMode & RouterTiming & { router_id: string; home_id: string })[];
  devices: LoadedDevice[];
};

/** All that decides on the access of the devices of a user, in one round trip. */
export async function loadHome(
  transaction: TenantTransaction,
  { user_id, home_id, router_id, device_ids }: Selected,
): Promise<LoadedHomes> {
  const { rows } = await sql<HomeRows>`
    select * from load_home(${user_id}, ${home_id ?? null}, ${router_id ?? null}, ${device_ids ?? null})`.execute(
    transaction,
  );
  const [found = { homes: [], routers: [], devices: [] }] = rows;
  return readHomes(found);
}

export function readHomes({ homes, routers, devices }: HomeRows): LoadedHomes {
  const read = homes.map((home): AccessHome => ({
    ...home,
    routers: new Map(
      routers
        .filter((router) => router.home_id === home.id)
        .map((router) => [router.router_id, router]),
    ),
  }));
  return {
    homes: new Map(read.map((home) => [home.id, home])),
    devices,
    timings: new Map(routers.map((router) => [router.router_id, router])),
  };
}
