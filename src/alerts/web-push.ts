/** Web Push without a library: the message encrypted for one browser (RFC 8291, RFC 8188), and who sends it (RFC 8292). */
import {
  type ECDH,
  createCipheriv,
  createECDH,
  createPrivateKey,
  hkdfSync,
  randomBytes,
  sign,
} from 'node:crypto';
import { deriveKey } from '../sealing.ts';

const CURVE = 'prime256v1';
/** One record holds all: push services take 4096 bytes. */
const RECORD_BYTES = 4096;
/** What is left for the text after header (86), tag (16) and delimiter (1). */
export const MOST_PUSH_BYTES = RECORD_BYTES - 103;

/** The public half of a browser's subscription, each in base64url. */
export type PushKeys = { p256dh: string; auth: string };

/** The key by which push services know this NetPilot: made from SECRET_KEY, so that every process has the same. */
export function derivePushKey(secretKey: string): Buffer {
  for (let attempt = 0; ; attempt += 1) {
    const key = deriveKey(secretKey, `web push ${attempt}`);
    try {
      keyPairOf(key);
      return key;
    } catch {
      // Not below the order of the curve: once in 2^32.
    }
  }
}

/** What a browser needs to subscribe: `applicationServerKey`, base64url. */
export function publicPushKey(privateKey: Buffer): string {
  return keyPairOf(privateKey).getPublicKey('base64url');
}

/**
 * Encrypts a message for a subscription: the body of the request, whose content encoding is `aes128gcm`. Throws RangeError if
 * the message is longer than MOST_PUSH_BYTES or the keys are none.
 */
export function encryptPush(
  message: Buffer,
  { p256dh, auth }: PushKeys,
  { salt = randomBytes(16), sender = newKeyPair() }: { salt?: Buffer; sender?: ECDH } = {},
): Buffer {
  const [theirs, secret] = [Buffer.from(p256dh, 'base64url'), Buffer.from(auth, 'base64url')];
  if (message.length > MOST_PUSH_BYTES)
    throw new RangeError('the message is too long to be pushed');
  if (!isPushKeys({ p256dh, auth })) throw new RangeError('these are no keys of a subscription');
  const ours = sender.getPublicKey();
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, ours]);
  const keyMaterial = derive(secret, sender.computeSecret(theirs), info, 32);
  const key = derive(salt, keyMaterial, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(salt, keyMaterial, Buffer.from('Content-Encoding: nonce\0'), 12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  // 2 ends the last record.
  const text = Buffer.concat([cipher.update(message), cipher.update(Buffer.of(2)), cipher.final()]);
  const header = Buffer.alloc(21);
  salt.copy(header);
  header.writeUInt32BE(RECORD_BYTES, 16);
  header.writeUInt8(ours.length, 20);
  return Buffer.concat([header, ours, text, cipher.getAuthTag()]);
}

/** Whether they are a point of the curve and a secret of 16 bytes. */
export function isPushKeys({ p256dh, auth }: PushKeys): boolean {
  const point = Buffer.from(p256dh, 'base64url');
  if (point.length !== 65 || point[0] !== 4 || Buffer.from(auth, 'base64url').length !== 16)
    return false;
  try {
    newKeyPair().computeSecret(point);
    return true;
  } catch {
    return false;
  }
}

/** The header `Authorization` for a push service: a token of twelve hours, for its origin only. */
export function authorizePush(
  endpoint: string,
  { privateKey, subject, now }: { privateKey: Buffer; subject: string; now: number },
): string {
  const pair = keyPairOf(privateKey);
  const claims = {
    aud: new URL(endpoint).origin,
    exp: Math.floor(now / 1_000) + 12 * 3_600,
    sub: subject,
  };
  const text = [{ typ: 'JWT', alg: 'ES256' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const point = pair.getPublicKey();
  const key = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      d: privateKey.toString('base64url'),
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  });
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  return `vapid t=${text}.${signature.toString('base64url')}, k=${point.toString('base64url')}`;
}

function keyPairOf(privateKey: Buffer): ECDH {
  const pair = createECDH(CURVE);
  pair.setPrivateKey(privateKey);
  return pair;
}

function newKeyPair(): ECDH {
  const pair = createECDH(CURVE);
  pair.generateKeys();
  return pair;
}

function derive(salt: Buffer, key: Buffer, info: Buffer, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, info, length));
}
