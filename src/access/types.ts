/** What a home decides, and what of a device matters for it. All instants of this room are whole seconds of the epoch. */
import type { Policy } from '../database/models.ts';

export type Access = 'allow' | 'limit' | 'block';

/** Days as in ISO 8601, of the beginning; `to` not later than `from` is on the next day. */
export type WeeklyWindow = { days: number[]; from: string; to: string };

/** A rule, as access_rules has it. Rates are bits per second; null: no limit in that direction. */
export type AccessRule = {
  id: string;
  kind: 'pause' | 'exception' | 'schedule' | 'new_device';
  name: string | null;
  target: 'everyone' | 'person' | 'device' | 'network';
  person_id: string | null;
  device_id: string | null;
  network: string | null;
  router_id: string | null;
  access: Access;
  down_rate: number | null;
  up_rate: number | null;
  from: number;
  /** The first instant at which it says nothing any more; null: it does not end. */
  until: number | null;
  windows: WeeklyWindow[] | null;
};

/** The mode of a router, with its rates. */
export type RouterMode = Pick<
  Policy,
  | 'mode'
  | 'whitelist_limit_rate'
  | 'whitelist_full_rate'
  | 'blacklist_limit_rate'
  | 'blacklist_full_rate'
>;

/** What a home decides. It is not changed: who wants to know "what if" makes another one. */
export type AccessHome = {
  id: string;
  /** IANA; null: nobody has said it, and UTC counts. */
  timezone: string | null;
  /** The active ones, the oldest first: of two exceptions the later one here wins. */
  rules: readonly AccessRule[];
  routers: ReadonlyMap<string, RouterMode>;
};

/** What of a device matters for its access; merged ones are one. */
export type AccessDevice = {
  id: string;
  /** Its own id, and those of the devices merged into it. */
  part_ids: readonly string[];
  router_id: string;
  home_id: string;
  /** The router itself. */
  is_router: boolean;
  person_id: string | null;
  /** Where it is, as the router's configuration names it. */
  network: string | null;
  /** Somebody has said that it is welcome, or not. */
  is_reviewed: boolean;
  /** Since when it is blocked by hand; null: it is not. */
  blocked_since: number | null;
  /** On the list of its router's mode. */
  is_listed: boolean;
};

/** Why a device has the access that it has. */
export type Because = {
  kind: 'router' | 'block' | 'pause' | 'exception' | 'schedule' | 'new_device' | 'mode' | 'none';
  rule_id: string | null;
  name: string | null;
  /** Of the rule. */
  target: AccessRule['target'] | null;
};

/** What a device gets. With `block`, both rates are 0; with `allow`, both are null. */
export type Decision = {
  access: Access;
  down_rate: number | null;
  up_rate: number | null;
  because: Because;
};

/** The same, with when it began, for the same reason, and what comes next. */
export type DeviceAccess = Decision & {
  /** Null: nobody knows. */
  since: number | null;
  /** When another access holds, whatever the reason; null: as far as the rules say, never. */
  until: number | null;
  next: (Decision & { at: number }) | null;
};
