import { ConflictError, InvalidInputError, NotFoundError } from '../../errors.ts';
import { parseAddress } from '../../parse-address.ts';
import { parseMac } from '../../parse-mac.ts';

/** Something that people call by a name. */
export type Named = {
  /** What it is called, the best name first. */
  names: readonly (string | null)[];
  /** What names nothing else, to the letter: ids, MACs, addresses. */
  keys: readonly (string | null)[];
  /** How a list of several tells it from the others. */
  description: string;
};

/** What was asked for, and how an error calls it. */
export type Wanted = {
  /** The argument or option. */
  field: string;
  text: string;
  /** One of these, as a word: `device`. */
  what: string;
};

const MOST_LISTED = 10;

/**
 * The one thing that a text names: by a key, by its whole name, by the beginning of its name, or by the beginning of a word in it; the
 * first of these that fits anything decides. Case, accents and kinds of quotes make no difference. Throws NotFoundError, or
 * InvalidInputError, which lists the candidates, if it could be several.
 */
export function findNamed<Thing extends Named>(things: readonly Thing[], wanted: Wanted): Thing {
  const { field, text, what } = wanted;
  const [found, ...others] = matching(things, text);
  if (found === undefined) throw new NotFoundError(what, text);
  if (others.length === 0) return found;
  const listed = [found, ...others].slice(0, MOST_LISTED).map(({ description }) => description);
  const more = others.length + 1 - listed.length;
  throw new InvalidInputError([
    {
      field,
      value: text,
      expected: `one ${what}, and this can be ${listed.join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
    },
  ]);
}

/** The only one there is. Throws ConflictError without any, InvalidInputError if there are several. */
export function findOnly<Thing extends Named>(
  things: readonly Thing[],
  { field, what }: Omit<Wanted, 'text'>,
): Thing {
  const [only, ...others] = things;
  if (only === undefined) throw new ConflictError(`There is no ${what} yet.`);
  if (others.length === 0) return only;
  const names = things.slice(0, MOST_LISTED).map(({ description }) => description);
  throw new InvalidInputError([
    { field, expected: `the name of one ${what}, as there are several: ${names.join('; ')}` },
  ]);
}

function matching<Thing extends Named>(things: readonly Thing[], text: string): Thing[] {
  const wanted = fold(text);
  const key = parseMac(text) ?? parseAddress(text) ?? text;
  const ways: ((thing: Named) => boolean)[] = [
    ({ keys }) => keys.includes(key),
    ({ names }) => names.some((name) => fold(name) === wanted),
    ({ names }) => names.some((name) => fold(name).startsWith(wanted)),
    ({ names }) => names.some((name) => ` ${words(name)}`.includes(` ${words(text)}`)),
  ];
  if (words(text) === '') return [];
  for (const way of ways) {
    const found = things.filter(way);
    if (found.length > 0) return found;
  }
  return [];
}

/** As people compare names: without case, accents, kinds of quotes and doubled spaces. */
export function fold(name: string | null): string {
  return (name ?? '')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[’‘ʼ`´]/gu, "'")
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

/** The words of a name, a space between them. */
function words(name: string | null): string {
  return fold(name)
    .replaceAll(/[^\p{L}\p{N}']+/gu, ' ')
    .trim();
}
