/** What devices use right now, of the latest samples of some routers. Pure. */
import type { Answer } from '../api/queries.ts';

export type UsageSample = Answer<'/api/v1/routers/{router_id}/usage'>;

/** Bit/s. */
export type Rate = { readonly down: number; readonly up: number };

export type LiveRates = Rate & {
  /** The last 60 samples, the newest last. */
  readonly history: readonly (Rate & { readonly at: number })[];
  /** Those that used something. An entry stays the same object for as long as its rates do. */
  readonly byDevice: ReadonlyMap<string, Rate>;
  readonly counting: 'counted' | 'partly' | 'none';
};

export const NO_RATES: LiveRates = {
  down: 0,
  up: 0,
  history: [],
  byDevice: new Map(),
  counting: 'none',
};

const MOST_HISTORY = 60;
/** Longer ago than this, in milliseconds, a sample says nothing of now. */
const STALE = 90_000;

/** The rates after samples have come: one of each router that counts. What is the same as before stays the same object. */
export function ratesOf(
  before: LiveRates,
  samples: readonly UsageSample[],
  now: number,
): LiveRates {
  const fresh = samples.filter(({ measured_at }) => now - Date.parse(measured_at) < STALE);
  // What passes an access point passes the router behind it, too.
  const routing = fresh.filter(({ is_access_point }) => !is_access_point);
  const total = { down: 0, up: 0 };
  for (const sample of routing.length > 0 ? routing : fresh)
    for (const used of sample.devices) {
      const { down, up } = rateOf(used, sample);
      total.down += down;
      total.up += up;
    }
  const at = Math.max(0, ...fresh.map(({ measured_at }) => Date.parse(measured_at)));
  const isNew = at > (before.history.at(-1)?.at ?? 0);
  return {
    ...total,
    history: isNew ? [...before.history, { at, ...total }].slice(-MOST_HISTORY) : before.history,
    byDevice: devicesOf(before, fresh),
    counting: countingOf(fresh),
  };
}

function devicesOf(before: LiveRates, samples: readonly UsageSample[]): ReadonlyMap<string, Rate> {
  const byDevice = new Map<string, Rate>();
  for (const sample of samples)
    for (const used of sample.devices) {
      const rate = rateOf(used, sample);
      const last = before.byDevice.get(used.device_id);
      const isSame = last !== undefined && last.down === rate.down && last.up === rate.up;
      byDevice.set(used.device_id, isSame ? last : rate);
    }
  return byDevice;
}

function rateOf({ down, up }: Rate, { milliseconds }: UsageSample): Rate {
  return { down: (down * 8_000) / milliseconds, up: (up * 8_000) / milliseconds };
}

function countingOf(samples: readonly UsageSample[]): LiveRates['counting'] {
  if (samples.length === 0) return 'none';
  return samples.some(({ counting }) => counting === 'partly') ? 'partly' : 'counted';
}
