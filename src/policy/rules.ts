import type { Policy } from '../database/models.ts';

/** The columns of router_policies that a person decides: the mode, and four rates in bits per second. */
export const RULES = [
  'mode',
  'whitelist_limit_rate',
  'whitelist_full_rate',
  'blacklist_limit_rate',
  'blacklist_full_rate',
] as const;

/** The values of these columns. */
export type Rules = Pick<Policy, (typeof RULES)[number]>;
