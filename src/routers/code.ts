import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base 32: no I, L, O or U, so that a code read aloud or from paper is typed correctly. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;

/** A new code of 60 random bits, such as `7KQ2-M9TX-4HWD`. */
export function makeCode(): string {
  // 256 is a multiple of 32, so every character is equally likely.
  const characters = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % 32]);
  return characters.join('').replace(/.{4}(?=.)/g, '$&-');
}

/** What the database stores of a code, however it was typed: SHA-256 of its characters. */
export function hashCode(typed: string): Buffer {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return createHash('sha256').update(code).digest();
}
