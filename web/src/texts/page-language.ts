import { type Language, chooseLanguage } from './language.ts';

/** Kept in this browser, in a cookie: the server writes the document in that language. */
const COOKIE = 'netpilot_language';
const YEAR_S = 365 * 24 * 60 * 60;

/** The language of the document, as the server chose it. */
export function pageLanguage(): Language {
  return chooseLanguage([document.documentElement.lang]);
}

/** Of pages that are opened from now on. */
export function keepLanguage(language: Language): void {
  document.cookie = `${COOKIE}=${language}; path=/; max-age=${YEAR_S}; samesite=lax`;
}
