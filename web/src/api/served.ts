/** What the server wrote into the document. */
import type { Me, Router } from './queries.ts';

/** What every page shows first, as the API answered while the document was made. Empty where nobody was signed in. */
type First = {
  /** The number of the last event that had happened before. */
  readonly events?: number;
  readonly me?: Me;
  readonly routers?: { readonly items: readonly Router[] };
};

export const first: First = JSON.parse(document.getElementById('first')?.textContent ?? '{}');

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

function contentOf(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
}
