import type { Static } from 'typebox';
import { Value } from 'typebox/value';
import { Strict } from '../../api/schema.ts';
import { ServerUrl, Token } from './fields.ts';
import { type Sender, below, hostOf, jsonRequest } from './sender.ts';

export const GotifySettings = Strict({
  server: ServerUrl('Your Gotify.'),
  token: Token('Of an application there.'),
});

/** Gotify makes a sound from 4 on, and a loud one from 8 on. */
const PRIORITIES = { 2: 2, 3: 5, 4: 8 };

export const gotify: Sender = {
  settings: GotifySettings,
  shown: (settings) => ({ server: hostOf(read(settings).server) }),
  request: ({ title, text, priority, url }, settings) => {
    const { server, token } = read(settings);
    const extras = { 'client::notification': { click: { url } } };
    return jsonRequest(
      below(server, '/message'),
      { title, message: text, priority: PRIORITIES[priority], extras },
      { 'x-gotify-key': token },
    );
  },
};

function read(settings: unknown): Static<typeof GotifySettings> {
  return Value.Parse(GotifySettings, settings);
}
