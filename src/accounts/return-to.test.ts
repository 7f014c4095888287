import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseReturnTo } from './return-to.ts';

const SITE = 'https://netpilot.example';

describe('where to go after signing in', () => {
  test.each([
    ['/', '/'],
    ['/devices?type=phone&sort=ip#top', '/devices?type=phone&sort=ip#top'],
    ['/devices?q=café', '/devices?q=caf%C3%A9'],
    ['/a/../b', '/b'],
    ['/search?next=//evil.example', '/search?next=//evil.example'],
  ])('%s leads to %s', (text, path) => {
    expect(parseReturnTo(text)).toBe(path);
  });

  test.each([
    '',
    'devices',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    'https://evil.example',
    'https:/evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '/x\r\nset-cookie: a=b',
    `/${'x'.repeat(500)}`,
    `/${'ß'.repeat(200)}`,
  ])('%j is refused', (text) => {
    expect(() => parseReturnTo(text)).toThrow(/return_to: expected a path of this site/);
  });

  test('is on this site, whatever is asked for', () => {
    const nasty = fc.array(
      fc.constantFrom(
        '/',
        '\\',
        '.',
        '..',
        '%2f',
        '%5c',
        '@',
        ':',
        '?',
        '#',
        '\t',
        '\n',
        ' ',
        'https:',
        'evil.example',
        'é',
        '\ud800',
      ),
      { maxLength: 8 },
    );
    const text = fc.oneof(
      nasty.map((parts) => parts.join('')),
      fc.webUrl(),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, fc.boolean(), (tail, hasSlash) => {
        let path: string;
        try {
          path = parseReturnTo(hasSlash ? `/${tail}` : tail);
        } catch {
          return;
        }
        expect(path).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
        expect(new URL(path, SITE).origin).toBe(SITE);
        expect(parseReturnTo(path)).toBe(path);
      }),
      { numRuns: 5_000 },
    );
  });
});
