import type { ChannelKind } from './channel-kinds.ts';
import { apprise } from './senders/apprise.ts';
import { gotify } from './senders/gotify.ts';
import { ntfy } from './senders/ntfy.ts';
import { pushover } from './senders/pushover.ts';
import type { Sender } from './senders/sender.ts';
import { telegram } from './senders/telegram.ts';
import { webPush } from './senders/web-push.ts';
import { webhook } from './senders/webhook.ts';

/** The kinds of channels that a user names the target of; `email` goes to the account's own address. */
export const SENDERS = {
  ntfy,
  webhook,
  web_push: webPush,
  gotify,
  telegram,
  pushover,
  apprise,
} as const satisfies Record<Exclude<ChannelKind, 'email'>, unknown>;
export type TargetKind = keyof typeof SENDERS;

/** Undefined for e-mail, and for a kind of a later version. */
export function senderOf(kind: string): Sender | undefined {
  return Object.entries(SENDERS).find(([name]) => name === kind)?.[1];
}

/** The kinds whose messages have buttons. A webhook is for programs, which have the API. */
export const WITH_BUTTONS: ReadonlySet<string> = new Set(['email', 'ntfy', 'web_push', 'telegram']);
