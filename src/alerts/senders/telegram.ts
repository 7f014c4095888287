import { Type } from 'typebox';
import { Strict } from '../../api/schema.ts';
import { defineSender, jsonRequest } from './sender.ts';

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

/** Telegram's buttons open a page, on which the person presses once more. */
export const telegram = defineSender(TelegramSettings, {
  shown: (settings) => ({ chat_id: settings.chat_id }),
  request: ({ title, text, url, buttons, priority }, settings) => {
    const { token, chat_id } = settings;
    // It refuses links to addresses that are not on the internet.
    const links = [...buttons, { label: 'NetPilot', url }].filter((link) =>
      link.url.startsWith('https://'),
    );
    return jsonRequest(`https://api.telegram.org/bot${token}/sendMessage`, {
      chat_id,
      text: `${title}\n${text}`,
      disable_notification: priority < 3,
      link_preview_options: { is_disabled: true },
      ...(links.length > 0 && {
        reply_markup: {
          inline_keyboard: links.map((link) => [{ text: link.label, url: link.url }]),
        },
      }),
    });
  },
});
