import { setCookie } from '../cookie.ts';

/** Light, dark, or like the system. Kept in a cookie: the server writes it into the document. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const COOKIE = 'netpilot_theme';

export function chosenTheme(): Theme {
  const shown = document.documentElement.dataset['theme'];
  return THEMES.find((theme) => theme === shown) ?? 'system';
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  setCookie(COOKIE, theme);
}
