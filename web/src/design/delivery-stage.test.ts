import { expect, test } from 'vitest';
import { stageOf } from './delivery-stage.ts';

test.each([
  ['done', { state: 'applied' }],
  ['working', { state: 'pending', reason_code: 'unconfirmed' }],
  ['waiting', { state: 'pending', reason_code: 'offline' }],
  ['waiting', { state: 'pending', reason_code: 'never_connected' }],
  ['waiting', { state: 'unknown', reason_code: 'away' }],
  ['refused', { state: 'partial', reason_code: 'partial' }],
  ['refused', { state: 'pending', reason_code: 'refused_nft' }],
] as const)('a change is %s: %o', (stage, delivery) => {
  expect(stageOf(delivery)).toBe(stage);
});
