import type { AccessRule, RouterMode } from '../src/access/types.ts';

/** A rule that blocks everyone, always: tests and benchmarks change what they are about. */
export const RULE: AccessRule = {
  id: 'rule',
  kind: 'schedule',
  name: null,
  target: 'everyone',
  person_id: null,
  device_id: null,
  network: null,
  router_id: null,
  access: 'block',
  down_rate: null,
  up_rate: null,
  from: 0,
  until: null,
  windows: null,
};

/** A mode that limits nothing. */
export const OPEN_MODE: RouterMode = {
  mode: 'none',
  whitelist_limit_rate: null,
  whitelist_full_rate: null,
  blacklist_limit_rate: null,
  blacklist_full_rate: null,
};
