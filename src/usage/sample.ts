/** What a router says that its devices used since its last sample. */
import type { OfRouter } from '../database/models.ts';

/** `partly`: packets pass by what counts them, because the router offloads flows. */
export const COUNTING = ['counted', 'partly'] as const;
export type Counting = (typeof COUNTING)[number];

/** Bytes that a device received and sent. */
export type Used = { mac: string; down: number; up: number };

export type UsageSample = { milliseconds: number; counting: Counting; devices: readonly Used[] };

/** What counts a sample once, however often it is stored: a later one of the same source has a higher number. */
type SampleKey = { source: string; number: number };

/** A sample as record_usage() takes it. */
export type KeyedSample = OfRouter & SampleKey & UsageSample;

/** As PostgreSQL's function pack_usage(): the rest is summed under a MAC that no device has. */
const MOST_DEVICES = 1_000;
const REST = '00:00:00:00:00:00';

const plus = (one: number, other: number) => Math.min(one + other, Number.MAX_SAFE_INTEGER);

/** Sums by MAC. Of more than 1,000 devices, those that used most are kept apart. */
export function sumUsed(devices: readonly Used[]): Used[] {
  const sums = new Map<string, Used>();
  const add = ({ mac, down, up }: Used) => {
    const sum = sums.get(mac);
    sums.set(mac, { mac, down: plus(sum?.down ?? 0, down), up: plus(sum?.up ?? 0, up) });
  };
  devices.forEach(add);
  if (sums.size <= MOST_DEVICES) return [...sums.values()];
  const sorted = [...sums.values()].toSorted((a, b) => b.down + b.up - a.down - a.up);
  sums.clear();
  sorted.forEach((used, place) => add(place < MOST_DEVICES ? used : { ...used, mac: REST }));
  return [...sums.values()];
}

/** Two samples of the same source as one, which ends with the later one. */
export function joinSamples(first: KeyedSample, later: KeyedSample): KeyedSample {
  return {
    ...later,
    milliseconds: first.milliseconds + later.milliseconds,
    counting: first.counting === 'partly' ? 'partly' : later.counting,
    devices: sumUsed([...first.devices, ...later.devices]),
  };
}
