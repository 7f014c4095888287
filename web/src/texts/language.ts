import type { SameShape } from './shape.ts';
import { en } from './en.ts';

/** Languages there are, by their own names. English comes with the app, the rest when wanted. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Texts = SameShape<typeof en>;

/**
 * English as those see it who read from right to left: for looking at the layout, and for the tests. It is in no list;
 * `localStorage['netpilot.language'] = 'ar-XB'` asks for it.
 */
const MIRRORED = 'ar-XB';
export type Language = keyof typeof LANGUAGES | typeof MIRRORED;

const STORED = 'netpilot.language';

/** What the person chose, else the browser's first language that there is, else English. */
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(STORED) ?? '', ...navigator.languages];
  for (const tag of wanted) {
    if (tag === MIRRORED) return MIRRORED;
    const language = tag.split('-')[0] ?? '';
    if (isLanguage(language)) return language;
  }
  return 'en';
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(STORED, language);
}

/** The texts of a language, fetched once. */
export async function textsOf(language: Language): Promise<Texts> {
  return language === 'de' ? (await import('./de.ts')).de : en;
}

export function isLanguage(name: string): name is keyof typeof LANGUAGES {
  return Object.hasOwn(LANGUAGES, name);
}
