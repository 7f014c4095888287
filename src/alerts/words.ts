/** What an alert says, in the language of the channel. Pure. */
import type { Alert, AlertAction } from './alerts-of.ts';
import { DE } from './words/de.ts';
import { EN } from './words/en.ts';
import type { Texts, Words } from './words/parts.ts';

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The stored name of a language; English, if another version of the program knew more. */
export function languageOf(name: string): Language {
  return LANGUAGES.find((language) => language === name) ?? 'en';
}

/** Title and text, plain. @param zone of the home, whose clocks count */
export function wordsOf(
  { kind, facts }: Pick<Alert, 'kind' | 'facts'>,
  language: Language,
  zone: string,
): Words {
  return TEXTS[language][kind](facts, zone);
}

/** What stands on a button. */
export function labelOf(action: AlertAction, language: Language): string {
  return LABELS[language][action.action]('minutes' in action ? action.minutes : 0);
}

const TEXTS: Record<Language, Texts> = { en: EN, de: DE };

type Labels = Record<AlertAction['action'], (minutes: number) => string>;
const LABELS: Record<Language, Labels> = {
  en: {
    approve: () => 'Allow',
    block: () => 'Block',
    pause: (minutes) => `Pause ${minutes} min`,
    grant: (minutes) => `Give ${minutes} min`,
  },
  de: {
    approve: () => 'Erlauben',
    block: () => 'Sperren',
    pause: (minutes) => `${minutes} Min. Pause`,
    grant: (minutes) => `${minutes} Min. geben`,
  },
};
