/** Pictures as people send them: what they are is read from their bytes, never from what somebody says they are. */

export type Picture = {
  type: 'image/png' | 'image/jpeg' | 'image/webp';
  width: number;
  height: number;
};

/** Larger ones would take gigabytes in the browsers that show them, however few bytes they have. */
const LONGEST_SIDE = 4096;

/** What a picture is; undefined if it is neither PNG, JPEG nor WebP, is broken off in its head, or is too large. */
export function recognisePicture(bytes: Buffer): Picture | undefined {
  const picture = readPng(bytes) ?? readJpeg(bytes) ?? readWebp(bytes);
  if (picture === undefined) return undefined;
  const { width, height } = picture;
  const isShowable = Math.min(width, height) >= 1 && Math.max(width, height) <= LONGEST_SIDE;
  return isShowable ? picture : undefined;
}

/** Its first chunk is IHDR, with 13 bytes (PNG, third edition, 5.2 and 11.2.1). */
function readPng(bytes: Buffer): Picture | undefined {
  if (bytes.length < 33 || bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return undefined;
  if (bytes.readUInt32BE(8) !== 13 || bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  return { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Segments follow one another until the one that begins a frame (ITU T.81, B.1 and B.2.2). */
function readJpeg(bytes: Buffer): Picture | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      // A byte that only fills.
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame)
      return {
        type: 'image/jpeg',
        width: bytes.readUInt16BE(at + 7),
        height: bytes.readUInt16BE(at + 5),
      };
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2) return undefined;
    at += 2 + length;
  }
  return undefined;
}

/** A RIFF file whose first chunk is lossy, lossless or extended (RFC 9649, 2.4 to 2.7). */
function readWebp(bytes: Buffer): Picture | undefined {
  const text = (from: number) => bytes.toString('latin1', from, from + 4);
  if (bytes.length < 30 || text(0) !== 'RIFF' || text(8) !== 'WEBP') return undefined;
  const type = 'image/webp';
  if (text(12) === 'VP8X')
    return { type, width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (text(12) === 'VP8L' && bytes[20] === 0x2f) {
    const bits = bytes.readUInt32LE(21);
    return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (text(12) === 'VP8 ' && bytes.readUIntBE(23, 3) === 0x9d012a)
    return {
      type,
      width: bytes.readUInt16LE(26) & 0x3fff,
      height: bytes.readUInt16LE(28) & 0x3fff,
    };
  return undefined;
}
