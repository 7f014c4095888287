import { setCookie } from '../cookie.ts';
import { type Language, chooseLanguage } from './language.ts';

/** Kept in this browser, in a cookie: the server writes the document in that language. */
const COOKIE = 'netpilot_language';

/** The language of the document, as the server chose it. */
export function pageLanguage(): Language {
  return chooseLanguage([document.documentElement.lang]);
}

/** Of pages that are opened from now on. */
export function keepLanguage(language: Language): void {
  setCookie(COOKIE, language);
}
