/** What the server wrote into a meta element of the document; empty if there is none. */
export function servedText(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
}

/** Whether people sign in by one-time links, and not at an issuer. */
export function signsInByLink(): boolean {
  return servedText('sign-in') === 'local';
}

/** Whether people sign in with their Google account. */
export function signsInAtGoogle(): boolean {
  return servedText('sign-in') === 'google';
}
