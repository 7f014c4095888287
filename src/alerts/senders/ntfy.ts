import { Type } from 'typebox';
import { Strict } from '../../api/schema.ts';
import type { Severity } from '../kinds.ts';
import { inUtf8, shorten } from '../shorten.ts';
import { ServerUrl, Token } from './fields.ts';
import { defineSender, hostOf, jsonContent } from './sender.ts';

const NtfySettings = Strict({
  server: Type.Optional(ServerUrl('Your own server; https://ntfy.sh without it.')),
  topic: Type.String({
    // As ntfy takes them.
    pattern: '^[\\w-]{1,64}$',
    description: 'Who knows it reads along: choose a long one.',
  }),
  token: Type.Optional(Token('`tk_…`, for a topic that is not for everybody.')),
});

const PUBLIC_SERVER = 'https://ntfy.sh/';

/** What is longer comes as a file, or not at all. */
const LONGEST = 4096;

/** Names of emoji, which ntfy shows before the title. */
const TAGS: Record<Severity, string> = {
  info: 'house',
  success: 'white_check_mark',
  warning: 'warning',
  failure: 'rotating_light',
};

/** As ntfy publishes JSON: to the server's root, where it always is. Its buttons send a POST from the phone. */
export const ntfy = defineSender(NtfySettings, {
  shown: (settings) => ({ server: hostOf(settings.server ?? PUBLIC_SERVER) }),
  address: ({ server = PUBLIC_SERVER }) => URL.parse('/', server)?.href ?? server,
  content: ({ title, text, priority, severity, url, buttons }, { topic, token }) => {
    const actions = buttons
      .slice(0, 3)
      .map((button) => ({ action: 'http', method: 'POST', clear: true, ...button }));
    return jsonContent(
      {
        topic,
        title,
        message: shorten(text, LONGEST, inUtf8),
        priority,
        tags: [TAGS[severity]],
        click: url,
        ...(actions.length > 0 && { actions }),
      },
      token === undefined ? {} : { authorization: `Bearer ${token}` },
    );
  },
  problems: { 403: 'ntfy_403', 429: 'ntfy_429' },
});
