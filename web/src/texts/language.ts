import type { SameShape } from './shape.ts';
import { en } from './en.ts';

/** Languages there are, by their own names. English comes with the app, the rest when wanted. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;
export type Texts = SameShape<typeof en>;

const STORED = 'netpilot.language';

/** What the person chose, else the browser's first language that there is, else English. */
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(STORED) ?? '', ...navigator.languages];
  for (const tag of wanted) {
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
  return language === 'en' ? en : (await import('./de.ts')).de;
}

export function isLanguage(name: string): name is Language {
  return Object.hasOwn(LANGUAGES, name);
}
