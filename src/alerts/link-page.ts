/** The pages that the links of alerts open: without scripts, so that they work in the browser of any mail program. */
import type { FastifyReply, FastifyRequest } from '../api/app.ts';
import { escapeHtml } from '../escape-html.ts';
import type { Delivery } from '../policy/revision.ts';
import type { Link } from './performing.ts';
import { LANGUAGES, type Language } from './words.ts';

type Waiting = 'unconfirmed' | 'away' | 'unlinked' | 'refused';

type Words = {
  titles: Readonly<Record<string, (name: string, minutes: number) => string>>;
  buttons: Readonly<Record<string, string>>;
  done: string;
  /** Why it does not hold yet. */
  waits: Record<Waiting, string>;
  ask: string;
  end: string;
  ended: string;
};

const WORDS: Record<Language, Words> = {
  en: {
    titles: {
      approve: (name) => `Allow ${name}`,
      block: (name) => `Block ${name}`,
      pause: (name, minutes) => `Pause ${name} for ${minutes} minutes`,
      grant: (name, minutes) => `Give ${name} ${minutes} minutes`,
    },
    buttons: { approve: 'Allow', block: 'Block', pause: 'Pause', grant: 'Give' },
    done: 'It is decided.',
    waits: {
      unconfirmed: 'The router has not confirmed it yet.',
      away: 'The router is not connected: it holds once the router is back.',
      unlinked: 'But the router is not linked any more.',
      refused: 'But the router does not do all of it: NetPilot shows why.',
    },
    ask: 'No more of these e-mails?',
    end: 'Send me no more',
    ended: 'You get no more of these e-mails. NetPilot can switch them on again.',
  },
  de: {
    titles: {
      approve: (name) => `${name} erlauben`,
      block: (name) => `${name} sperren`,
      pause: (name, minutes) => `${minutes} Minuten Pause für ${name}`,
      grant: (name, minutes) => `${name} ${minutes} Minuten geben`,
    },
    buttons: { approve: 'Erlauben', block: 'Sperren', pause: 'Pause', grant: 'Geben' },
    done: 'Es ist entschieden.',
    waits: {
      unconfirmed: 'Der Router hat es noch nicht bestätigt.',
      away: 'Der Router ist nicht verbunden: Es gilt, sobald er wieder da ist.',
      unlinked: 'Aber der Router ist nicht mehr verknüpft.',
      refused: 'Aber der Router macht nicht alles davon: NetPilot zeigt, warum.',
    },
    ask: 'Keine solchen E-Mails mehr?',
    end: 'Keine mehr schicken',
    ended: 'Du bekommst keine solchen E-Mails mehr. In NetPilot kannst du sie wieder einschalten.',
  },
};

/** What a page says, and its button; without one there is a link to the web app. */
export type LinkPage = { title: string; text?: string; button?: string; language: Language };

/** Asks whether to do it. */
export function askPage(link: Link, language: Language): LinkPage {
  const { buttons } = WORDS[language];
  return { title: titleOf(link, language), button: buttons[link.action] ?? 'OK', language };
}

/** @param delivery to a router that does not do it yet */
export function donePage(link: Link, delivery: Delivery | undefined, language: Language): LinkPage {
  const { done, waits } = WORDS[language];
  const text = delivery === undefined ? done : `${done} ${waits[waitingOf(delivery)]}`;
  return { title: titleOf(link, language), text, language };
}

function waitingOf({ reason_code }: Delivery): Waiting {
  if (reason_code === 'unconfirmed' || reason_code === 'unlinked') return reason_code;
  const isAway = ['never_connected', 'offline', 'away'].some((code) => code === reason_code);
  return isAway ? 'away' : 'refused';
}

/** Asks whether to end the e-mails. */
export function endPage(language: Language): LinkPage {
  return { title: WORDS[language].ask, button: WORDS[language].end, language };
}

export function endedPage(language: Language): LinkPage {
  return { title: WORDS[language].ended, language };
}

/** What a link does, as a sentence without its end. */
function titleOf({ action, name, minutes }: Link, language: Language): string {
  return WORDS[language].titles[action]?.(name, minutes ?? 0) ?? name;
}

/** The first language of the browser that there are texts in. */
export function languageFor({ headers }: FastifyRequest): Language {
  const wanted = (headers['accept-language'] ?? '').split(',').map((tag) => tag.trim().slice(0, 2));
  return wanted.flatMap((tag) => LANGUAGES.filter((language) => language === tag))[0] ?? 'en';
}

export function sendLinkPage(
  reply: FastifyReply,
  { title, text, button, language }: LinkPage,
): FastifyReply {
  const form = `<form method="post"><button>${escapeHtml(button ?? '')}</button></form>`;
  return reply
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header('x-robots-tag', 'noindex')
    .type('text/html; charset=utf-8').send(`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · NetPilot</title>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${text === undefined ? '' : `<p>${escapeHtml(text)}</p>`}
${button === undefined ? '<p><a href="/">NetPilot</a></p>' : form}
</main>
</body>
</html>
`);
}
