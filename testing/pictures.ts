/** The smallest pictures of each kind, as a browser draws them: 2 pixels wide, 1 high. */
import { crc32, deflateSync } from 'node:zlib';

export const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////////////////wAARCAABAAIDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAwT/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCQA1j/2Q==',
  'base64',
);

const LOSSY_CHUNK = 'VlA4ICgAAACQAQCdASoCAAEAB0CWJaACdLoAA5gA/uUK+CepcoP+N48CvJdjoAAA';
const LOSSLESS_CHUNK = 'VlA4TA8AAAAvAQAAAAcQ/Y/+ByKi/wEA';

/** A picture that has transparency. */
const EXTENDED_CHUNK = chunkOf('VP8X', Buffer.from([0x10, 0, 0, 0, 1, 0, 0, 0, 0, 0]));

export const WEBP = {
  lossy: webpOf(Buffer.from(LOSSY_CHUNK, 'base64')),
  lossless: webpOf(Buffer.from(LOSSLESS_CHUNK, 'base64')),
  extended: webpOf(EXTENDED_CHUNK, Buffer.from(LOSSY_CHUNK, 'base64')),
};

export const PNG = pngOf(2, 1, deflateSync(Buffer.from([0, 255, 0, 0, 255, 0, 0])));

/** A PNG that says that it has this size. */
export function pngOf(width: number, height: number, data = deflateSync(Buffer.alloc(8))): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits each of red, green and blue.
  head.set([8, 2, 0, 0, 0], 8);
  const chunks = [
    ['IHDR', head],
    ['IDAT', data],
    ['IEND', Buffer.alloc(0)],
  ] as const;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    ...chunks.map(([type, content]) => pngChunkOf(type, content)),
  ]);
}

function pngChunkOf(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

function webpOf(...chunks: Buffer[]): Buffer {
  return chunkOf('RIFF', Buffer.concat([Buffer.from('WEBP', 'latin1'), ...chunks]));
}

/** A chunk of a RIFF file. */
function chunkOf(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}
