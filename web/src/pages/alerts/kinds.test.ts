import { expect, test } from 'vitest';
import { ALERT_KINDS } from '../../../../src/alerts/kinds.ts';
import { amountOf, defaultKinds } from './kinds.ts';

test('a channel that nobody has changed lacks nothing', () => {
  const ofOwner = (wanted: readonly string[]) => amountOf({ wanted }, 'owner');
  expect(ofOwner(defaultKinds('owner', 'email'))).toBe('everything');
  expect(ofOwner(defaultKinds('owner', 'ntfy'))).toBe('happenings');
  expect(ofOwner(ALERT_KINDS.slice(1))).toBe('some');
  expect(ofOwner(defaultKinds('owner', 'ntfy').slice(1))).toBe('some');
  expect(ofOwner(['weekly_digest'])).toBe('some');
  expect(ofOwner([])).toBe('nothing');
  expect(amountOf({ wanted: defaultKinds('child', 'ntfy') }, 'child')).toBe('everything');
});
