/** The states that the list of devices can be filtered by, also in its address. */
export const STATES = [
  'online',
  'offline',
  'unknown',
  'blocked',
  'limited',
  'new',
  'whitelisted',
  'blacklisted',
] as const;
export type State = (typeof STATES)[number];
