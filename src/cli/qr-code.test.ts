import { encodeQR } from 'qr';
import { expect, test } from 'vitest';
import { readQrCode } from '../../testing/read-qr-code.ts';
import { drawQrCode } from './qr-code.ts';

const LINK = `http://192.168.178.100:8080/auth/local?token=${'Az-09_'.repeat(8).slice(0, 43)}`;

test('a camera reads from the terminal what was drawn, black on white whatever its theme is', () => {
  const lines = drawQrCode(encodeQR(LINK, 'raw', { border: 2, ecc: 'low' })).split('\n');
  for (const line of lines) {
    expect(line.startsWith('\u001B[38;5;16;48;5;231m')).toBe(true);
    expect(line.endsWith('\u001B[0m')).toBe(true);
    expect(line.match(/[ █▀▄]/g)?.length).toBeLessThanOrEqual(45);
  }
  expect(lines.length).toBeLessThanOrEqual(23);
  expect(readQrCode(lines.join('\n'))).toBe(LINK);
});
