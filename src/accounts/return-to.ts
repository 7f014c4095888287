import { InvalidInputError } from '../errors.ts';

const MOST_CHARACTERS = 500;
/** Stands for this site while a path is parsed; no request goes there. */
const BASE = 'https://netpilot.invalid';

/**
 * Where to go after signing in: a path of this site, with its non-ASCII characters percent-encoded.
 * Throws InvalidInputError for everything that a browser would read as another site (WHATWG URL, 4.4).
 */
export function parseReturnTo(text: string): string {
  const url = URL.parse(text, BASE);
  // A browser reads `\` as `/` and drops tabs and line breaks, and `/.//evil.example` becomes `//evil.example`.
  const isPath =
    url !== null && /^\/(?!\/)/.test(text) && !/[\\\p{Cc}]/u.test(text) && url.origin === BASE;
  const path = isPath ? url.pathname + url.search + url.hash : '';
  if (!isPath || path.startsWith('//') || path.length > MOST_CHARACTERS) {
    throw new InvalidInputError([
      {
        field: 'return_to',
        value: text,
        expected: `a path of this site, such as /devices, of ${MOST_CHARACTERS} characters at most`,
      },
    ]);
  }
  return path;
}
