import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { withoutCell } from '../secret-cell.ts';

/** Names the program in a leaked token, for scanners of secrets. */
const PREFIX = 'np_';
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^43 > 2^256 */
const SECRET_LENGTH = 43;
/** 62^6 > 2^32 */
const CHECKSUM_LENGTH = 6;
const LENGTH = PREFIX.length + SECRET_LENGTH + CHECKSUM_LENGTH;

/** A new token: `np_`, 256 random bits, and their CRC-32, all in base 62. It does not name a cell yet. */
export function makeTokenSecret(): string {
  const secret = inBase62(BigInt(`0x${randomBytes(32).toString('hex')}`), SECRET_LENGTH);
  return PREFIX + secret + checksumOf(secret);
}

/** Whether a text has the form of a token, but was mistyped or cut. Tokens from before they had this form are never. */
export function isMistyped(presented: string): boolean {
  const text = withoutCell(presented);
  if (!text.startsWith(PREFIX)) return false;
  // One from before, 43 characters without a checksum, can begin like this by chance.
  if (text.length === SECRET_LENGTH) return false;
  const secret = text.slice(PREFIX.length, -CHECKSUM_LENGTH);
  return text.length !== LENGTH || checksumOf(secret) !== text.slice(-CHECKSUM_LENGTH);
}

function checksumOf(secret: string): string {
  return inBase62(BigInt(crc32(secret)), CHECKSUM_LENGTH);
}

function inBase62(number: bigint, length: number): string {
  let digits = '';
  for (let rest = number; digits.length < length; rest /= 62n)
    digits = (DIGITS[Number(rest % 62n)] ?? '') + digits;
  return digits;
}
