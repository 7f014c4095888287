import { decodeQR } from 'qr/decode.js';

/** What a camera reads of a terminal that shows a QR code in half blocks. Throws if it reads nothing. */
export function readQrCode(screen: string): string {
  const lines = screen.split(/\r?\n/).filter((line) => line.includes('\u001B[38;5;16;48;5;231m'));
  return decodeQR(
    photograph(
      lines.flatMap((line) => {
        const blocks = line.match(/[ █▀▄]/g) ?? [];
        return [
          blocks.map((block) => '█▀'.includes(block)),
          blocks.map((block) => '█▄'.includes(block)),
        ];
      }),
    ),
  );
}

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
