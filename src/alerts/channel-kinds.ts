/** How people can be told. A constant only: every command of the command line reads it when it starts. */
export const CHANNEL_KINDS = [
  'email',
  'ntfy',
  'webhook',
  'web_push',
  'gotify',
  'telegram',
  'pushover',
  'apprise',
] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];
