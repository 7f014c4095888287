/** The request of each kind as its service documents it, and what its service answers, in plain words. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { ALERT_MESSAGE, CHANNEL_SETTINGS } from '../../testing/alert-messages.ts';
import { type NtfyOptions, startNtfy } from '../../testing/ntfy-server.ts';
import { type Answer, startTarget } from '../../testing/target-server.ts';
import { parseJson } from '../parse-json.ts';
import { sendToTarget } from './guarded-request.ts';
import type { AlertMessage } from './message.ts';
import { problemOfStatus } from './problems.ts';
import { inUtf16, inUtf8 } from './shorten.ts';
import { type TargetKind, senderOf } from './senders.ts';
import { derivePushKey } from './web-push.ts';

const CONTEXT = {
  now: Date.parse('2026-11-27T05:00:00Z'),
  publicUrl: 'https://netpilot.example',
  pushKey: derivePushKey('a key for tests only, 32 characters or more'),
};

function sender(kind: TargetKind) {
  const found = senderOf(kind);
  if (found === undefined) throw new Error('it is one');
  return found;
}
const requestOf = (kind: TargetKind, message: Partial<AlertMessage> = {}, settings?: object) =>
  sender(kind).request(
    { ...ALERT_MESSAGE, ...message },
    settings ?? CHANNEL_SETTINGS[kind]('https://server.example/below/'),
    CONTEXT,
  );
const bodyOf = (...given: Parameters<typeof requestOf>) =>
  parseJson(String(requestOf(...given).body));

/** Sends a request to a server of the test instead of the service; gives what is said of the answer. */
async function said(kind: TargetKind, url: string, settings?: object) {
  const { url: meant, ...request } = requestOf(kind, {}, settings);
  const { pathname, search } = new URL(meant);
  const answer = await sendToTarget(
    { ...request, url: `${url}${pathname}${search}` },
    { networks: ['127.0.0.0/8'] },
  );
  return problemOfStatus(answer, sender(kind).meanings.problems);
}

describe('ntfy', () => {
  async function publish(options: NtfyOptions, settings: object) {
    const server = await startNtfy(options);
    onTestFinished(server.close);
    return { problem: await said('ntfy', server.url, { server: server.url, ...settings }), server };
  }

  test('takes a message with its button, with the token if the topic needs one', async () => {
    const { problem, server } = await publish({ token: 'tk_1' }, { topic: 'home', token: 'tk_1' });
    expect(problem).toBeUndefined();
    expect(server.messages).toEqual([
      {
        topic: 'home',
        title: 'Home is away',
        message: 'Since five.',
        priority: 4,
        tags: ['rotating_light'],
        click: 'https://netpilot.example/routers',
        actions: [
          {
            action: 'http',
            method: 'POST',
            clear: true,
            label: 'Allow',
            url: 'https://netpilot.example/alerts/act/x',
          },
        ],
      },
    ]);
  });

  test.each<[string, NtfyOptions, object]>([
    ['protected', { token: 'tk_1' }, {}],
    ['does not know the token', { token: 'tk_1' }, { token: 'tk_2' }],
    ['too many messages', { most: 0 }, {}],
  ])('says what is wrong: %s', async (words, options, settings) => {
    const { problem, server } = await publish(options, { topic: 'home', ...settings });
    expect(problem).toContain(words);
    expect(server.messages).toEqual([]);
  });

  test('has three buttons at most, and is always at the root of its server', () => {
    const buttons = ['a', 'b', 'c', 'd'].map((label) => ({
      label,
      url: `https://n.example/${label}`,
    }));
    expect(bodyOf('ntfy', { buttons })).toMatchObject({ actions: { length: 3 } });
    expect(requestOf('ntfy').url).toBe('https://server.example/');
    expect(requestOf('ntfy', {}, { topic: 'home' }).url).toBe('https://ntfy.sh/');
  });
});

test('Gotify gets a message at its path, with the token of an application', () => {
  const { url, headers } = requestOf('gotify');
  expect(url).toBe('https://server.example/below/message');
  expect(headers).toEqual({ 'content-type': 'application/json', 'x-gotify-key': 'x' });
  expect(bodyOf('gotify')).toEqual({
    title: 'Home is away',
    message: 'Since five.',
    priority: 8,
    extras: { 'client::notification': { click: { url: 'https://netpilot.example/routers' } } },
  });
});

test.each([
  'https://server.example',
  'https://server.example/?x=1',
  'https://server.example//#/messages',
])('an address as the browser shows it, %s, is that of the server', (server) => {
  const urlOf = (kind: TargetKind, more: object) => requestOf(kind, {}, { server, ...more }).url;
  expect(urlOf('gotify', { token: 'x' })).toBe('https://server.example/message');
  expect(urlOf('apprise', { key: 'x' })).toBe('https://server.example/notify/x');
  expect(urlOf('ntfy', { topic: 'x' })).toBe('https://server.example/');
});

