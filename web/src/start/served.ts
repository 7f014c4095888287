import type { Device, Me, Router } from '../api/queries.ts';

/** Answers of the API that the server wrote into the document (src/page/first-answers.ts). */
export type Served = {
  /** Number of the last event before them. */
  readonly events: number;
  readonly me?: Me;
  readonly routers?: { readonly items: Router[] };
  /** Only on a page that the server rendered. */
  readonly devices?: { readonly items: Device[] };
};

/** Undefined if nobody is signed in. */
export function readServed(): Served | undefined {
  const text = document.getElementById('first')?.textContent;
  return text === undefined ? undefined : JSON.parse(text);
}
