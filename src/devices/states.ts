/** What a list of devices can be limited to. */
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
export type DeviceState = (typeof STATES)[number];
