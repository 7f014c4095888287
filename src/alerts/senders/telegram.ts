import { Type } from 'typebox';
import { Strict } from '../../api/schema.ts';
import { inUtf16, shorten } from '../shorten.ts';
import { defineSender, jsonContent } from './sender.ts';

const TelegramSettings = Strict({
  token: Type.String({
    pattern: '^\\d{1,20}:[\\w-]{20,100}$',
    description: 'Of your bot, as BotFather says it.',
  }),
  chat_id: Type.String({
    pattern: '^(-?\\d{1,20}|@\\w{1,64})$',
    description: 'Your chat with the bot, a group or `@channel`.',
  }),
});

/** What is longer it refuses. */
const LONGEST = 4096;

/** Telegram's buttons open a page, on which the person presses once more. */
export const telegram = defineSender(TelegramSettings, {
  shown: (settings) => ({ chat_id: settings.chat_id }),
  address: ({ token }) => `https://api.telegram.org/bot${token}/sendMessage`,
  content: ({ title, text, url, buttons, priority }, { chat_id }) => {
    const links = [...buttons, { label: 'NetPilot', url }].filter((link) => isTaken(link.url));
    return jsonContent({
      chat_id,
      text: shorten(`${title}\n${text}`, LONGEST, inUtf16),
      disable_notification: priority < 3,
      link_preview_options: { is_disabled: true },
      ...(links.length > 0 && {
        reply_markup: {
          inline_keyboard: links.map((link) => [{ text: link.label, url: link.url }]),
        },
      }),
    });
  },
  problems: {
    400: 'telegram_400',
    401: 'telegram_token',
    403: 'telegram_403',
    404: 'telegram_token',
  },
});

/** With a link to a name without a dot, or without TLS, it refuses the whole message. */
function isTaken(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' && hostname.includes('.');
}
