import { expect, test } from 'vitest';
import { TooManyRequestsError } from '../errors.ts';
import { createRequestRate } from './request-rate.ts';

test('a user may send a burst, then so many a second; another user is not concerned', () => {
  let now = 0;
  const count = createRequestRate({ perSecond: 50, atOnce: 200 }, () => now);
  for (let sent = 0; sent < 200; sent += 1) count('a');
  expect(() => count('a')).toThrow(TooManyRequestsError);
  expect(() => count('b')).not.toThrow();
  now += 1000;
  for (let sent = 0; sent < 50; sent += 1) count('a');
  expect(() => count('a')).toThrow('More than 50 requests a second');
  now += 60_000;
  for (let sent = 0; sent < 200; sent += 1) count('a');
  expect(() => count('a')).toThrow(TooManyRequestsError);
});
