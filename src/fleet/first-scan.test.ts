/** When a new connection is scanned, and what becomes of a scan that cannot be stored. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NotFoundError, UnavailableError } from '../errors.ts';
import { SessionEndedError } from './driver.ts';
import { createRush, scanFirst } from './first-scan.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const ended = Promise.withResolvers<string>();
  const close = vi.fn<(reason: string) => void>();
  return { session: { ended: ended.promise, close }, close, end: () => ended.resolve('gone') };
}

test('a router whose devices are not known is scanned at once', async () => {
  const scan = vi.fn<() => Promise<void>>(() => Promise.resolve());
  await scanFirst(open().session, scan, false, createRush());
  expect(scan).toHaveBeenCalledOnce();
});

test('thousands that only go to another node are scanned within a minute, not all at once', async () => {
  const scan = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const { session } = open();
  const all = Array.from({ length: 1_000 }, () => scanFirst(session, scan, true, createRush()));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(scan.mock.calls.length).toBeGreaterThan(300);
  expect(scan.mock.calls.length).toBeLessThan(700);
  await vi.advanceTimersByTimeAsync(30_000);
  await Promise.all(all);
  expect(scan).toHaveBeenCalledTimes(1_000);
});

test('who connects with many others is scanned once these are there, or after 100 seconds', async () => {
  const rush = createRush();
  const connect = () => {
    rush.note();
    const scan = vi.fn<() => Promise<void>>(() => Promise.resolve());
    return { scan, done: scanFirst(open().session, scan, false, rush) };
  };
  const all: ReturnType<typeof connect>[] = [];
  for (let n = 0; n < 1_150; n += 1) {
    all.push(connect());
    await vi.advanceTimersByTimeAsync(90);
  }
  const scanned = () => all.filter(({ scan }) => scan.mock.calls.length > 0).length;
  // The first nine, which nobody took for many, and those that have waited for 100 seconds.
  expect(scanned()).toBeGreaterThanOrEqual(9);
  expect(scanned()).toBeLessThan(100);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(scanned()).toBe(1_150);
  await Promise.all(all.map(({ done }) => done));
});

test('a scan is repeated while the database is away, and the router stays', async () => {
  let isAway = true;
  const scan = vi.fn<() => Promise<void>>(() =>
    isAway ? Promise.reject(new UnavailableError('The database is away.')) : Promise.resolve(),
  );
  const { session, close } = open();
  const done = scanFirst(session, scan, false, createRush());
  await vi.advanceTimersByTimeAsync(20_000);
  expect(scan.mock.calls.length).toBeGreaterThan(5);
  isAway = false;
  await vi.advanceTimersByTimeAsync(2_000);
  await done;
  expect(close).not.toHaveBeenCalled();
});

test('a session is listened to once, however often its scan is put off and repeated', async () => {
  const ended = new Promise<string>(() => {});
  const then = vi.spyOn(ended, 'then');
  const rush = createRush();
  for (let n = 0; n < 10; n += 1) rush.note();
  let tries = 0;
  const scan = () => {
    tries += 1;
    return tries < 30 ? Promise.reject(new UnavailableError('away')) : Promise.resolve();
  };
  const done = scanFirst({ ended, close: () => undefined }, scan, true, rush);
  await vi.advanceTimersByTimeAsync(150_000);
  await done;
  expect(tries).toBe(30);
  expect(then).toHaveBeenCalledOnce();
});

test.each([
  ['its session has ended', new SessionEndedError('gone')],
  ['it was deleted', new NotFoundError('router', 'home')],
])('a router is left alone if %s', async (_what, error) => {
  const { session, close } = open();
  await scanFirst(session, () => Promise.reject(error), false, createRush());
  expect(close).not.toHaveBeenCalled();
});

test('a router goes if its scan cannot be stored at all', async () => {
  const { session, close } = open();
  await scanFirst(session, () => Promise.reject(new Error('a bug')), false, createRush());
  expect(close).toHaveBeenCalledOnce();
});

test('nobody waits for a router that has gone', async () => {
  const { session, end } = open();
  const scan = vi.fn<() => Promise<void>>(() => Promise.reject(new SessionEndedError('gone')));
  const done = scanFirst(session, scan, true, createRush());
  end();
  await done;
  expect(vi.getTimerCount()).toBe(0);
});
