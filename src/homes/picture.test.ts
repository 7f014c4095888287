import { describe, expect, test } from 'vitest';
import { JPEG, PNG, WEBP, pngOf } from '../../testing/pictures.ts';
import { recognisePicture } from './picture.ts';

describe('a picture is recognised by its bytes', () => {
  test.each([
    ['PNG', PNG, { type: 'image/png', width: 2, height: 1 }],
    ['JPEG', JPEG, { type: 'image/jpeg', width: 2, height: 1 }],
    ['lossy WebP', WEBP.lossy, { type: 'image/webp', width: 2, height: 1 }],
    ['lossless WebP', WEBP.lossless, { type: 'image/webp', width: 2, height: 1 }],
    ['extended WebP', WEBP.extended, { type: 'image/webp', width: 2, height: 1 }],
    ['the largest PNG', pngOf(4096, 4096), { type: 'image/png', width: 4096, height: 4096 }],
  ])('%s', (_name, bytes, expected) => {
    expect(recognisePicture(bytes)).toEqual(expected);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a text', Buffer.from('just a text that goes on for more than thirty bytes')],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>'.padEnd(64))],
    ['GIF', Buffer.from(`GIF89a\x01\x00\x01\x00${' '.repeat(40)}`, 'latin1')],
    ['the signature of PNG alone', PNG.subarray(0, 8)],
    ['a PNG that begins with another chunk', Buffer.from(PNG).fill('IDAT', 12, 16)],
    ['a PNG without width', pngOf(0, 1)],
    ['a PNG of 16 gigapixels in few bytes', pngOf(131_072, 131_072)],
    ['a JPEG without a frame', Buffer.from([0xff, 0xd8, 0xff, 0xd9, 0, 0, 0, 0, 0, 0, 0])],
    [
      'a JPEG whose segment has no length',
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ],
    ['a JPEG that is broken off', JPEG.subarray(0, 12)],
    ['a RIFF file of sound', Buffer.from('RIFF\x24\0\0\0WAVEfmt '.padEnd(40, '\0'), 'latin1')],
    ['a WebP with an unknown chunk', Buffer.from(WEBP.lossy).fill('VPXX', 12, 16)],
  ])('and %s is none', (_name, bytes) => {
    expect(recognisePicture(bytes)).toBeUndefined();
  });
});
