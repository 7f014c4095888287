/** What the server wrote into the document, and what it is to know of this browser as it writes the next. */
import type { Device, Me, Router } from './queries.ts';

/** What a page shows first, as the API answered while the document was made. */
export type First = {
  /** The number of the last event that had happened before. */
  readonly events: number;
  readonly me?: Me;
  readonly routers?: { readonly items: Router[] };
  /** Where the page has them all at once. */
  readonly devices?: { readonly items: Device[] };
};

const YEAR_S = 365 * 24 * 60 * 60;

/** Undefined where nobody was signed in. */
export function readFirst(): First | undefined {
  const text = document.getElementById('first')?.textContent;
  return text === undefined ? undefined : JSON.parse(text);
}

/** Whether there is no issuer to sign in at, but links that NetPilot prints. */
export function signInIsLocal(): boolean {
  return contentOf('sign-in') === 'local';
}

/** What went wrong with the address that the browser was led to, in the server's words. */
export function shownProblem(): string | undefined {
  const content = contentOf('problem');
  if (content === '') return undefined;
  const problem: { title?: unknown; detail?: unknown } = JSON.parse(content);
  return [problem.detail, problem.title].find((text) => typeof text === 'string');
}

/** Keeps a choice in a cookie, for documents from now on. */
export function keepForServer(cookie: string, value: string): void {
  document.cookie = `${cookie}=${value}; path=/; max-age=${YEAR_S}; samesite=lax`;
}

function contentOf(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
}
