import type { SameShape } from './shape.ts';
import { en } from './en.ts';

/** Languages there are, by their own names. English comes with the app, the rest when wanted. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Texts = SameShape<typeof en>;

/**
 * English as those see it who read from right to left: for looking at the layout, and for the tests. It is in no list;
 * the cookie `netpilot_language=ar-XB` asks for it.
 */
const MIRRORED = 'ar-XB';
export type Language = keyof typeof LANGUAGES | typeof MIRRORED;

/** The first of these language tags (BCP 47) that there is, else English. */
export function chooseLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    if (tag === MIRRORED) return MIRRORED;
    const [language = ''] = tag.split('-');
    if (isLanguage(language)) return language;
  }
  return 'en';
}

/** The texts of a language, fetched once. */
export async function textsOf(language: Language): Promise<Texts> {
  return language === 'de' ? (await import('./de.ts')).de : en;
}

/** Which way the language is written. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === MIRRORED ? 'rtl' : 'ltr';
}

export function isLanguage(name: string): name is keyof typeof LANGUAGES {
  return Object.hasOwn(LANGUAGES, name);
}
