import { expect, test } from 'vitest';
import { parsePublicKey } from './routers/public-key.ts';
import { makeKeyPair } from './ssh-key.ts';

test('every key that is made can be read', () => {
  // That none of 2,000 begins with a zero has a chance of 1 in 2,500.
  for (let made = 0; made < 2_000; made += 1)
    expect(() => parsePublicKey(makeKeyPair().publicKey)).not.toThrow();
});
