const YEAR_S = 365 * 24 * 60 * 60;

/** Keeps a choice in this browser for a year; the server follows it in every document it sends. */
export function setCookie(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_S}; samesite=lax`;
}
