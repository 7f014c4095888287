import { expect, test } from 'vitest';
import { NO_RATES, type UsageSample, ratesOf } from './rates.ts';

const NOW = Date.parse('2026-11-27T12:00:00Z');
const sample = (down: number, more: Partial<UsageSample> = {}): UsageSample => ({
  measured_at: '2026-11-27T11:59:59.000000Z',
  milliseconds: 2_000,
  counting: 'counted',
  is_access_point: false,
  devices: [
    { device_id: 'tv', down, up: 0 },
    { device_id: 'phone', down: 250, up: 250 },
  ],
  ...more,
});

test('samples become rates in bit/s, in all and of each device', () => {
  const rates = ratesOf(NO_RATES, [sample(1_000)], NOW);
  expect(rates).toMatchObject({ down: 5_000, up: 1_000, counting: 'counted' });
  expect(rates.byDevice.get('tv')).toEqual({ down: 4_000, up: 0 });
});

test('what a device uses stays the same object while it does not change', () => {
  const before = ratesOf(NO_RATES, [sample(1_000)], NOW);
  const after = ratesOf(before, [sample(2_000)], NOW + 1);
  expect(after.byDevice.get('phone')).toBe(before.byDevice.get('phone'));
  expect(after.byDevice.get('tv')).toEqual({ down: 8_000, up: 0 });
});

test('the history has each sample once, the last 60', () => {
  let rates = NO_RATES;
  for (let second = 0; second < 70; second += 1) {
    const measured_at = new Date(NOW + second * 1_000).toISOString();
    for (const _ of [1, 2])
      rates = ratesOf(rates, [sample(second, { measured_at })], NOW + second * 1_000);
  }
  expect(rates.history).toHaveLength(60);
  expect(rates.history.at(-1)).toMatchObject({ down: 69 * 4 + 1_000 });
});

test('what passes an access point counts once; its devices are there', () => {
  const point = sample(990, {
    is_access_point: true,
    devices: [{ device_id: 'tv at point', down: 990, up: 0 }],
  });
  const rates = ratesOf(NO_RATES, [sample(1_000), point], NOW);
  expect(rates.down).toBe(5_000);
  expect(rates.byDevice.get('tv at point')).toEqual({ down: 3_960, up: 0 });
  expect(ratesOf(NO_RATES, [point], NOW).down).toBe(3_960);
});

test('an old sample says nothing of now, and one that is partly counted says so', () => {
  expect(ratesOf(NO_RATES, [sample(1_000)], NOW + 90_000)).toEqual(NO_RATES);
  expect(ratesOf(NO_RATES, [sample(1), sample(1, { counting: 'partly' })], NOW).counting).toBe(
    'partly',
  );
});
