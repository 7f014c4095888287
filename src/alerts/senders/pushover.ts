import { Type } from 'typebox';
import { Strict } from '../../api/schema.ts';
import { inUtf16, shorten } from '../shorten.ts';
import { defineSender, jsonContent } from './sender.ts';

const Key = (description: string) => Type.String({ pattern: '^[A-Za-z0-9]{30}$', description });

const PushoverSettings = Strict({
  token: Key('Of an application that you register there.'),
  user: Key('Your user key, or that of a group.'),
});

const LONGEST_URL = 512;
/** -1 makes no sound, 1 one in quiet hours too. */
const PRIORITIES = { 2: -1, 3: 0, 4: 1 };

export const pushover = defineSender(PushoverSettings, {
  shown: () => ({}),
  address: () => 'https://api.pushover.net/1/messages.json',
  content: ({ title, text, priority, url, at }, { token, user }) =>
    jsonContent({
      token,
      user,
      title: shorten(title, 250, inUtf16),
      message: shorten(text, 1024, inUtf16),
      priority: PRIORITIES[priority],
      url: url.length > LONGEST_URL ? new URL(url).origin : url,
      url_title: 'NetPilot',
      timestamp: Math.floor(Date.parse(at) / 1_000),
    }),
  problems: { 400: 'pushover_400', 429: 'pushover_429' },
});
