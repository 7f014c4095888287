/** How secrets are kept in the database, so that a backup alone opens nothing: hashed, or sealed with SECRET_KEY. */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { withoutCell } from './secret-cell.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** SHA-256 of a secret that a client presents, without the cell that it names: all that the database stores of it. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(withoutCell(secret)).digest();
}

/** A key for one purpose, derived from SECRET_KEY (RFC 5869). */
export function deriveKey(secretKey: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', `netpilot ${purpose}`, 32));
}

/** Seals a text with AES-256-GCM. */
export function seal(text: string, key: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** Gives the text back. Throws where it was sealed with another key, or changed. */
export function unseal(sealed: Buffer, key: Buffer): string {
  const tagEnd = IV_BYTES + TAG_BYTES;
  // Without its length, a part of a tag would do.
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(sealed.subarray(IV_BYTES, tagEnd));
  return Buffer.concat([decipher.update(sealed.subarray(tagEnd)), decipher.final()]).toString();
}
