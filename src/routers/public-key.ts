import { createHash } from 'node:crypto';
import { InvalidInputError } from '../errors.ts';

/** An SSH public key with which a router dials in, or by which it is recognised when dialled. */
export type PublicKey = {
  /** `ssh-ed25519 AAAA…`, without a comment. */
  line: string;
  /** SHA-256 of the key's blob. */
  fingerprint: Buffer;
};

/** How the blob of an ed25519 key begins (RFC 8709, section 4): the name and the length of the key. */
const HEAD = Buffer.from('\0\0\0\u000Bssh-ed25519\0\0\0\u0020', 'latin1');
const KEY_LENGTH = 32;

/** Parses `ssh-ed25519 AAAA… comment`. Throws InvalidInputError for anything else, including other kinds of keys. */
export function parsePublicKey(text: string, field = 'public_key'): PublicKey {
  const [, encoded = ''] = /^ssh-ed25519 ([A-Za-z0-9+/]{68})( [^\r\n]*)?\r?\n?$/.exec(text) ?? [];
  const blob = Buffer.from(encoded, 'base64');
  if (blob.length !== HEAD.length + KEY_LENGTH || !blob.subarray(0, HEAD.length).equals(HEAD)) {
    throw new InvalidInputError([
      { field, value: text, expected: 'an OpenSSH line: ssh-ed25519 AAAA…' },
    ]);
  }
  return { line: `ssh-ed25519 ${encoded}`, fingerprint: fingerprintOf(blob) };
}

/** What identifies a key: SHA-256 of its blob, as `ssh-keygen -l` shows it in base64. */
export function fingerprintOf(blob: Buffer): Buffer {
  return createHash('sha256').update(blob).digest();
}

/** The fingerprint as OpenSSH writes it: `SHA256:` and base64 without padding. */
export function fingerprintText({ fingerprint }: PublicKey): string {
  return `SHA256:${fingerprint.toString('base64').replace(/=+$/, '')}`;
}
