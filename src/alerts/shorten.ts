/** Texts for services that refuse one that is too long, and everything after it. Pure. */

const characters = new Intl.Segmenter();
const MORE = '…';

export const inUtf8 = (text: string): number => Buffer.byteLength(text);
export const inUtf16 = (text: string): number => text.length;

/** The text, or its beginning with `…`: whole characters, as people see them. @param sizeOf what `most` is measured in */
export function shorten(text: string, most: number, sizeOf: (part: string) => number): string {
  if (sizeOf(text) <= most) return text;
  let left = most - sizeOf(MORE);
  let beginning = '';
  for (const { segment } of characters.segment(text)) {
    left -= sizeOf(segment);
    if (left < 0) break;
    beginning += segment;
  }
  return `${beginning}${MORE}`;
}
