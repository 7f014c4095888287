import type { SameShape } from './shape.ts';
import { en } from './en.ts';

/** Languages by their own names. English comes with the app, the others when they are chosen. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Texts = SameShape<typeof en>;

/**
 * English written from right to left, to check the layout. It is in no list: set the cookie
 * `netpilot_language=ar-XB` to see it.
 */
const MIRRORED = 'ar-XB';
export type Language = keyof typeof LANGUAGES | typeof MIRRORED;

/** The first of these language tags (BCP 47) that is known, else English. */
export function chooseLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    if (tag === MIRRORED) return MIRRORED;
    const [language = ''] = tag.split('-');
    if (isLanguage(language)) return language;
  }
  return 'en';
}

/** The texts of a language; the browser loads them once. */
export async function textsOf(language: Language): Promise<Texts> {
  return language === 'de' ? (await import('./de.ts')).de : en;
}

/** The direction of a language. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === MIRRORED ? 'rtl' : 'ltr';
}

export function isLanguage(name: string): name is keyof typeof LANGUAGES {
  return Object.hasOwn(LANGUAGES, name);
}
