import { TooManyRequestsError } from '../errors.ts';

export type RequestRules = {
  /** What one user may ask for in the long run. */
  perSecond: number;
  /** What one user may ask for at once, after a pause. */
  atOnce: number;
};

export const REQUEST_RULES: RequestRules = { perSecond: 50, atOnce: 200 };

/** Buckets that are full again are forgotten whenever there are so many. */
const MOST_BUCKETS = 10_000;

/** Counts the requests of each user (a token bucket). Throws TooManyRequestsError for one too many. */
export type RequestRate = (userId: string) => void;

/** @param now milliseconds of a clock that never goes back */
export function createRequestRate(
  { perSecond, atOnce }: RequestRules = REQUEST_RULES,
  now: () => number = () => performance.now(),
): RequestRate {
  const buckets = new Map<string, { left: number; at: number }>();
  const leftOf = (bucket: { left: number; at: number }, at: number) =>
    Math.min(atOnce, bucket.left + ((at - bucket.at) * perSecond) / 1000);
  return (userId) => {
    const at = now();
    const bucket = buckets.get(userId) ?? { left: atOnce, at };
    const left = leftOf(bucket, at);
    if (left < 1)
      throw new TooManyRequestsError(
        `More than ${perSecond} requests a second for your account: try again in a moment.`,
        Math.ceil((1 - left) / perSecond),
        'requests',
      );
    if (buckets.size >= MOST_BUCKETS)
      for (const [id, other] of buckets) if (leftOf(other, at) >= atOnce) buckets.delete(id);
    buckets.set(userId, { left: left - 1, at });
  };
}
