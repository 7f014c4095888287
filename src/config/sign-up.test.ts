import { describe, expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const signUpOf = (environment: Record<string, string>) => parseConfig(environment).signUp;

describe('who gets an account', () => {
  test('is everybody the operator names, unless it says more', () => {
    expect(signUpOf({})).toEqual({ mode: 'invited', domains: [], ownerEmail: undefined });
    expect(signUpOf({ SIGN_UP: 'open' })).toMatchObject({ mode: 'open' });
  });

  test('is spelled as addresses are stored', () => {
    expect(
      signUpOf({
        SIGN_UP: 'domains',
        SIGN_UP_DOMAINS: 'Example.com, müller.example,',
        OWNER_EMAIL: ' Ann@Müller.example ',
      }),
    ).toEqual({
      mode: 'domains',
      domains: ['example.com', 'xn--mller-kva.example'],
      ownerEmail: 'ann@xn--mller-kva.example',
    });
  });

  test.each([
    [{ SIGN_UP: 'everybody' }, 'SIGN_UP: expected one of invited, domains, open'],
    [{ SIGN_UP: 'domains' }, 'SIGN_UP_DOMAINS: expected the domains'],
    [{ SIGN_UP_DOMAINS: 'example.com' }, 'SIGN_UP: expected domains, as SIGN_UP_DOMAINS is set'],
    [{ SIGN_UP: 'open', SIGN_UP_DOMAINS: 'example.com' }, 'SIGN_UP: expected domains'],
    [{ SIGN_UP: 'domains', SIGN_UP_DOMAINS: '*.example.com' }, 'got "*.example.com"'],
    [{ SIGN_UP: 'domains', SIGN_UP_DOMAINS: '@example.com' }, 'got "@example.com"'],
    [{ SIGN_UP: 'domains', SIGN_UP_DOMAINS: 'a.example b.example' }, 'separated by commas'],
    [{ OWNER_EMAIL: 'ann' }, 'OWNER_EMAIL: expected an e-mail address'],
  ])('is not %j, in one line', (environment, message) => {
    expect(() => signUpOf(environment)).toThrow(message);
    expect(() => signUpOf(environment)).not.toThrow('\n');
  });
});
