/** What the list of devices can be narrowed to; an address may say it. */
export const STATES = [
  'all',
  'online',
  'offline',
  'blocked',
  'whitelisted',
  'blacklisted',
] as const;
export type State = (typeof STATES)[number];
