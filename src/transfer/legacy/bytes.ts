import { isUtf8 } from 'node:buffer';

/**
 * Bytes as a text that can be stored and read: as they are where they are UTF-8 without NUL, else
 * every byte that is not printable ASCII as \xHH.
 */
export function readableBytes(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  if (isUtf8(bytes) && !text.includes('\0')) return Buffer.from(bytes).toString('utf8');
  return text.replaceAll(
    /[^\x20-\x7e]/g,
    (character) => String.raw`\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/** How many bytes from the beginning are whole UTF-8: the longest such beginning, by halving. */
export function validLength(bytes: Uint8Array): number {
  let [low, high] = [0, bytes.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    // A character cut by the end is no error yet, and at most three bytes of it are there.
    const sound = [0, 1, 2, 3].some((less) =>
      isUtf8(bytes.subarray(0, Math.max(0, middle - less))),
    );
    if (sound) low = middle;
    else high = middle - 1;
  }
  while (low > 0 && !isUtf8(bytes.subarray(0, low))) low -= 1;
  return low;
}
