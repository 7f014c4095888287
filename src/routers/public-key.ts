import { createHash } from 'node:crypto';
import { InvalidInputError } from '../errors.ts';
import type { KeyKind } from '../ssh-key.ts';

/** An SSH public key with which a router dials in, or by which it is recognised when dialled. */
export type PublicKey = {
  kind: KeyKind;
  /** `ssh-ed25519 AAAA…` or `ssh-rsa AAAA…`, without a comment. */
  line: string;
  /** SHA-256 of the key's blob. */
  fingerprint: Buffer;
};

/** The longest blob: RSA of 8192 bits. */
const LONGEST = 1_060;
/** Bits of an RSA key: fewer are not safe, more only cost time. */
const RSA_BITS = { least: 2048, most: 8192 };
const EXPECTED = `an OpenSSH line: ssh-ed25519 AAAA…, or ssh-rsa AAAA… of ${RSA_BITS.least} to ${RSA_BITS.most} bits`;

/** Parses `ssh-ed25519 AAAA… comment`, or `ssh-rsa`. Throws InvalidInputError for anything else, including other kinds of keys. */
export function parsePublicKey(text: string, field = 'public_key'): PublicKey {
  const [, kind, encoded = ''] =
    /^ssh-(ed25519|rsa) ([A-Za-z0-9+/]+={0,2})(?: [^\r\n]*)?\r?\n?$/.exec(text) ?? [];
  const blob = Buffer.from(encoded, 'base64');
  // Base64 in its one right form, so that one key has one line.
  if (kind === undefined || kindOfBlob(blob) !== kind || blob.toString('base64') !== encoded)
    throw new InvalidInputError([{ field, value: text, expected: EXPECTED }]);
  return { kind, line: `ssh-${kind} ${encoded}`, fingerprint: fingerprintOf(blob) };
}

/**
 * What the blob of a key is, as SSH sends it; undefined for anything but a whole ed25519 key (RFC 8709, section 4) or RSA key
 * (RFC 4253, section 6.6) that is safe to use.
 */
export function kindOfBlob(blob: Buffer): KeyKind | undefined {
  if (blob.length > LONGEST) return undefined;
  const [name, ...numbers] = readStrings(blob) ?? [];
  const algorithm = name?.toString('latin1');
  if (algorithm === 'ssh-ed25519')
    return numbers.length === 1 && numbers[0]?.length === 32 ? 'ed25519' : undefined;
  return algorithm === 'ssh-rsa' && isSafeRsa(numbers) ? 'rsa' : undefined;
}

/** What identifies a key: SHA-256 of its blob, as `ssh-keygen -l` shows it in base64. */
export function fingerprintOf(blob: Buffer): Buffer {
  return createHash('sha256').update(blob).digest();
}

/** The fingerprint as OpenSSH writes it: `SHA256:` and base64 without padding. */
export function fingerprintText({ fingerprint }: Pick<PublicKey, 'fingerprint'>): string {
  return `SHA256:${fingerprint.toString('base64').replace(/=+$/, '')}`;
}

/** The strings of which a blob consists, each with its length before it; undefined if that is not all of it. */
function readStrings(blob: Buffer): Buffer[] | undefined {
  const strings: Buffer[] = [];
  for (let at = 0; at < blob.length;) {
    if (at + 4 > blob.length) return undefined;
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return undefined;
    strings.push(blob.subarray(at + 4, end));
    at = end;
  }
  return strings;
}

/** The exponent and the modulus: both odd, positive and without needless zeros; with an exponent of 1 anybody could sign. */
function isSafeRsa(numbers: readonly Buffer[]): boolean {
  const [exponent, modulus] = numbers;
  if (numbers.length !== 2 || exponent === undefined || modulus === undefined) return false;
  const [power, size] = [bitsOf(exponent), bitsOf(modulus)];
  return power >= 2 && power <= 32 && size >= RSA_BITS.least && size <= RSA_BITS.most;
}

/** The bits of an odd, positive number as SSH writes it; 0 if it is not one. */
function bitsOf(number: Buffer): number {
  const [first = 0, second = 0] = number;
  const isNegative = first >= 0x80;
  const hasNeedlessZero = first === 0 && second < 0x80;
  if (number.length === 0 || isNegative || hasNeedlessZero) return 0;
  if ((number.at(-1) ?? 0) % 2 === 0) return 0;
  return (number.length - 1) * 8 + (first === 0 ? 0 : 32 - Math.clz32(first));
}
