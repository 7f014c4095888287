import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base 32: no I, L, O or U, so that a code read aloud or from paper is typed correctly. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;
/** 32^3 > 32767 */
const CELL_LENGTH = 3;

/** A new code of 60 random bits, such as `7KQ2-M9TX-4HWD`. */
export function makeCode(): string {
  // 256 is a multiple of 32, so every character is equally likely.
  const characters = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % 32]);
  return characters.join('').replace(/.{4}(?=.)/g, '$&-');
}

/** The code, with its cell in the first three characters if there is one: `007-7KQ2-M9TX-4HWD`. */
export function nameCellInCode(cell: number | undefined, code: string): string {
  if (cell === undefined) return code;
  const digits = [cell >> 10, (cell >> 5) % 32, cell % 32].map((digit) => ALPHABET[digit]);
  return `${digits.join('')}-${code}`;
}

/** The cell that a code names, however it was typed; undefined if it names none. */
export function cellOfCode(typed: string): number | undefined {
  const code = read(typed);
  if (code.length !== CELL_LENGTH + LENGTH) return undefined;
  const digits = Array.from(code.slice(0, CELL_LENGTH), (digit) => ALPHABET.indexOf(digit));
  return digits.includes(-1)
    ? undefined
    : digits.reduce((number, digit) => number * 32 + digit, 0) || undefined;
}

/** What the database stores of a code, however it was typed: SHA-256 of its characters, without its cell. */
export function hashCode(typed: string): Buffer {
  const code = read(typed);
  const own = cellOfCode(code) === undefined ? code : code.slice(CELL_LENGTH);
  return createHash('sha256').update(own).digest();
}

function read(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
}