test('Apprise gets a notification for a configuration of its', () => {
  expect(requestOf('apprise').url).toBe('https://server.example/below/notify/x');
  expect(bodyOf('apprise')).toEqual({
    title: 'Home is away',
    body: 'Since five.\nhttps://netpilot.example/routers',
    type: 'failure',
    format: 'text',
  });
});

describe('Telegram', () => {
  const button = (text: string, url: string) => [{ text, url }];

  test('gets a plain text with links as buttons', () => {
    const token = `1:${'A'.repeat(30)}`;
    expect(requestOf('telegram').url).toBe(`https://api.telegram.org/bot${token}/sendMessage`);
    expect(bodyOf('telegram')).toEqual({
      chat_id: '1',
      text: 'Home is away\nSince five.',
      disable_notification: false,
      link_preview_options: { is_disabled: true },
      reply_markup: {
        inline_keyboard: [
          button('Allow', 'https://netpilot.example/alerts/act/x'),
          button('NetPilot', 'https://netpilot.example/routers'),
        ],
      },
    });
  });

  test.each(['http://netpilot.example/', 'https://netpilot/', 'https://localhost:8000/'])(
    'gets no link to %s, as it would refuse the message',
    (url) => {
      expect(bodyOf('telegram', { url, buttons: [] })).not.toHaveProperty('reply_markup');
    },
  );
});

test('Pushover gets no more than it takes', () => {
  expect(bodyOf('pushover')).toEqual({
    token: 'a'.repeat(30),
    user: 'u'.repeat(30),
    title: 'Home is away',
    message: 'Since five.',
    priority: 1,
    url: 'https://netpilot.example/routers',
    url_title: 'NetPilot',
    timestamp: 1_795_755_600,
  });
  const url = `https://netpilot.example/routers/${'x'.repeat(500)}`;
  const long = { title: 't'.repeat(300), text: 'x'.repeat(2_000), url };
  expect(bodyOf('pushover', long)).toMatchObject({
    title: `${'t'.repeat(249)}…`,
    message: `${'x'.repeat(1_023)}…`,
    url: 'https://netpilot.example',
  });
});

const FAMILY = '👨‍👩‍👧';
test.each<[TargetKind, string, number, (text: string) => number]>([
  ['ntfy', 'message', 4_096, inUtf8],
  ['telegram', 'text', 4_096, inUtf16],
  ['pushover', 'message', 1_024, inUtf16],
  ['pushover', 'title', 250, inUtf16],
])(
  '%s gets the beginning of what is too long as %s, in whole characters',
  (kind, field, most, sizeOf) => {
    for (const text of ['x'.repeat(9_000), 'ü'.repeat(9_000), FAMILY.repeat(2_000)]) {
      const sent = String(Object(bodyOf(kind, { title: text, text }))[field]);
      expect(sizeOf(sent)).toBeLessThanOrEqual(most);
      expect(sizeOf(sent)).toBeGreaterThan(most - sizeOf(FAMILY) - 3);
      expect(sent.replaceAll(FAMILY, '')).toMatch(/^[xü\n]*…$/u);
    }
  },
);

const telegram = (status: number, description: string): Answer => ({
  status,
  body: JSON.stringify({ ok: false, error_code: status, description }),
});

test.each<[TargetKind, string, Answer]>([
  ['gotify', 'does not know the token', { status: 401, body: '{"error":"Unauthorized"}' }],
  ['gotify', 'the token of an application', { status: 403, body: '{"error":"Forbidden"}' }],
  ['telegram', 'send your bot a message first', telegram(400, 'Bad Request: chat not found')],
  ['telegram', 'does not know this token', telegram(401, 'Unauthorized')],
  ['telegram', 'does not know this token', telegram(404, 'Not Found')],
  ['telegram', 'may not write', telegram(403, 'Forbidden: bot was blocked by the user')],
  ['telegram', 'too many messages', telegram(429, 'Too Many Requests: retry after 35')],
  ['pushover', 'check both', { status: 400, body: '{"user":"invalid","status":0}' }],
  ['pushover', 'used up', { status: 429, body: '{"status":0}' }],
  // Apprise's way to say that it has told nobody.
  ['apprise', 'nothing under this key', { status: 204 }],
  ['apprise', 'could not reach all', { status: 424, body: '{"error":"…"}' }],
  ['webhook', 'Nobody receives', { status: 410 }],
  ['web_push', 'Nobody receives', { status: 410 }],
])('%s: "%s" is what is said of its answer', async (kind, words, answer) => {
  const server = await startTarget(() => answer);
  onTestFinished(server.close);
  const settings = CHANNEL_SETTINGS[kind](server.url);
  const problem = (await said(kind, server.url, settings)) ?? '';
  expect(problem).toContain(words);
  expect(problem).toMatch(/ \(\d{3}\)\.$/);
});

test('a channel of a browser or a webhook ends if nobody is there any more, another one does not', () => {
  const gone = (kind: TargetKind) => sender(kind).meanings.gone ?? [];
  expect([gone('web_push'), gone('webhook')]).toEqual([[404, 410], [410]]);
  for (const kind of ['ntfy', 'gotify', 'telegram', 'pushover', 'apprise'] as const)
    expect(gone(kind)).toEqual([]);
});
