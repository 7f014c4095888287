/** The alerts that a digest is made of. */
import type { DigestItem } from '../alerts-of.ts';
import { EVERY_KIND, KINDS } from '../kinds.ts';
import type { Texts, Words } from './parts.ts';

/** What one of them said, in the language of the texts; undefined: another version of the program made it. */
export function wordsOfItem(
  { type, data }: DigestItem,
  texts: Texts,
  zone: string,
): Words | undefined {
  const kind = EVERY_KIND.find((each) => KINDS[each].type === type);
  return kind === undefined ? undefined : texts[kind](data, zone);
}
