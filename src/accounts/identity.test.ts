import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseIdentity } from './identity.ts';

const CLAIMS = {
  iss: 'https://issuer.example',
  sub: '1234',
  email: 'Ann@Example.com',
  email_verified: true,
};

describe('what an issuer says about a person', () => {
  test('is taken with the e-mail in lower case', () => {
    expect(parseIdentity(CLAIMS)).toEqual({
      issuer: 'https://issuer.example',
      subject: '1234',
      email: 'ann@example.com',
      fullName: undefined,
      avatarUrl: undefined,
    });
  });

  test.each([true, 'true'])('counts as verified for %j', (isVerified) => {
    expect(parseIdentity({ ...CLAIMS, email_verified: isVerified }).email).toBe('ann@example.com');
  });

  test.each([false, 'false', 'yes', 1, null, undefined, {}, []])(
    'is refused as unverified for %j',
    (isVerified) => {
      expect(() => parseIdentity({ ...CLAIMS, email_verified: isVerified })).toThrow(
        'has not verified',
      );
    },
  );

  test.each([
    { sub: '' },
    { sub: 5 },
    { sub: 'a\0b' },
    { sub: 'x'.repeat(256) },
    { iss: undefined },
    { email: 'ann' },
    { email: ['ann@example.com'] },
    { email: 'ann@exa mple.com' },
    { email: 'ann\0@example.com' },
    { email: `${'x'.repeat(250)}@example.com` },
  ])('is refused with %j', (claims) => {
    expect(() => parseIdentity({ ...CLAIMS, ...claims })).toThrow(/The issuer/);
  });

  test.each([
    'http://plain.example/a.png',
    'javascript:alert(1)',
    'a.png',
    `https://x.example/${'x'.repeat(500)}`,
  ])('does without the picture %s', (picture) => {
    expect(parseIdentity({ ...CLAIMS, picture }).avatarUrl).toBeUndefined();
  });

  test('gives a name that can be stored, or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (name) => {
        const { fullName } = parseIdentity({ ...CLAIMS, name });
        if (fullName === undefined) return;
        expect(Array.from(fullName).length).toBeLessThanOrEqual(255);
        expect(fullName).toMatch(/\S/);
        expect(fullName).not.toMatch(/\p{Cc}/u);
        expect(fullName.isWellFormed()).toBe(true);
      }),
    );
  });
});
