/** What the server wrote into the document. */

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

/** The number of the last event that had happened when the document was made; empty where nobody was signed in. */
export function eventPosition(): string {
  return contentOf('events');
}

function contentOf(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
}
