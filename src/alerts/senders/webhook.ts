/** Standard Webhooks (standardwebhooks.com): signed events of types that the API's document lists. */
import { createHmac } from 'node:crypto';
import { Type } from 'typebox';
import { Strict } from '../../api/schema.ts';
import type { AlertMessage } from '../message.ts';
import { ServerUrl } from './fields.ts';
import { defineSender, hostOf, jsonContent } from './sender.ts';

const WebhookSettings = Strict({
  url: ServerUrl('Where the events are sent, by POST.'),
  secret: Type.Optional(
    Type.String({
      pattern: '^whsec_[A-Za-z0-9+/]{32,86}={0,2}$',
      description:
        'What signs them: `whsec_` and 24 to 64 bytes in base64. Without it one is made, which the answer has, once.',
    }),
  ),
});

export const webhook = defineSender(WebhookSettings, {
  shown: (settings) => ({ server: hostOf(settings.url) }),
  address: ({ url }) => url,
  content: (message, { secret = '' }, { now }) => {
    const seconds = Math.floor(now / 1_000);
    const { headers, body } = jsonContent(eventOf(message));
    const signature = signWebhook(secret, { id: message.id, seconds, body });
    return {
      body,
      headers: {
        ...headers,
        'webhook-id': message.id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': signature,
      },
    };
  },
  // The standard's way to end it.
  gone: [410],
});

/** The body of an event. */
function eventOf({ type, at, home, title, text, url, facts }: AlertMessage): object {
  return { type, timestamp: at, data: { home, title, text, url, ...facts } };
}

/** `v1,` and the HMAC-SHA256 of id, time and body. */
function signWebhook(
  secret: string,
  { id, seconds, body }: { id: string; seconds: number; body: string },
): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
}
