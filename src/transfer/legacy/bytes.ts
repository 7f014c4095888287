import { isUtf8 } from 'node:buffer';

/**
 * Bytes as a text that can be stored and read: unchanged if they are UTF-8 without NUL, else every byte
 * that is not printable ASCII as \xHH.
 */
export function readableBytes(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  if (isUtf8(bytes) && !text.includes('\0')) return Buffer.from(bytes).toString('utf8');
  return text.replaceAll(
    /[^\x20-\x7e]/g,
    (character) => String.raw`\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/** Whether a text is UTF-16, as some editors and PowerShell write it: by its mark, or by the NUL beside its first letter. */
export function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  const mark = `${first ?? 0} ${second ?? 0}`;
  return (
    bytes.length >= 2 &&
    (mark === '255 254' || mark === '254 255' || (first === 0) !== (second === 0))
  );
}

/** Index of the first byte that is not UTF-8: decoding puts another character in its place. */
export function invalidByte(bytes: Uint8Array): number {
  const decoded = Buffer.from(Buffer.from(bytes).toString('utf8'));
  const index = bytes.findIndex((byte, at) => byte !== decoded[at]);
  return index < 0 ? bytes.length : index;
}
