import type { Ask } from '../api/health-queries.ts';
import type { Home, Person } from '../api/home-queries.ts';
import type { Device, Me, Policy, Router } from '../api/queries.ts';

/** Answers of the API that the server wrote into the document (src/page/first-answers.ts). */
export type Served = {
  /** Number of the last event before them. */
  readonly events: number;
  readonly me?: Me;
  /** Id of the home that was chosen in this browser; empty for all own ones. */
  readonly home?: string;
  readonly homes?: { readonly items: Home[] };
  /** The people of the homes that are shown. */
  readonly people?: readonly Person[];
  /** On a page that the server rendered. */
  readonly asks?: readonly Ask[];
  readonly routers?: { readonly items: Router[] };
  /** Of a few routers, on a page that the server rendered. */
  readonly policies?: readonly Policy[];
  /** Only on a page that the server rendered. */
  readonly devices?: { readonly items: Device[] };
};

/** Undefined if nobody is signed in. */
export function readServed(): Served | undefined {
  const text = document.getElementById('first')?.textContent;
  return text === undefined ? undefined : JSON.parse(text);
}
