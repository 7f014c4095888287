const YEAR_S = 365 * 24 * 60 * 60;

/** Keeps a choice in this browser for a year; the server follows it in every document it sends. */
export function setCookie(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_S}; samesite=lax`;
}

/** Forgets a choice. */
export function forgetCookie(name: string): void {
  document.cookie = `${name}=; path=/; max-age=0; samesite=lax`;
}

/** A choice that was kept; empty if there is none, and on the server. */
export function readCookie(name: string): string {
  if (typeof document === 'undefined') return '';
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`));
  return found?.slice(name.length + 1) ?? '';
}
