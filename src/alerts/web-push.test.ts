/** Web Push: the example of RFC 8291, and a browser that decrypts what a push service gets. */
import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  MOST_PUSH_BYTES,
  authorizePush,
  derivePushKey,
  encryptPush,
  isPushKeys,
  publicPushKey,
} from './web-push.ts';

describe('the example of RFC 8291 (5.)', () => {
  test('gives the same bytes', () => {
    const sender = createECDH('prime256v1');
    sender.setPrivateKey(Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'));
    const body = encryptPush(
      Buffer.from('When I grow up, I want to be a watermelon'),
      {
        p256dh:
          'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
        auth: 'BTBZMqHH6r4Tts7J_aSIgg',
      },
      { salt: Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url'), sender },
    );
    expect(body.toString('base64url')).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    );
  });
});

/** As a browser does it. */
function decrypt(body: Buffer, browser: ReturnType<typeof createECDH>, auth: Buffer): Buffer {
  const [salt, length] = [body.subarray(0, 16), body.readUInt8(20)];
  const theirs = body.subarray(21, 21 + length);
  const derive = (key: Buffer, from: Buffer, info: Buffer, size: number) =>
    Buffer.from(hkdfSync('sha256', key, from, info, size));
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), theirs]);
  const material = derive(browser.computeSecret(theirs), auth, info, 32);
  const key = derive(material, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(material, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(body.subarray(-16));
  const padded = Buffer.concat([
    decipher.update(body.subarray(21 + length, -16)),
    decipher.final(),
  ]);
  return padded.subarray(0, padded.lastIndexOf(2));
}

test('a browser reads what was encrypted for it, up to the most that is pushed', () => {
  const browser = createECDH('prime256v1');
  browser.generateKeys();
  const auth = randomBytes(16);
  const keys = {
    p256dh: browser.getPublicKey('base64url'),
    auth: auth.toString('base64url'),
  };
  for (const size of [0, 1, 1_000, MOST_PUSH_BYTES]) {
    const body = encryptPush(Buffer.alloc(size, 'x'), keys);
    expect(body.length).toBeLessThanOrEqual(4_096);
    expect(decrypt(body, browser, auth)).toEqual(Buffer.alloc(size, 'x'));
  }
  expect(() => encryptPush(Buffer.alloc(MOST_PUSH_BYTES + 1), keys)).toThrow(RangeError);
  expect(isPushKeys(keys)).toBe(true);
  const point = Buffer.from(keys.p256dh, 'base64url');
  point.writeUInt8(point.readUInt8(64) ^ 1, 64);
  expect(isPushKeys({ ...keys, p256dh: point.toString('base64url') })).toBe(false);
  expect(isPushKeys({ ...keys, auth: 'AA' })).toBe(false);
});

test('a push service can check who sends, for its own origin only, for half a day', () => {
  const privateKey = derivePushKey('a key for tests only, 32 characters or more');
  const now = Date.parse('2026-11-27T05:00:00Z');
  const header = authorizePush('https://push.example/v2/abc?x', {
    privateKey,
    subject: 'https://netpilot.example',
    now,
  });
  const [, head = '', claims = '', signature = '', key = ''] =
    /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(header) ?? [];
  expect(key).toBe(publicPushKey(privateKey));
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
    aud: 'https://push.example',
    exp: now / 1_000 + 43_200,
    sub: 'https://netpilot.example',
  });
  const point = Buffer.from(key, 'base64url');
  const publicKey = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  });
  const text = Buffer.from(`${head}.${claims}`);
  const isRight = verify(
    'sha256',
    text,
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  expect(isRight).toBe(true);
});
