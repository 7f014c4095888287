/** Finding where things end in the bytes of a JSON text (RFC 8259), without understanding them. */

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_LIST = 0x5b;
export const CLOSE_LIST = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
const BACKSLASH = 0x5c;

/** Where the scan of a value is; kept between the pieces of one that is not here whole. */
export type ScanState = {
  depth: number;
  /** The deepest that it was. */
  deepest: number;
  inText: boolean;
  escaped: boolean;
};

/** Index of the first byte from `index` that is not white space; the length if there is none. */
export function skipSpace(bytes: Uint8Array, index: number): number {
  let at = index;
  while (at < bytes.length && isSpace(bytes[at])) at += 1;
  return at;
}

/**
 * Index after the value that is scanned from `index` on; -1 if it does not end here. A number or a word
 * ends before the byte that cannot belong to it.
 */
export function endOfValue(bytes: Uint8Array, index: number, state: ScanState): number {
  let { depth, deepest, inText, escaped } = state;
  for (let at = index; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (inText) {
      if (escaped) escaped = false;
      else if (byte === BACKSLASH) escaped = true;
      else if (byte === QUOTE) {
        inText = false;
        if (depth === 0) return at + 1;
      }
    } else if (byte === QUOTE) {
      inText = true;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) {
        state.deepest = deepest;
        return at + 1;
      }
    } else if (depth === 0 && (byte === COMMA || isSpace(byte))) {
      return at;
    }
  }
  Object.assign(state, { depth, deepest, inText, escaped });
  return -1;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
