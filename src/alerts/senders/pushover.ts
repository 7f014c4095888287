import { Type } from 'typebox';
import { Strict } from '../../api/schema.ts';
import { defineSender, jsonRequest } from './sender.ts';

const Key = (description: string) => Type.String({ pattern: '^[A-Za-z0-9]{30}$', description });

const PushoverSettings = Strict({
  token: Key('Of an application that you register there.'),
  user: Key('Your user key, or that of a group.'),
});

/** -1 makes no sound, 1 one in quiet hours too. */
const PRIORITIES = { 2: -1, 3: 0, 4: 1 };

export const pushover = defineSender(PushoverSettings, {
  shown: () => ({}),
  request: ({ title, text, priority, url, at }, settings) => {
    const { token, user } = settings;
    return jsonRequest('https://api.pushover.net/1/messages.json', {
      token,
      user,
      title: title.slice(0, 250),
      message: text.slice(0, 1024),
      priority: PRIORITIES[priority],
      url,
      url_title: 'NetPilot',
      timestamp: Math.floor(Date.parse(at) / 1_000),
    });
  },
});
