/** An alert as a sender gets it, and settings for each kind of channel. */
import type { AlertMessage } from '../src/alerts/message.ts';
import type { SENDERS } from '../src/alerts/senders.ts';

export const ALERT_MESSAGE: AlertMessage = {
  id: '019302cc-0000-7000-8000-000000000001',
  kind: 'router_away',
  type: 'router.offline',
  severity: 'failure',
  priority: 4,
  at: '2026-11-27T05:00:00.000Z',
  title: 'Home is away',
  text: 'Since five.',
  thing: 'router:home',
  url: 'https://netpilot.example/routers',
  home: { id: '019302cc-0000-7000-8000-000000000002', name: 'Home' },
  facts: {},
  buttons: [{ label: 'Allow', url: 'https://netpilot.example/alerts/act/x' }],
  language: 'en',
};

const KEYS = {
  // Of the example of RFC 8291.
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
};

/** Settings of each kind for a server at that address; those of a service have the service's own name. */
export const CHANNEL_SETTINGS: Record<keyof typeof SENDERS, (url: string) => object> = {
  ntfy: (url) => ({ server: url, topic: 'home' }),
  webhook: (url) => ({ url, secret: `whsec_${'A'.repeat(44)}` }),
  web_push: (url) => ({ endpoint: url, keys: KEYS }),
  gotify: (url) => ({ server: url, token: 'x' }),
  apprise: (url) => ({ server: url, key: 'x' }),
  telegram: () => ({ token: `1:${'A'.repeat(30)}`, chat_id: '1' }),
  pushover: () => ({ token: 'a'.repeat(30), user: 'u'.repeat(30) }),
};
