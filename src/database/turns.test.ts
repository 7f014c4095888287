import { expect, onTestFinished, test, vi } from 'vitest';
import { TooManyRequestsError } from '../errors.ts';
import { createTurns } from './turns.ts';

const rules = { what: 'exports', most: 2, mostOfOne: 1, mostWaiting: 1, longestWaitMs: 1_000 };

test('one who waits gets the place that is given back, once', async () => {
  const turns = createTurns(rules);
  const leave = await turns.take('a');
  const next = turns.take('a');
  leave();
  leave();
  const leaveNext = await next;
  expect(turns.countInside()).toBe(1);
  leaveNext();
  expect(turns.countInside()).toBe(0);
});

test('the error says whose places are taken, and of what', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const turns = createTurns(rules);
  await turns.take('a');
  const second = turns.take('a').catch((error: unknown) => error);
  const third: unknown = await turns.take('a').catch((error: unknown) => error);
  expect(third).toBeInstanceOf(TooManyRequestsError);
  expect(third).toMatchObject({ busy: 'exports', retryAfterSeconds: 2 });
  expect(String(third)).toContain('You already have 1 of your exports under way');
  await turns.take('b');
  const other = turns.take('c').catch((error: unknown) => error);
  const patient = turns.take('d', true);
  await vi.advanceTimersByTimeAsync(rules.longestWaitMs);
  expect(String(await second)).toContain('You already have 1');
  expect(String(await other)).toContain('the places for exports are taken by others');
  // One that must not be refused still waits.
  turns.resize(3);
  await expect(patient).resolves.toBeTypeOf('function');
});
