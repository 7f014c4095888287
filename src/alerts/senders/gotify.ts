import { Strict } from '../../api/schema.ts';
import { ServerUrl, Token } from './fields.ts';
import { defineSender, below, hostOf, jsonContent } from './sender.ts';

const GotifySettings = Strict({
  server: ServerUrl('Your Gotify.'),
  token: Token('Of an application there.'),
});

/** Gotify makes a sound from 4 on, and a loud one from 8 on. */
const PRIORITIES = { 2: 2, 3: 5, 4: 8 };

export const gotify = defineSender(GotifySettings, {
  shown: (settings) => ({ server: hostOf(settings.server) }),
  address: ({ server }) => below(server, '/message'),
  content: ({ title, text, priority, url }, { token }) => {
    const extras = { 'client::notification': { click: { url } } };
    return jsonContent(
      { title, message: text, priority: PRIORITIES[priority], extras },
      { 'x-gotify-key': token },
    );
  },
  problems: { 403: 'gotify_403' },
});
