/** What no event reports, such as what was used, is read this often. */
export const READ_AT_LEAST_EVERY_MS = 5 * 60_000;

/** What a home has, as far as it is published: a part of what the API says, read at one time. */
export type House = {
  home: { id: string; name: string };
  /** Where NetPilot is, for links. */
  url: string;
  may: Rights;
  routers: readonly HouseRouter[];
  people: readonly HousePerson[];
  devices: readonly HouseDevice[];
};

/** What the token may change: the internet of devices, and (not if it is for one router alone) pauses and exceptions. */
export type Rights = { block: boolean; rule: boolean };

export type HouseRouter = {
  router_id: string;
  name: string;
  lan_mac: string | null;
  is_connected: boolean;
  /** Null: it does not say. */
  has_internet: boolean | null;
  /** Whether all holds that was decided; undefined: the devices for which it does not are in `refused`. */
  is_applied: boolean | undefined;
  /** Ids of devices for which the router did not take what was decided. */
  refused: ReadonlySet<string>;
};

/** What a device or a person gets, as the home has decided. */
export type Decided = {
  access: 'allow' | 'limit' | 'block';
  because: { kind: string; name: string | null };
  until: string | null;
  next: { at: string } | null;
};

export type HousePerson = {
  id: string;
  name: string;
  access: Decided;
  /** Bytes of today; null: nothing is counted. */
  used: number | null;
};

export type HouseDevice = {
  id: string;
  router_id: string;
  name: string;
  hostname: string | null;
  ip: string;
  mac: string | null;
  macs: readonly string[];
  manufacturer: string | null;
  device_type: string | null;
  person_id: string | null;
  is_online: boolean;
  access: Decided;
  /** Bytes of today; null: its router does not count. */
  used: number | null;
};
