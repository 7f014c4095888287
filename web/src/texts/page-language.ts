import { setCookie } from '../cookie.ts';
import { type Language, chooseLanguage } from './language.ts';

/** The server writes the document in the language of this cookie. */
const COOKIE = 'netpilot_language';

/** The language that the server chose for the document. */
export function pageLanguage(): Language {
  return chooseLanguage([document.documentElement.lang]);
}

/** Sets the language of pages opened from now on. */
export function keepLanguage(language: Language): void {
  setCookie(COOKIE, language);
}
