import { encodeQR } from 'qr';
import { printNote } from './output.ts';

/** Black on white in dark and light terminals: these two colours of the 256 belong to no theme. */
const PAPER = '\u001B[38;5;16;48;5;231m';
const END = '\u001B[0m';
/** Enough for cameras, and small enough for 24 lines. */
const BORDER = 2;

/** Prints a QR code on standard error, if that is a terminal that can show it: a camera then opens the link. */
export function printQrCode(json: boolean, note: string, url: string): void {
  const modules = encodeQR(url, 'raw', { border: BORDER, ecc: 'low' });
  if (!json && canDraw(modules.length)) printNote(json, `${note}\n${drawQrCode(modules)}`);
}

function canDraw(
  width: number,
  { isTTY, columns }: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'> = process.stderr,
): boolean {
  const { TERM, LC_ALL, LC_CTYPE, LANG } = process.env;
  const hasBlocks = /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');
  // A terminal without a size (0) is one that a program made.
  return isTTY && (columns || width) >= width && TERM !== 'dumb' && hasBlocks;
}

/** Two rows of modules a line, as a character is twice as high as wide. */
export function drawQrCode(modules: readonly (readonly boolean[])[]): string {
  const lines = modules.flatMap((top, row) => {
    if (row % 2 === 1) return [];
    const bottom = modules[row + 1] ?? [];
    const blocks = top.map((isDark, column) => blockOf(isDark, bottom[column] ?? false));
    return `${PAPER}${blocks.join('')}${END}`;
  });
  return lines.join('\n');
}

function blockOf(isTopDark: boolean, isBottomDark: boolean): string {
  if (isTopDark) return isBottomDark ? '█' : '▀';
  return isBottomDark ? '▄' : ' ';
}
