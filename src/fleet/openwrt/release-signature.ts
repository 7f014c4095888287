/** Signatures as OpenWrt's usign and OpenBSD's signify have them: ed25519, each key with a number by which it is found. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';

/** How an ed25519 key begins in DER (RFC 8410). */
const PRIVATE = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC = Buffer.from('302a300506032b6570032100', 'hex');
/** How everything begins, before the key's number. */
const ALGORITHM = Buffer.from('Ed');
const HEAD = ALGORITHM.length + 8;

/** Files of two lines: a comment, and base64. */
export type ReleaseKey = { secretKey: string; publicKey: string };

export function makeReleaseKey(): ReleaseKey {
  const pair = generateKeyPairSync('ed25519');
  const seed = pair.privateKey.export({ type: 'pkcs8', format: 'der' }).subarray(PRIVATE.length);
  const point = pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(PUBLIC.length);
  const head = Buffer.concat([ALGORITHM, randomBytes(HEAD - ALGORITHM.length)]);
  const write = (what: string, ...parts: Buffer[]) =>
    `untrusted comment: NetPilot ${what} key\n${Buffer.concat([head, ...parts]).toString('base64')}\n`;
  return { secretKey: write('release', seed, point), publicKey: write('public release', point) };
}

/** The signature of a text, in base64. Throws if that is not a secret key's file. */
export function signRelease(text: string, secretKey: string): string {
  const key = readBody(secretKey, HEAD + 64);
  if (key === undefined)
    throw new Error('This is no file of a release key: bin/release-key makes one.');
  const seed = Buffer.concat([PRIVATE, key.subarray(HEAD, HEAD + 32)]);
  const signature = sign(
    null,
    Buffer.from(text),
    createPrivateKey({ key: seed, format: 'der', type: 'pkcs8' }),
  );
  return Buffer.concat([key.subarray(0, HEAD), signature]).toString('base64');
}

/** Whether a text has this signature (base64) of that public key's. False too if there is no key yet. */
export function isSignedRelease(text: string, signature: string, publicKey: string): boolean {
  const key = readBody(publicKey, HEAD + 32);
  const bytes = Buffer.from(signature, 'base64');
  if (key === undefined || !/^[A-Za-z\d+/]{99}=$/.test(signature)) return false;
  if (!bytes.subarray(0, HEAD).equals(key.subarray(0, HEAD))) return false;
  const point = createPublicKey({
    key: Buffer.concat([PUBLIC, key.subarray(HEAD)]),
    format: 'der',
    type: 'spki',
  });
  return verify(null, Buffer.from(text), point, bytes.subarray(HEAD));
}

/** The second line's bytes; undefined if there are not so many, or it is for another algorithm. */
function readBody(file: string, length: number): Buffer | undefined {
  const bytes = Buffer.from(file.split('\n')[1] ?? '', 'base64');
  return bytes.length === length && bytes.subarray(0, ALGORITHM.length).equals(ALGORITHM)
    ? bytes
    : undefined;
}
