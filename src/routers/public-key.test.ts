import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '../errors.ts';
import { makeKeyPair, makeKeyPairOf } from '../ssh-key.ts';
import { kindOfBlob, parsePublicKey } from './public-key.ts';

/** The blob of strings, each with its length before it. */
function blobOf(...strings: (string | Buffer)[]): Buffer {
  return Buffer.concat(
    strings.flatMap((text) => {
      const bytes = Buffer.from(text);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

/** An odd number of so many bits, as SSH writes it. */
function numberOf(bits: number): Buffer {
  const bytes = Buffer.alloc(Math.ceil(bits / 8), 0xff);
  bytes[0] = 0xff >> (bytes.length * 8 - bits);
  return bits % 8 === 0 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes;
}

const EXPONENT = Buffer.from([1, 0, 1]);
const rsa = (exponent: Buffer, modulus: Buffer) => blobOf('ssh-rsa', exponent, modulus);
const RSA = (await makeKeyPairOf('rsa')).publicKey;
const ED25519 = makeKeyPair().publicKey;

describe('a public key', () => {
  test.each([
    ['ed25519', ED25519],
    ['rsa', RSA],
  ])('of %s is taken, with a comment or without, and is the same key', (kind, line) => {
    const parsed = parsePublicKey(line);
    expect(parsed).toMatchObject({ kind, line });
    for (const end of [' root@OpenWrt', ' a b', '\n', '\r\n', ' x\n'])
      expect(parsePublicKey(line + end)).toEqual(parsed);
  });

  test.each([2048, 2049, 3072, 4096, 8191, 8192])('of RSA may have %d bits', (bits) => {
    const encoded = rsa(EXPONENT, numberOf(bits)).toString('base64');
    expect(parsePublicKey(`ssh-rsa ${encoded}`).kind).toBe('rsa');
  });

  test('of RSA that Node.js has made is taken', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
    const modulus = Buffer.concat([Buffer.alloc(1), Buffer.from(n, 'base64url')]);
    expect(kindOfBlob(rsa(Buffer.from(e, 'base64url'), modulus))).toBe('rsa');
  });

  const long = numberOf(2048);
  test.each<[string, Buffer]>([
    ['too few bits', rsa(EXPONENT, numberOf(2047))],
    ['too many bits', rsa(EXPONENT, numberOf(8193))],
    ['an exponent of 1: anybody could sign', rsa(Buffer.from([1]), long)],
    ['an even exponent', rsa(Buffer.from([2]), long)],
    ['an exponent of more than 32 bits', rsa(numberOf(33), long)],
    ['a negative exponent', rsa(Buffer.from([0x81]), long)],
    ['no exponent', rsa(Buffer.alloc(0), long)],
    ['a needless zero', rsa(EXPONENT, Buffer.concat([Buffer.alloc(1), long]))],
    ['a negative modulus', rsa(EXPONENT, long.subarray(1))],
    ['an even modulus', rsa(EXPONENT, Buffer.concat([long.subarray(0, -1), Buffer.from([2])]))],
    ['one number more', blobOf('ssh-rsa', EXPONENT, long, EXPONENT)],
    ['one number less', blobOf('ssh-rsa', EXPONENT)],
    ['its end cut off', rsa(EXPONENT, long).subarray(0, -1)],
    ['a byte more', Buffer.concat([rsa(EXPONENT, long), Buffer.from([1])])],
    ['another name', blobOf('ssh-dss', EXPONENT, long)],
    ['nothing', Buffer.alloc(0)],
    ['ed25519 of 31 bytes', blobOf('ssh-ed25519', Buffer.alloc(31))],
    ['ed25519 of two parts', blobOf('ssh-ed25519', Buffer.alloc(32), Buffer.alloc(32))],
  ])('with %s is refused', (_what, blob) => {
    expect(kindOfBlob(blob)).toBeUndefined();
  });

  test.each([
    `ssh-ed25519 ${RSA.split(' ')[1]}`,
    `ssh-rsa ${ED25519.split(' ')[1]}`,
    `ssh-dss ${RSA.split(' ')[1]}`,
    `${RSA}=`,
    `${RSA} \n${RSA}`,
    ` ${RSA}`,
    RSA.replace('ssh-rsa ', 'ssh-rsa  '),
    RSA.replaceAll('A', '-'),
  ])('is one line of one kind: %j', (line) => {
    expect(() => parsePublicKey(line)).toThrow(InvalidInputError);
  });

  test('is what it was parsed from, or nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 4 }), (strings) => {
        const blob = blobOf(...strings.map((bytes) => Buffer.from(bytes)));
        expect(kindOfBlob(blob)).toBeUndefined();
      }),
    );
    const blob = rsa(EXPONENT, long);
    fc.assert(
      fc.property(fc.nat(blob.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(blob);
        changed[at] = (changed[at] ?? 0) ^ change;
        if (kindOfBlob(changed) === undefined) return;
        const line = `ssh-rsa ${changed.toString('base64')}`;
        expect(parsePublicKey(line).line).toBe(line);
      }),
    );
  });
});
