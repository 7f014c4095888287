import { encodeQR } from 'qr';
import { decodeQR } from 'qr/decode.js';
import { expect, test } from 'vitest';
import { drawQrCode } from './qr-code.ts';

const LINK = `http://192.168.178.100:8080/auth/local?token=${'Az-09_'.repeat(8).slice(0, 43)}`;

test('a camera reads from the terminal what was drawn, black on white whatever its theme is', () => {
  const lines = drawQrCode(encodeQR(LINK, 'raw', { border: 2, ecc: 'low' })).split('\n');
  for (const line of lines) {
    expect(line.startsWith('\u001B[38;5;16;48;5;231m')).toBe(true);
    expect(line.endsWith('\u001B[0m')).toBe(true);
  }
  expect(lines.length).toBeLessThanOrEqual(22);
  const modules = lines.flatMap((line) => {
    const blocks = line.match(/[ █▀▄]/g) ?? [];
    return [
      blocks.map((block) => '█▀'.includes(block)),
      blocks.map((block) => '█▄'.includes(block)),
    ];
  });
  expect(modules[0]?.length).toBeLessThanOrEqual(45);
  expect(decodeQR(photograph(modules))).toBe(LINK);
});

/** A picture of modules, each of several points. */
function photograph(modules: boolean[][]) {
  const points = 6;
  const width = (modules[0]?.length ?? 0) * points;
  const height = modules.length * points;
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isDark = modules[Math.floor(y / points)]?.[Math.floor(x / points)] === true;
      if (isDark) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return { width, height, data };
}
