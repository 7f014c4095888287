import { createHash } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { Strict } from '../../api/schema.ts';
import { isLoopback } from '../../config/loopback.ts';
import type { AlertMessage } from '../message.ts';
import { inUtf16, shorten } from '../shorten.ts';
import { MOST_PUSH_BYTES, authorizePush, encryptPush } from '../web-push.ts';
import { ServerUrl } from './fields.ts';
import { defineSender, type SendingContext, hostOf } from './sender.ts';

const Key = (pattern: string, description: string) => Type.String({ pattern, description });

const WebPushSettings = Strict({
  endpoint: ServerUrl("As the browser's PushSubscription has it, with the keys."),
  keys: Strict({
    p256dh: Key('^[\\w-]{87}=?$', 'base64url'),
    auth: Key('^[\\w-]{22}={0,2}$', 'base64url'),
  }),
});

/** What is worth showing when a phone has been off for a day. */
const TTL_SECONDS = 24 * 3_600;

export const webPush = defineSender(WebPushSettings, {
  shown: (settings) => ({ server: hostOf(settings.endpoint) }),
  address: ({ endpoint }) => endpoint,
  content: (message, { endpoint, keys }, context) => ({
    headers: {
      'content-type': 'application/octet-stream',
      'content-encoding': 'aes128gcm',
      ttl: String(TTL_SECONDS),
      urgency: message.priority > 3 ? 'high' : 'normal',
      topic: topicOf(message.thing),
      authorization: authorizePush(endpoint, {
        privateKey: context.pushKey,
        subject: subjectOf(context),
        now: context.now,
      }),
    },
    body: encryptPush(textOf(message), keys),
  }),
  gone: [404, 410],
});

/** What the service worker shows. If it is too long, the buttons are left out, and the text is cut. */
function textOf({ id, title, text, url, thing, buttons, language }: AlertMessage): Buffer {
  const base = { id, tag: topicOf(thing), language };
  const full = Buffer.from(JSON.stringify({ ...base, title, text, url, buttons }));
  if (full.length <= MOST_PUSH_BYTES) return full;
  return Buffer.from(
    JSON.stringify({
      ...base,
      title: shorten(title, 100, inUtf16),
      text: shorten(text, 200, inUtf16),
      url: url.length > 1_000 ? new URL(url).origin : url,
      buttons: [],
    }),
  );
}

/** A later message about the same thing takes the place of one that waits: 32 characters of base64url at most. */
function topicOf(thing: string): string {
  return createHash('sha256').update(thing).digest('base64url').slice(0, 32);
}

/** The address that a push service may write to: an https address, or one that nobody has. */
function subjectOf({ publicUrl }: SendingContext): string {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'https:' && !isLoopback(hostname)
    ? publicUrl
    : 'mailto:netpilot@localhost.invalid';
}

export function webPushKeysOf(settings: unknown): Static<typeof WebPushSettings>['keys'] {
  return Value.Parse(WebPushSettings, settings).keys;
}
