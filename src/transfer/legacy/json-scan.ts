/** Finding where things end in the bytes of a JSON text (RFC 8259), without understanding them. */

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_LIST = 0x5b;
export const CLOSE_LIST = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
const BACKSLASH = 0x5c;

/** Where a scan of a value stands; kept between pieces of one that is too large to hold. */
export type ScanState = { depth: number; inText: boolean; escaped: boolean };

export function startOfScan(): ScanState {
  return { depth: 0, inText: false, escaped: false };
}

/** Index of the first byte from `index` that is no white space; the length where there is none. */
export function skipSpace(bytes: Uint8Array, index: number): number {
  let at = index;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at;
    at += 1;
  }
  return at;
}

/** Index after the text whose opening quote is at `index`; -1 where it does not end here. */
export function endOfText(bytes: Uint8Array, index: number): number {
  for (let at = index + 1; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) at += 1;
  }
  return -1;
}

/** Index after the value that begins at `index`; -1 where it does not end here. */
export function endOfValue(bytes: Uint8Array, index: number): number {
  const first = bytes[index];
  if (first === QUOTE) return endOfText(bytes, index);
  if (first !== OPEN_OBJECT && first !== OPEN_LIST) return endOfScalar(bytes, index);
  return endOfNested(bytes, index, startOfScan());
}

/** The same for an object or a list, from wherever `state` says that the scan stands. */
export function endOfNested(bytes: Uint8Array, index: number, state: ScanState): number {
  let { depth, inText, escaped } = state;
  for (let at = index; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (inText) {
      if (escaped) escaped = false;
      else if (byte === QUOTE) inText = false;
      else if (byte === BACKSLASH) escaped = true;
    } else if (byte === QUOTE) {
      inText = true;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth += 1;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  state.depth = depth;
  state.inText = inText;
  state.escaped = escaped;
  return -1;
}

/** A number or a word ends where something else begins, which has to be there to be seen. */
function endOfScalar(bytes: Uint8Array, index: number): number {
  for (let at = index; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_LIST) return at;
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) return at;
  }
  return -1;
}
